//! What the writer asks of its caller.

use super::destination::LinkOutcome;

/// The words that the writer adds to a text.
#[derive(Debug, Default)]
pub(crate) struct MarkdownWords {
    /// The label of a block of code.
    pub code: String,
    /// The label of a table.
    pub table: String,
    /// Replaces a picture without alternative text.
    pub image: String,
    /// The caption of a diagram that is shown as its source.
    pub diagram: String,
    /// The note on a broken link.
    pub not_found: String,
    /// The link from a footnote back to the text.
    pub back: String,
    /// A ticked box.
    pub done: String,
    /// An empty box.
    pub open: String,
    /// The kinds of alerts that forges support.
    pub note: String,
    /// See `note`.
    pub tip: String,
    /// See `note`.
    pub important: String,
    /// See `note`.
    pub warning: String,
    /// See `note`.
    pub caution: String,
}

/// How to write a text.
pub(crate) struct WriteOptions<'o> {
    /// Returns what a link becomes, given its destination. Not called for anchors in the text itself.
    pub link: &'o dyn Fn(&str) -> LinkOutcome,
    /// Returns the address of a picture, relative to the record's own page, if the site has it.
    pub picture: &'o dyn Fn(&str) -> Option<String>,
    pub words: &'o MarkdownWords,
}
