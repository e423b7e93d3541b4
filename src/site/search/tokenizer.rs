//! The words of a text in the search index. The script splits queries in the same way.
//!
//! Words are runs of letters and digits in lower case. Text without spaces between words (Chinese, Japanese)
//! is split into pairs of characters. A final `s` is removed, in texts and queries. There is no further
//! stemming: a query matches the starts of words.

use std::hash::{Hash, Hasher};
use std::{fmt, mem};

/// A word of at most [`MAX_LENGTH`] bytes, stored inline. Words are ordered by their bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SearchWord([u64; MAX_LENGTH / 8]);

/// The maximum length of a word, in bytes. Longer words are hashes, or names that no one types.
const MAX_LENGTH: usize = 24;

impl SearchWord {
    /// The first `length` bytes of `text`.
    fn new(text: &[u8; MAX_LENGTH], length: usize) -> Self {
        let (chunks, _) = text.as_chunks();
        // Big-endian numbers compare like their bytes.
        let mut word = byte_mask(length);
        for (word_bytes, chunk) in word.iter_mut().zip(chunks) {
            *word_bytes &= u64::from_be_bytes(*chunk);
        }
        Self(word)
    }

    /// The number of its bytes.
    pub(crate) fn len(self) -> usize {
        self.0.iter().map(|bytes| 8 - bytes.trailing_zeros() as usize / 8).sum()
    }

    /// Whether its `length` bytes are ASCII letters. They must be letters, digits, or bytes of other characters.
    fn has_only_letters(self, length: usize) -> bool {
        // Of all these, only letters start with the bits 01.
        let difference = |(bytes, mask): (&u64, u64)| {
            bytes & 0xC0C0_C0C0_C0C0_C0C0 ^ mask & 0x4040_4040_4040_4040
        };
        // One comparison for all bytes is faster than comparing arrays.
        let differences = self.0.iter().zip(byte_mask(length)).map(difference);
        differences.fold(0, |all, difference| all | difference) == 0
    }
}

/// A mask with every bit of the first `length` bytes of a word.
fn byte_mask(length: usize) -> [u64; MAX_LENGTH / 8] {
    [0, 8, 16].map(|chunk_start| match length.saturating_sub(chunk_start) {
        0 => 0,
        bytes => u64::MAX << (8 * 8_usize.saturating_sub(bytes)),
    })
}

/// Longer texts are cut.
impl From<&str> for SearchWord {
    fn from(text: &str) -> Self {
        let mut bytes = [0; MAX_LENGTH];
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self::new(&bytes, text.len())
    }
}

impl fmt::Display for SearchWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0.map(u64::to_be_bytes);
        let text = str::from_utf8(bytes.as_flattened()).unwrap_or_default();
        f.write_str(text.trim_end_matches('\0'))
    }
}

impl Hash for SearchWord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [first, second, third] = self.0;
        // Most words have at most eight bytes, so mixing them is cheaper than hashing all three.
        state.write_u64(first ^ second.rotate_left(21) ^ third.rotate_left(42));
    }
}

/// Passes the searchable words of `text` to `add`, in order.
pub(crate) fn for_each_word(text: &str, mut add: impl FnMut(SearchWord)) {
    // Most texts are ASCII, for which lower case is faster.
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    for (start, end) in WordRuns::new(lower.as_bytes()) {
        let run = lower.get(start..end).unwrap_or_default();
        let stem = singular(run);
        // If there are enough bytes after the start of the run, they are copied at once.
        let following_bytes = lower.as_bytes().get(start..).and_then(<[u8]>::first_chunk);
        let word =
            following_bytes.map_or_else(|| stem.into(), |bytes| SearchWord::new(bytes, stem.len()));
        if (2..=MAX_LENGTH).contains(&run.len()) && word.has_only_letters(stem.len()) {
            if !is_stop_word(run) {
                add(word);
            }
        } else {
            add_mixed_run(run, &mut add);
        }
    }
}

/// The runs of ASCII letters, digits, and all other characters beyond ASCII: the start and end of each.
///
/// Reads [`BLOCK`] bytes at a time, which is faster than byte by byte: a processor cannot predict the ends of
/// words.
struct WordRuns<'t> {
    remaining_bytes: &'t [u8],
    /// The offset of the end of the last block.
    block_end: usize,
    /// The starts and ends of runs in the last block: a bit for each byte at which a run starts or has ended.
    edges: u64,
    /// Whether the last byte of the block belongs to a run.
    is_open: bool,
}

/// The number of bytes that are read together.
const BLOCK: usize = 64;

impl<'t> WordRuns<'t> {
    fn new(text: &'t [u8]) -> Self {
        Self { remaining_bytes: text, block_end: 0, edges: 0, is_open: false }
    }

    /// The offset at which the next run starts or the current one ends.
    fn next_edge(&mut self) -> Option<usize> {
        while self.edges == 0 {
            let word_bits = match self.remaining_bytes.split_first_chunk() {
                Some((block, remaining_bytes)) => {
                    self.remaining_bytes = remaining_bytes;
                    word_bits(block)
                }
                None if self.remaining_bytes.is_empty() && !self.is_open => return None,
                None => {
                    // Spaces after the text end the last run.
                    let mut block = [b' '; BLOCK];
                    block
                        .iter_mut()
                        .zip(mem::take(&mut self.remaining_bytes))
                        .for_each(|(to, from)| *to = *from);
                    word_bits(&block)
                }
            };
            self.block_end += BLOCK;
            // A bit that differs from its predecessor is an edge.
            self.edges = word_bits ^ (word_bits << 1 | u64::from(self.is_open));
            self.is_open = word_bits >> (BLOCK - 1) == 1;
        }
        let offset = self.block_end - BLOCK + self.edges.trailing_zeros() as usize;
        // Clears the lowest bit.
        self.edges &= self.edges - 1;
        Some(offset)
    }
}

impl Iterator for WordRuns<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.next_edge()?, self.next_edge()?))
    }
}

/// A bit for each byte that belongs to a run; the lowest bit is for the first byte.
fn word_bits(block: &[u8; BLOCK]) -> u64 {
    let is_word_byte = block.map(|byte| u8::from(byte.is_ascii_alphanumeric() | !byte.is_ascii()));
    // The product moves the bits of eight bytes into the highest byte.
    let eight_bits =
        |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let chunks = is_word_byte.as_chunks().0.iter().rev();
    chunks.fold(0, |all, bytes| all << 8 | eight_bits(bytes))
}

/// Adds the words of a run that has other characters than ASCII letters.
fn add_mixed_run(run: &str, add: &mut impl FnMut(SearchWord)) {
    for run in run.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_unspaced_script) {
            add_pairs(run, add);
        } else if is_searchable(run) {
            add(if run.is_ascii() { singular(run) } else { run }.into());
        }
    }
}

/// Adds the pairs of neighbouring characters of a text without spaces between its words.
fn add_pairs(run: &str, add: &mut impl FnMut(SearchWord)) {
    let starts = run.char_indices().map(|(offset, _)| offset);
    let ends = run.char_indices().skip(1).map(|(offset, c)| offset + c.len_utf8());
    for (start, end) in starts.zip(ends) {
        add(run.get(start..end).unwrap_or_default().into());
    }
}

/// An ASCII word without the `s` of a plural, so that both forms are one entry.
fn singular(word: &str) -> &str {
    match word.as_bytes() {
        [_, _, .., previous, b's'] if *previous != b's' => {
            word.get(..word.len() - 1).unwrap_or(word)
        }
        _ => word,
    }
}

/// Whether users search for a run: not a single character, a stop word, a hash, or a long number.
fn is_searchable(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let is_number = digits > 4 || digits > 1 && run.len() > 12;
    run.len() <= MAX_LENGTH && run.chars().nth(1).is_some() && !is_number && !is_stop_word(run)
}

/// English words that occur in every text.
fn is_stop_word(word: &str) -> bool {
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

/// Whether a character belongs to a script without spaces between words.
fn is_unspaced_script(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        super::for_each_word(text, |word| words.push(word.to_string()));
        words
    }

    #[test]
    fn the_start_and_the_end_of_a_text_make_no_difference() {
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
