//! A line of Markdown, and what it is.

use crate::text::Span;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// Words of a paragraph.
    Text,
    /// A row of a table, or the line between its head and its body.
    Row,
    /// A heading that begins with `#`, of this level; its words are the content.
    Heading(u8),
    /// A line of words that are a heading of this level, or the line of `=` or `-` that makes them one.
    Underline(u8),
    /// A rule across the page.
    Rule,
    /// The line that opens or closes a block of code.
    Fence,
    /// Code, in a fence or indented.
    Code,
    /// A line of a comment that is a block of its own.
    Comment,
    /// A line of any other block of HTML.
    Html,
    /// A definition of a reference link or a footnote: `[label]: …`.
    Definition,
}

/// A line, and how it belongs to the lines around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// All of it, without the white space at its end.
    pub span: Span,
    /// Without the marks of quotations, list items and headings, and without white space at its ends.
    pub content: Span,
    /// How many quotations it is in.
    pub quotes: usize,
    /// Whether a list item begins on it.
    pub is_item: bool,
    /// The column at which its content begins, not counting list markers on this line.
    pub indent: usize,
    /// Whether it continues the paragraph of the line above it.
    pub continues: bool,
}

impl Line {
    /// Whether the line holds words that state something: no code, comment, heading or HTML.
    pub fn is_prose(&self) -> bool {
        matches!(self.kind, LineKind::Text | LineKind::Row)
    }
}
