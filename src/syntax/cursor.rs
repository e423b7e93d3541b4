//! A place in a line, in bytes and in columns: a tab goes to the next column that is a multiple of four.

use super::block_start::Marker;
use crate::text::Span;

/// A place in a line whose white space at the end does not count.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    end: usize,
    column: usize,
    /// The columns of a tab that are left of it where only a part of it was taken.
    pending: usize,
    /// The byte at which the words behind the white space begin, and the columns up to there. Asked for
    /// several times at one place, so that they are counted once.
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
        let mut blanks = 0;
        for byte in bytes {
            if !matches!(byte, b' ' | b'\t') {
                break;
            }
            column = next_column(column, *byte);
            blanks += 1;
        }
        self.start = self.offset + blanks;
        self.indent = column - self.column;
    }

    /// Whether nothing but white space follows.
    pub(super) fn is_blank(&self) -> bool {
        self.start >= self.end
    }

    /// What follows, without the blanks and tabs before it.
    pub(super) fn bare(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The byte of the text at which [`bare`](Self::bare) begins.
    pub(super) fn content_start(&self) -> usize {
        self.start
    }

    /// The column of the cursor.
    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// How many columns of white space follow.
    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// Moves over so many columns of white space, if there are as many.
    pub(super) fn skip_columns(&mut self, columns: usize) -> bool {
        if self.indent() < columns {
            return false;
        }
        let mut left = columns;
        while left > 0 {
            if self.pending == 0 {
                let Some(byte) = self.text.as_bytes().get(self.offset) else { break };
                self.pending = next_column(self.column, *byte) - self.column;
                self.offset += 1;
            }
            let taken = left.min(self.pending);
            self.pending -= taken;
            self.column += taken;
            left -= taken;
        }
        self.look_ahead();
        true
    }

    /// Moves over the mark of a quotation and the blank behind it, if there is one at most three
    /// columns ahead.
    pub(super) fn quote(&mut self) -> bool {
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

    /// Moves over a list marker and the blanks that belong to it.
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

fn next_column(column: usize, byte: u8) -> usize {
    if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 }
}
