//! Measures how much two texts have in common, as git does to find renamed files: by the bytes of common lines.

use std::collections::HashMap;

/// Longer lines are compared in pieces of this many bytes, as in git, so that a change in one leaves the others equal.
const LONGEST_PIECE: usize = 64;

/// The lines of a text, in any order.
#[derive(Clone, Debug, Default)]
pub struct LinePieces<'t> {
    /// Each piece with the total size of its occurrences.
    bytes: HashMap<&'t [u8], usize>,
    size: usize,
}

impl<'t> LinePieces<'t> {
    /// Splits `lines` into pieces.
    pub fn of(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut pieces = Self::default();
        for piece in lines.flat_map(|line| line.as_bytes().chunks(LONGEST_PIECE)) {
            *pieces.bytes.entry(piece).or_default() += piece.len();
            pieces.size += piece.len();
        }
        pieces
    }

    /// The pieces, each once, unordered.
    pub fn iter(&self) -> impl Iterator<Item = &'t [u8]> {
        self.bytes.keys().copied()
    }

    /// Keeps only the pieces that `keep` accepts.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&[u8]) -> bool) -> Self {
        self.bytes.retain(|piece, _| keep(piece));
        self.size = self.bytes.values().sum();
        self
    }

    /// The number of different pieces, which is the cost of a comparison.
    pub fn count(&self) -> usize {
        self.bytes.len()
    }

    /// The size of what both have in common, in percent of the longer text.
    pub fn likeness(&self, other: &Self) -> usize {
        let longer_size = self.size.max(other.size);
        if longer_size == 0 || self.size.min(other.size) * 2 < longer_size {
            return 0;
        }
        let (fewer, more) =
            if self.count() < other.count() { (self, other) } else { (other, self) };
        let common_sizes = fewer.bytes.iter().map(|(piece, size)| {
            more.bytes.get(piece).map_or(0, |other_size| *size.min(other_size))
        });
        common_sizes.sum::<usize>() * 100 / longer_size
    }
}

#[cfg(test)]
mod tests {
    use super::LinePieces;

    #[test]
    fn texts_are_alike_by_the_lines_that_both_hold_in_any_order() {
        let likeness =
            |a: &str, b: &str| LinePieces::of(a.lines()).likeness(&LinePieces::of(b.lines()));
        assert_eq!(likeness("aaaa\nbbbb\n", "bbbb\naaaa\n"), 100);
        assert_eq!(likeness("aaaa\nbbbb\n", "aaaa\ncccc\n"), 50);
        assert_eq!(likeness("aaaa\n", "aaaa\naaaa\naaaa\n"), 0);
        assert_eq!(likeness("aaaa\naaaa\n", "aaaa\nbbbb\n"), 50);
        assert_eq!(likeness("", ""), 0);
        // A long line is not another one for its last word.
        let line = "words ".repeat(40);
        assert!(likeness(&format!("{line}one"), &format!("{line}two")) > 70);
    }
}
