//! What is open while a text is written.

/// A picture in Markdown.
#[derive(Default)]
pub(super) struct Picture {
    /// What is shown to those who do not see it.
    pub words: String,
    /// How deep the markup of these is nested.
    pub depth: usize,
    pub destination: String,
    pub title: String,
}

/// How to end what a tag began.
pub(super) enum Closer {
    /// With this.
    With(&'static str),
    /// A heading of this level.
    Heading(u8),
    /// With nothing at all, and what was written since this byte goes: no heading.
    Nothing(usize),
    /// A cell, which is an ordinary one if nothing was written in it; where its tag began and ended.
    Cell(&'static str, usize, usize),
    /// A link to something with this name, for a link without words; where its words began.
    Link(&'static str, String, usize),
    /// A footnote: its label.
    Note(String),
}
