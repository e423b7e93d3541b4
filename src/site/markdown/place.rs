//! Where a link in a text leads: to a place in the text itself, or wherever the caller says.

use super::host::HEAD;
use super::{Leads, Request, Text};
use crate::model::decode_percent;
use crate::syntax::meant;

/// The places in a text that its links can lead to.
#[derive(Clone, Copy)]
pub(super) struct Places<'w> {
    pub text: &'w Text<'w>,
    pub request: &'w Request<'w>,
    /// The ids of the HTML in the text, as far as they are known.
    pub marks: &'w [String],
}

impl Places<'_> {
    /// Where a link leads.
    pub(super) fn leads(&self, destination: &str) -> Leads {
        match destination.trim().strip_prefix('#') {
            Some(fragment) => match self.place(&decode_percent(fragment)) {
                Some(own) => Leads::Here(own),
                None => Leads::Broken(destination.to_owned()),
            },
            None => (self.request.leads)(destination),
        }
    }

    /// Where a fragment leads on the text's own page, if it does.
    fn place(&self, fragment: &str) -> Option<String> {
        let headings = self.text.headings.iter().map(|heading| heading.id.as_str());
        let marks = self.marks.iter().map(String::as_str);
        if let Some(id) = meant(headings.chain(marks), fragment) {
            return Some(format!("#{id}"));
        }
        // What is told at the head of the page has no heading of its own.
        let elsewhere = self.text.named.iter().filter(|one| one.at.is_none());
        meant(elsewhere.map(|one| one.name.as_str()), fragment)?;
        Some(HEAD.to_owned())
    }
}
