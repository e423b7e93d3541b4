//! How much two texts have in common, as git finds renamed files: by the bytes of the lines that both hold.

use std::collections::HashMap;

/// A longer line is compared in pieces of so many bytes, as git does it, so that a change in it leaves the others alike.
const LONGEST_PIECE: usize = 64;

/// The lines of a text, in any order.
#[derive(Clone, Debug, Default)]
pub struct LinePieces<'t> {
    /// Each piece with how many bytes of the text are such pieces.
    bytes: HashMap<&'t [u8], usize>,
    size: usize,
}

impl<'t> LinePieces<'t> {
    /// Of these lines.
    pub fn of(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut pieces = Self::default();
        for piece in lines.flat_map(|line| line.as_bytes().chunks(LONGEST_PIECE)) {
            *pieces.bytes.entry(piece).or_default() += piece.len();
            pieces.size += piece.len();
        }
        pieces
    }

    /// The pieces, each once, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &'t [u8]> {
        self.bytes.keys().copied()
    }

    /// The same without the pieces that `keep` does not want.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&[u8]) -> bool) -> Self {
        self.bytes.retain(|piece, _| keep(piece));
        self.size = self.bytes.values().sum();
        self
    }

    /// How many different pieces there are: what comparing costs.
    pub fn count(&self) -> usize {
        self.bytes.len()
    }

    /// What both have in common, in percent of the longer one.
    pub fn likeness(&self, other: &Self) -> usize {
        let longer = self.size.max(other.size);
        if longer == 0 || self.size.min(other.size) * 2 < longer {
            return 0;
        }
        let (few, many) = if self.count() < other.count() { (self, other) } else { (other, self) };
        let common = few
            .bytes
            .iter()
            .map(|(piece, bytes)| many.bytes.get(piece).map_or(0, |others| *bytes.min(others)));
        common.sum::<usize>() * 100 / longer
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
