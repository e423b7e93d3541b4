//! The words of a text as the search knows them: the script takes queries apart in the same way.
//!
//! Runs of letters and digits in lower case; texts without blanks between words (Chinese, Japanese) in
//! pairs of characters. A final `s` goes, on both sides; there is no other stemming: a query matches the
//! beginnings of words.

use std::hash::{Hash, Hasher};
use std::{fmt, mem};

/// A word: [`LONGEST`] bytes at most, and no memory of its own. Words are in the order of their bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word([u64; LONGEST / 8]);

/// How long a word is at most, in bytes: what is longer is a hash, or a name that nobody types.
const LONGEST: usize = 24;

impl Word {
    /// The first `length` bytes of `text`.
    fn new(text: &[u8; LONGEST], length: usize) -> Self {
        let (eights, _) = text.as_chunks();
        let mut word = kept(length);
        for (kept, eight) in word.iter_mut().zip(eights) {
            *kept &= u64::from_be_bytes(*eight);
        }
        Self(word)
    }

    /// How many bytes it has.
    pub(super) fn len(self) -> usize {
        self.0.iter().map(|eight| 8 - eight.trailing_zeros() as usize / 8).sum()
    }

    /// Whether its bytes, `length` letters, digits and parts of characters beyond ASCII, are letters of ASCII.
    fn has_only_letters(self, length: usize) -> bool {
        // Of all these, only letters begin with the bits 01.
        let differs = |(eight, kept): (&u64, u64)| {
            eight & 0xC0C0_C0C0_C0C0_C0C0 ^ kept & 0x4040_4040_4040_4040
        };
        // One comparison for all: that of two arrays takes longer.
        self.0.iter().zip(kept(length)).map(differs).fold(0, |all, one| all | one) == 0
    }
}

/// Every bit of the first `length` bytes of a word.
fn kept(length: usize) -> [u64; LONGEST / 8] {
    [0, 8, 16].map(|before| match length.saturating_sub(before) {
        0 => 0,
        bytes => u64::MAX << (8 * 8_usize.saturating_sub(bytes)),
    })
}

/// No more than the bytes of the longest word.
impl From<&str> for Word {
    fn from(text: &str) -> Self {
        let mut bytes = [0; LONGEST];
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self::new(&bytes, text.len())
    }
}

/// Its characters.
impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0.map(u64::to_be_bytes);
        let text = str::from_utf8(bytes.as_flattened()).unwrap_or_default();
        f.write_str(text.trim_end_matches('\0'))
    }
}

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [first, second, third] = self.0;
        // Most words have eight bytes or fewer.
        state.write_u64(first ^ second.rotate_left(21) ^ third.rotate_left(42));
    }
}

/// Gives `found` the words of `text` that a search can find, in their order.
pub(super) fn words(text: &str, mut found: impl FnMut(Word)) {
    // Of ASCII alone there is a faster way, and most texts are.
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    for (start, end) in Runs::of(lower.as_bytes()) {
        let run = lower.get(start..end).unwrap_or_default();
        let kept = singular(run);
        let long = lower.as_bytes().get(start..).and_then(<[u8]>::first_chunk);
        let word = long.map_or_else(|| kept.into(), |long| Word::new(long, kept.len()));
        if (2..=LONGEST).contains(&run.len()) && word.has_only_letters(kept.len()) {
            if !is_everywhere(run) {
                found(word);
            }
        } else {
            others(run, &mut found);
        }
    }
}

/// The runs of letters and digits of ASCII and of all characters beyond it: where each starts and ends.
///
/// They are found for [`BLOCK`] bytes at a time. Asking byte by byte takes longer: a processor cannot guess where a
/// word ends.
struct Runs<'t> {
    /// What was not looked at.
    rest: &'t [u8],
    /// Where the bytes end that were.
    end: usize,
    /// Where runs start and end in the last block: a bit for each byte that differs in this from the one before.
    edges: u64,
    /// Whether its last byte belongs to a run.
    is_open: bool,
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

impl<'t> Runs<'t> {
    fn of(text: &'t [u8]) -> Self {
        Self { rest: text, end: 0, edges: 0, is_open: false }
    }

    /// Where the next run starts, or this one ends.
    fn edge(&mut self) -> Option<usize> {
        while self.edges == 0 {
            let inside = match self.rest.split_first_chunk() {
                Some((block, rest)) => {
                    self.rest = rest;
                    inside(block)
                }
                None if self.rest.is_empty() && !self.is_open => return None,
                None => {
                    let mut block = [b' '; BLOCK];
                    block
                        .iter_mut()
                        .zip(mem::take(&mut self.rest))
                        .for_each(|(to, from)| *to = *from);
                    inside(&block)
                }
            };
            self.end += BLOCK;
            self.edges = inside ^ (inside << 1 | u64::from(self.is_open));
            self.is_open = inside >> (BLOCK - 1) == 1;
        }
        let at = self.end - BLOCK + self.edges.trailing_zeros() as usize;
        self.edges &= self.edges - 1;
        Some(at)
    }
}

impl Iterator for Runs<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.edge()?, self.edge()?))
    }
}

/// Which bytes belong to a run; the lowest bit is for the first.
fn inside(block: &[u8; BLOCK]) -> u64 {
    let inside = block.map(|byte| u8::from(byte.is_ascii_alphanumeric() | !byte.is_ascii()));
    // The product moves the bits of eight bytes into the highest one.
    let bits =
        |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    inside.as_chunks().0.iter().rev().fold(0, |all, eight| all << 8 | bits(eight))
}

/// The words of a run that has more than letters of ASCII.
fn others(run: &str, found: &mut impl FnMut(Word)) {
    for run in run.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_joined) {
            pairs(run, found);
        } else if is_wanted(run) {
            found(if run.is_ascii() { singular(run) } else { run }.into());
        }
    }
}

/// Gives `found` the pairs of characters of a text without blanks between its words.
fn pairs(run: &str, found: &mut impl FnMut(Word)) {
    let starts = run.char_indices().map(|(at, _)| at);
    let ends = run.char_indices().skip(1).map(|(at, c)| at + c.len_utf8());
    for (start, end) in starts.zip(ends) {
        found(run.get(start..end).unwrap_or_default().into());
    }
}

/// An ASCII word without the `s` of a plural: one entry less, and found by either form.
fn singular(word: &str) -> &str {
    match word.as_bytes() {
        [_, _, .., before, b's'] if *before != b's' => word.get(..word.len() - 1).unwrap_or(word),
        _ => word,
    }
}

/// Whether anybody looks for a run of characters: not for a single one, a word without meaning, a hash, a
/// long number.
fn is_wanted(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let is_number = digits > 4 || digits > 1 && run.len() > 12;
    run.len() <= LONGEST && run.chars().nth(1).is_some() && !is_number && !is_everywhere(run)
}

/// English words that stand in every text and find nothing.
fn is_everywhere(word: &str) -> bool {
    // The longest of them has five letters.
    word.len() <= 5
        && matches!(
            word,
            "a" | "an"
                | "and"
                | "are"
                | "as"
                | "at"
                | "be"
                | "but"
                | "by"
                | "can"
                | "for"
                | "from"
                | "has"
                | "have"
                | "if"
                | "in"
                | "is"
                | "it"
                | "its"
                | "not"
                | "of"
                | "on"
                | "or"
                | "our"
                | "that"
                | "the"
                | "their"
                | "there"
                | "these"
                | "they"
                | "this"
                | "to"
                | "was"
                | "we"
                | "will"
                | "with"
        )
}

/// Whether a character belongs to a script without blanks between words.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        super::words(text, |word| found.push(word.to_string()));
        found
    }

    #[test]
    fn it_makes_no_difference_where_a_text_begins_and_ends() {
        let text = "Rust and v2 of a CLASS, Ärger, 数据库 and twentyfourlettersarelong a-bit";
        let found = words(text);
        assert_eq!(found.len(), 8, "{found:?}");
        for before in 0..130 {
            for after in [0, 1, 23, 24, 63, 64, 65] {
                let text = [&" ".repeat(before), text, &" ".repeat(after)].concat();
                assert_eq!(words(&text), found, "{before} {after}");
            }
        }
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("Use the C++ API-v2, Ärger; 数据库 classes class"),
            ["use", "api", "v2", "ärger", "数据", "据库", "classe", "class"]
        );
    }
}
