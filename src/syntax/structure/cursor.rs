//! A position in a line, in bytes and in columns: a tab moves to the next multiple of four.

use super::block_start::{Marker, next_column};
use crate::text::Span;

/// A position in a line; white space at the end of the line does not count.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    end: usize,
    column: usize,
    /// The remaining columns of a tab that was skipped in part.
    pending: usize,
    /// The offset of the first character after the white space, and the columns up to it. Computed once per
    /// position, because it is needed several times.
    start: usize,
    indent: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, line: Span) -> Self {
        let (offset, end) = (line.start, line.end);
        let mut cursor =
            Self { text, offset, end, column: 0, pending: 0, start: offset, indent: 0 };
        cursor.look_ahead();
        cursor
    }

    fn look_ahead(&mut self) {
        let bytes = self.text.as_bytes().get(self.offset..self.end).unwrap_or_default();
        let mut column = self.column + self.pending;
        let mut blank_count = 0;
        for byte in bytes {
            if !matches!(byte, b' ' | b'\t') {
                break;
            }
            column = next_column(column, *byte);
            blank_count += 1;
        }
        self.start = self.offset + blank_count;
        self.indent = column - self.column;
    }

    /// Whether only white space follows.
    pub(super) fn is_blank(&self) -> bool {
        self.start >= self.end
    }

    /// The text that follows, without the white space before it.
    pub(super) fn bare(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The offset at which [`bare`](Self::bare) begins.
    pub(super) fn content_start(&self) -> usize {
        self.start
    }

    /// The column of the cursor.
    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// The number of columns of white space that follow.
    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// Skips `columns` columns of white space, if there are that many.
    pub(super) fn skip_columns(&mut self, columns: usize) -> bool {
        if self.indent() < columns {
            return false;
        }
        let mut remaining_columns = columns;
        while remaining_columns > 0 {
            if self.pending == 0 {
                let Some(byte) = self.text.as_bytes().get(self.offset) else { break };
                self.pending = next_column(self.column, *byte) - self.column;
                self.offset += 1;
            }
            let step = remaining_columns.min(self.pending);
            self.pending -= step;
            self.column += step;
            remaining_columns -= step;
        }
        self.look_ahead();
        true
    }

    /// Skips the mark of a quotation and the space after it, if there is one at most three
    /// columns ahead.
    pub(super) fn skip_quote_mark(&mut self) -> bool {
        let indent = self.indent();
        if indent > 3 || !self.bare().starts_with('>') {
            return false;
        }
        self.skip_columns(indent);
        self.take(1);
        if self.indent() > 0 {
            self.skip_columns(1);
        }
        true
    }

    /// Skips a list marker and the white space that belongs to it.
    pub(super) fn skip_marker(&mut self, marker: &Marker) {
        self.skip_columns(self.indent());
        self.take(marker.mark);
        self.skip_columns((marker.width - marker.mark).min(self.indent()));
    }

    fn take(&mut self, bytes: usize) {
        self.offset += bytes;
        self.column += bytes;
        self.look_ahead();
    }
}
