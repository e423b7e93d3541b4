//! Links in a text: within the text itself, or as the caller resolves them.

use super::destination::LinkOutcome;
use super::headings::{FragmentTarget, PageAnchors};
use super::options::WriteOptions;
use super::target_page::TOP;

/// Resolves the links of a text.
#[derive(Clone, Copy)]
pub(super) struct LinkResolver<'w> {
    pub options: &'w WriteOptions<'w>,
    /// The anchors in the text.
    pub anchors: &'w PageAnchors,
}

impl LinkResolver<'_> {
    pub(super) fn resolve(&self, destination: &str) -> LinkOutcome {
        let Some(fragment) = destination.trim().strip_prefix('#') else {
            return (self.options.link)(destination);
        };
        match self.anchors.find(fragment) {
            FragmentTarget::Id(id) => LinkOutcome::Internal(format!("#{id}")),
            FragmentTarget::Top => LinkOutcome::Internal(TOP.to_owned()),
            FragmentTarget::Missing => LinkOutcome::Broken(destination.to_owned()),
        }
    }
}
