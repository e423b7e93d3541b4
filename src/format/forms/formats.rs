//! The list of the ways of writing records.

use super::{madr, nygard, plain, y_statement};
use crate::model::Format;
use crate::syntax::Document;

/// Every known way of writing records, the most specific first.
pub static FORMATS: &[&Format] =
    &[&y_statement::FORMAT, &madr::FORMAT, &nygard::FORMAT, &plain::FORMAT];

/// The format that `document`, which was parsed from `text`, is most like.
pub(crate) fn format_of(document: &Document, text: &str) -> &'static Format {
    let likeness = |format: &Format| (format.likeness)(document, text);
    // The last of several equal formats counts, so the order is reversed.
    let best = FORMATS.iter().rev().max_by_key(|format| likeness(format));
    best.copied().unwrap_or(&plain::FORMAT)
}
