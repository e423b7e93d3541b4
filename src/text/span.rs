//! Places in a text, in bytes.

use std::ops::Range;

/// A range of bytes of one text: `start` is the first byte, `end` the one after the last.
///
/// Ordered by start, then by end. A span says nothing about which text it belongs to; the record
/// or the diagnostic that carries it does.
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

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within it, ends included.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same bytes of a text that has `offset` more bytes before it.
    #[must_use]
    pub fn shift(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The part of `text` that it covers; empty where it reaches beyond `text` or into a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The same as a range, for slices and other crates.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The span cut to at most `bytes`, at a boundary between characters of `text`.
    #[must_use]
    pub fn first(self, bytes: usize, text: &str) -> Self {
        let mut end = self.end.min(self.start.saturating_add(bytes));
        while end > self.start && !text.is_char_boundary(end) {
            end -= 1;
        }
        Self { start: self.start, end }
    }

    /// The lines that it covers in `text`, each with the break at its end.
    pub fn lines(self, text: &str) -> impl Iterator<Item = Self> {
        let bytes = self.of(text).as_bytes();
        let breaks = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
        let rest = (bytes.last().is_some_and(|byte| *byte != b'\n')).then_some(bytes.len());
        let mut start = self.start;
        breaks.chain(rest).map(move |end| {
            let line = Self::new(start, self.start + end);
            start = line.end;
            line
        })
    }

    /// The lines of `text` that it touches, without the end of the last one.
    #[must_use]
    pub fn whole_lines(self, text: &str) -> Self {
        let start = text.get(..self.start).and_then(|before| before.rfind('\n'));
        let end = text.get(self.end..).and_then(|after| after.find('\n'));
        Self::new(start.map_or(0, |at| at + 1), end.map_or(text.len(), |at| self.end + at))
    }

    /// The span without the white space at either end of what it covers in `text`.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let covered = self.of(text);
        let rest = covered.trim_start();
        let start = self.start + (covered.len() - rest.len());
        Self { start, end: start + rest.trim_end().len() }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A value, and the bytes that state it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
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
