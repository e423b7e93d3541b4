//! The end of a broken link, with a note for screen readers, which do not show its look.

use crate::text::escape;

/// The end tags of a broken link.
pub(super) const BROKEN_END: &str = "</span></span>";

/// Writes the end tag of a link, after the note `not_found` if the link is broken.
pub(super) fn end_link(out: &mut String, end_tag: &str, not_found: &str) {
    if end_tag == BROKEN_END {
        out.push_str("<span class=\"unseen\"> (");
        escape(out, not_found);
        out.push(')');
    }
    out.push_str(end_tag);
}
