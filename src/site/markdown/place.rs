//! Where a link in a text leads: to a place in the text itself, or wherever the caller says.

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
                Some(place) => Leads::Here(place),
                None => Leads::Broken(destination.to_owned()),
            },
            None => (self.request.leads)(destination),
        }
    }

    /// Where a fragment leads on this page, if it does.
    fn place(&self, fragment: &str) -> Option<String> {
        let Request { nested, page, .. } = self.request;
        let nested = nested.unwrap_or_default();
        let headings = self.text.headings.iter().map(|heading| heading.id.as_str());
        let marks = self.marks.iter().map(String::as_str);
        if let Some(id) = meant(headings.chain(marks), fragment) {
            return Some(format!("{page}#{nested}{id}"));
        }
        // What is told at the head of the page has no heading of its own.
        let elsewhere = self.text.named.iter().filter(|one| one.at.is_none());
        meant(elsewhere.map(|one| one.name.as_str()), fragment)?;
        let record = nested.trim_end_matches('-');
        let head = if record.is_empty() { "Content".into() } else { format!("Record-{record}") };
        Some(format!("{page}#{head}"))
    }
}
