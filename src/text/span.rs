//! Byte ranges of a text.

use std::ops::Range;

/// A range of bytes of one text: `start` is the first byte, `end` the one after the last.
///
/// Ordered by start, then by end. A span does not say which text it belongs to; the record
/// or the diagnostic that contains it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span before the byte `at`.
    pub fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// The number of bytes in it.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it contains no bytes.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` is within it, ends included.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same bytes in a text with `offset` more bytes before it.
    #[must_use]
    pub fn shift(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The part of `text` in this span; empty if it reaches beyond `text` or into a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span as a range, for slices and other crates.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The span cut to at most `bytes`, at a character boundary of `text`.
    #[must_use]
    pub fn first(self, bytes: usize, text: &str) -> Self {
        let mut cut_end = self.end.min(self.start.saturating_add(bytes));
        while cut_end > self.start && !text.is_char_boundary(cut_end) {
            cut_end -= 1;
        }
        Self { start: self.start, end: cut_end }
    }

    /// The lines of `text` in this span, each with its line end.
    pub fn lines(self, text: &str) -> impl Iterator<Item = Self> {
        let bytes = self.of(text).as_bytes();
        let line_ends = memchr::memchr_iter(b'\n', bytes).map(|offset| offset + 1);
        let last_end = (bytes.last().is_some_and(|byte| *byte != b'\n')).then_some(bytes.len());
        let mut line_start = self.start;
        line_ends.chain(last_end).map(move |end| {
            let line = Self::new(line_start, self.start + end);
            line_start = line.end;
            line
        })
    }

    /// The span extended to whole lines of `text`, without the end of the last line.
    #[must_use]
    pub fn whole_lines(self, text: &str) -> Self {
        let break_before = text.get(..self.start).and_then(|text_before| text_before.rfind('\n'));
        let break_after = text.get(self.end..).and_then(|text_after| text_after.find('\n'));
        Self::new(
            break_before.map_or(0, |offset| offset + 1),
            break_after.map_or(text.len(), |offset| self.end + offset),
        )
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let covered = self.of(text);
        let trimmed_start = covered.trim_start();
        let start = self.start + (covered.len() - trimmed_start.len());
        Self { start, end: start + trimmed_start.trim_end().len() }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A value and the bytes that state it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, read from the bytes of `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn lines_cover_all_of_a_span_and_nothing_else() {
        let text = "a\nb\n\nc";
        let lines = |span: Span| span.lines(text).map(|line| line.of(text)).collect::<Vec<_>>();
        assert_eq!(lines(Span::new(0, text.len())), ["a\n", "b\n", "\n", "c"]);
        assert_eq!(lines(Span::new(2, 4)), ["b\n"]);
        assert_eq!(lines(Span::new(3, 3)), [""; 0]);
    }
}
