//! Edits that overlap.

use crate::text::Edit;

/// `edits` in text order without overlaps: of two that start together, the longer one stays, otherwise the first.
pub(crate) fn without_overlaps(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.span.start, std::cmp::Reverse(edit.span.end)));
    let mut kept_edits: Vec<Edit> = Vec::new();
    for edit in edits {
        if kept_edits.last().is_none_or(|last| last.span.end <= edit.span.start) {
            kept_edits.push(edit);
        }
    }
    kept_edits
}
