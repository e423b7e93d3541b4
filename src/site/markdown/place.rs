//! Where a link in a text leads: to a place in the text itself, or wherever the caller says.

use super::heading::{Place, Places};
use super::host::HEAD;
use super::{Leads, Request};

/// What links of a text can lead to.
#[derive(Clone, Copy)]
pub(super) struct Links<'w> {
    pub request: &'w Request<'w>,
    /// The places in the text, with the ids of the HTML in it as far as they are known.
    pub places: &'w Places,
}

impl Links<'_> {
    /// Where a link leads.
    pub(super) fn leads(&self, destination: &str) -> Leads {
        let Some(fragment) = destination.trim().strip_prefix('#') else {
            return (self.request.leads)(destination);
        };
        match self.places.find(fragment) {
            Place::Id(id) => Leads::Here(format!("#{id}")),
            Place::Head => Leads::Here(HEAD.to_owned()),
            Place::Nowhere => Leads::Broken(destination.to_owned()),
        }
    }
}
