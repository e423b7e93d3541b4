//! A field as it is written down.

use crate::text::Span;

/// The way a field is written down, in order of trust: if two statements
/// disagree, the earlier one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// A key of the YAML at the top.
    FrontMatter,
    /// The text below a heading with the field's name.
    Section,
    /// A row of a table.
    Table,
    /// `* Status: accepted`, the key bold or not.
    Bullet,
    /// `**Status:** accepted`.
    Bold,
    /// `Status: accepted` on its own line.
    Line,
    /// Part of the first heading.
    Title,
    /// One of the tags.
    Tag,
    /// A mention in running text.
    Prose,
    /// Part of the file's name.
    FileName,
    /// The name of a parent folder of the file.
    Folder,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The bytes that state it; `None` if they are not in the text, but in the file's name.
    pub span: Option<Span>,
    /// The way it is written down.
    pub layout: Layout,
}
