//! A heading with the text below it.

use crate::text::Span;

/// A heading with the text below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// The heading's words, as read by [`heading`](super::heading()).
    pub title: String,
    /// The heading's words as written, without `#`, white space, attributes and empty anchors.
    pub title_span: Span,
    /// The whole line of the heading; for a setext heading also its underline.
    pub heading: Span,
    /// From the end of the heading to the next heading of any level.
    pub body: Span,
    /// The start of the next heading of the same or a higher level, or the end of the text.
    pub end: usize,
}

impl Section {
    /// The content of the section: its body and its subsections, without its heading.
    pub fn content(&self) -> Span {
        Span::new(self.body.start, self.end)
    }
}
