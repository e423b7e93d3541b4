//! A line of Markdown, and its kind.

use crate::text::Span;

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// Words of a paragraph.
    Text,
    /// A row of a table, or the line between its header and its body.
    Row,
    /// A heading of this level that begins with `#`; its words are the content.
    Heading(u8),
    /// A line of words that are a heading of this level, or the line of `=` or `-` that makes them one.
    Underline(u8),
    /// A thematic break.
    Rule,
    /// The line that opens or closes a block of code.
    Fence,
    /// Code, in a fence or indented.
    Code,
    /// A line of a comment that is a separate block.
    Comment,
    /// A line of any other block of HTML.
    Html,
    /// A definition of a reference link or a footnote: `[label]: …`.
    Definition,
}

/// A line, and its relation to the lines around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The kind.
    pub kind: LineKind,
    /// The whole line, without the white space at its end.
    pub span: Span,
    /// Without the marks of quotations, list items and headings, and without white space at either end.
    pub content: Span,
    /// The number of quotations around it.
    pub quotes: usize,
    /// Whether a list item begins on it.
    pub is_item: bool,
    /// The column of its content, not counting list markers on this line.
    pub indent: usize,
    /// Whether it continues the paragraph of the line above it.
    pub continues: bool,
}

impl Line {
    /// Whether the line contains words that can make statements: it is not code, a comment, a heading or HTML.
    pub fn is_prose(&self) -> bool {
        matches!(self.kind, LineKind::Text | LineKind::Row)
    }
}
