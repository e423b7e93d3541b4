//! Where a link in a text leads: to a place in the text itself, or wherever the caller says.

use super::host::HEAD;
use super::{Leads, Request, Text};
use crate::syntax::AnchorIndex;
use crate::text::url_decoded;

/// The places in a text that its links can lead to.
#[derive(Clone, Copy)]
pub(super) struct Places<'w> {
    pub text: &'w Text<'w>,
    pub request: &'w Request<'w>,
    /// The ids of the HTML in the text, as far as they are known.
    pub marks: &'w AnchorIndex,
}

impl Places<'_> {
    /// Where a link leads.
    pub(super) fn leads(&self, destination: &str) -> Leads {
        match destination.trim().strip_prefix('#') {
            Some(fragment) => match self.place(&url_decoded(fragment)) {
                Some(own) => Leads::Here(own),
                None => Leads::Broken(destination.to_owned()),
            },
            None => (self.request.leads)(destination),
        }
    }

    /// Where a fragment leads on the text's own page, if it does.
    fn place(&self, fragment: &str) -> Option<String> {
        let headings = self.text.places();
        let exact = headings.exact(fragment).or_else(|| self.marks.exact(fragment));
        let alike = || headings.alike(fragment).or_else(|| self.marks.alike(fragment));
        if let Some(id) = exact.or_else(alike) {
            return Some(format!("#{id}"));
        }
        // What is told at the head of the page has no heading of its own.
        self.text.places_elsewhere().meant(fragment)?;
        Some(HEAD.to_owned())
    }
}
