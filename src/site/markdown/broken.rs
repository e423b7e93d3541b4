//! The end of a link that leads nowhere: it says so, for its look is no news to a screen reader.

use crate::text::escape;

/// What ends a link that leads nowhere.
pub(super) const BROKEN: &str = "</span></span>";

/// Writes `end`, and before it, where a link leads nowhere, that it does.
pub(super) fn end_link(out: &mut String, end: &str, not_found: &str) {
    if end == BROKEN {
        out.push_str("<span class=\"unseen\"> (");
        escape(out, not_found);
        out.push(')');
    }
    out.push_str(end);
}
