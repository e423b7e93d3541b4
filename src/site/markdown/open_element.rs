//! The elements that are open while a text is written.

/// A picture in Markdown.
#[derive(Default)]
pub(super) struct OpenPicture {
    /// The alternative text.
    pub words: String,
    /// The depth of the markup in the alternative text.
    pub depth: usize,
    pub destination: String,
    pub title: String,
}

/// An open element, and how it ends.
pub(super) enum OpenElement {
    /// Ends with these tags.
    Plain(&'static str),
    /// A heading of this level.
    Heading(u8),
    /// A heading that is left out: everything written since this offset is removed.
    Hidden(usize),
    Cell(OpenCell),
    Link(OpenLink),
    /// A footnote with this label.
    Footnote(String),
}

/// A cell of a table; an empty one becomes an ordinary cell.
pub(super) struct OpenCell {
    pub end_tag: &'static str,
    /// The offset of its start tag.
    pub start: usize,
    /// The offset of its content.
    pub content_start: usize,
}

/// A link; one without words shows its destination.
pub(super) struct OpenLink {
    pub end_tag: &'static str,
    pub destination: String,
    /// The offset of its words.
    pub content_start: usize,
}
