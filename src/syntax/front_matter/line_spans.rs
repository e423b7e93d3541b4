//! The lines of front matter.

use crate::text::Span;

/// Iterates over the lines of a text from a byte on, without their `\n`.
pub(super) struct LineSpans<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> LineSpans<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        Self { text, offset: start }
    }

    /// The start of the next line.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }
}

impl Iterator for LineSpans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let remaining = self.text.get(self.offset..).filter(|text| !text.is_empty())?;
        let line_end = memchr::memchr(b'\n', remaining.as_bytes());
        let line = Span::new(self.offset, self.offset + line_end.unwrap_or(remaining.len()));
        self.offset = line_end.map_or(self.text.len(), |_| line.end + 1);
        Some(line)
    }
}
