//! Tables with phrases as keys, and the words of a text. Phrases are looked up in lower case, with a single
//! space for each run of `-`, `_` and white space. Does not depend on any particular phrase.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use crate::text::Span;

/// Values by phrase. Every word of a status or a relation is looked up. The table holds only trusted
/// phrases, so its hash need not resist attacks.
#[derive(Debug)]
pub(crate) struct PhraseMap<T> {
    known: HashMap<Box<[u8]>, T, FixedState>,
    shapes: Shapes,
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        // Room for the built-in table, which is built at every start, so that the map does not grow.
        let known = HashMap::with_capacity_and_hasher(2048, FixedState::default());
        Self { known, shapes: Shapes::default() }
    }
}

/// The shapes of a set of folded phrases, as bits: a shape combines the length and the first two
/// bytes. Most words of a text are not in the table, and most of these have a shape that no phrase of
/// the table has. Comparing shapes is cheaper than folding and hashing a word.
#[derive(Debug)]
pub(crate) struct Shapes([u64; SHAPES / 64]);

/// The number of distinct shapes.
const SHAPES: usize = 4096;

impl Default for Shapes {
    fn default() -> Self {
        Self([0; SHAPES / 64])
    }
}

impl Shapes {
    pub(crate) fn insert(&mut self, folded: &[u8]) {
        let shape = shape(folded);
        if let Some(bits) = self.0.get_mut(shape / 64) {
            *bits |= 1 << (shape % 64);
        }
    }

    fn contains(&self, phrase: &[u8]) -> bool {
        let shape = shape(phrase);
        self.0.get(shape / 64).is_some_and(|bits| bits >> (shape % 64) & 1 == 1)
    }

    /// Whether `word`, which is one of [`tokens`], can be in the set when it is folded. Folding changes
    /// the length only of words that are not ASCII.
    pub(crate) fn may_contain(&self, word: &str) -> bool {
        self.contains(word.as_bytes()) || !word.is_ascii()
    }
}

/// The shape of a phrase, ignoring case.
fn shape(phrase: &[u8]) -> usize {
    let lower = |index: usize| usize::from(phrase.get(index).copied().unwrap_or_default() | 0x20);
    (lower(0) * 31 + lower(1) * 7 + phrase.len() * 401) % SHAPES
}

impl<T: Default> PhraseMap<T> {
    /// The value of `phrase`.
    pub(crate) fn get(&self, phrase: &str) -> Option<&T> {
        let mut room = [0; SHORT];
        match short(phrase, &mut room) {
            Some(folded) => self.folded(folded),
            None if phrase.len() > LONG => None,
            None => self.folded(folded(phrase).as_bytes()),
        }
    }

    /// The value of a phrase that is already folded.
    fn folded(&self, folded: &[u8]) -> Option<&T> {
        if self.shapes.contains(folded) { self.known.get(folded) } else { None }
    }

    /// The value of `phrase` for changing it; inserts the default value for a new phrase.
    pub(crate) fn entry(&mut self, phrase: &str) -> &mut T {
        let folded = folded(phrase).into_bytes();
        self.shapes.insert(&folded);
        self.known.entry(folded.into()).or_default()
    }

    /// The first word of every phrase with a value for which `counts` is true.
    pub(crate) fn first_words(&self, counts: impl Fn(&T) -> bool) -> BTreeSet<String> {
        let counted = self.known.iter().filter(|(_, value)| counts(value));
        let phrases = counted.filter_map(|(phrase, _)| str::from_utf8(phrase).ok());
        phrases.filter_map(|phrase| Some(tokens(phrase).next()?.of(phrase).to_owned())).collect()
    }
}

/// The maximum length in bytes of a phrase that is folded without allocating; most are shorter.
const SHORT: usize = 64;

/// The maximum length in bytes of a text that is looked up; every phrase is shorter.
const LONG: usize = 512;

/// Folds `text` into `room`; `None` if it is not ASCII or does not fit.
fn short<'r>(text: &str, room: &'r mut [u8; SHORT]) -> Option<&'r [u8]> {
    let text = text.trim_ascii().as_bytes();
    let (mut length, mut blank) = (0, false);
    for byte in text {
        let byte = match byte {
            b'a'..=b'z' => *byte,
            b'-' | b'_' | b' ' | b'\t'..=b'\r' => b' ',
            0x80.. => return None,
            byte => byte.to_ascii_lowercase(),
        };
        let second = blank && byte == b' ';
        blank = byte == b' ';
        if !second {
            *room.get_mut(length)? = byte;
            length += 1;
        }
    }
    room.get(..length)
}

/// `text` in lower case, with a single space for each run of `-`, `_` and white space.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim();
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' | '_' => push_blank(&mut folded),
            '’' => folded.push('\''),
            c if c.is_whitespace() => push_blank(&mut folded),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

fn push_blank(folded: &mut String) {
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// The offset of the first letter or digit of `text`; the length of `text` if it has none.
pub(crate) fn first_word(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len()
}

/// Whether `text` is one word of ASCII letters.
pub(crate) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The words of `text`: runs of letters, digits and apostrophes.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// See [`tokens`].
#[derive(Clone)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.behind(self.at, false);
        if start >= self.text.len() {
            self.at = start;
            return None;
        }
        self.at = self.behind(start, true);
        Some(Span::new(start, self.at))
    }
}

/// Whether an ASCII byte is part of a word.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'\''
}

impl Tokens<'_> {
    /// The offset of the first character from `at` that is not part of a word if `inside` is set, or that is
    /// part of one if it is not. Most characters are ASCII and need not be decoded.
    fn behind(&self, mut at: usize, inside: bool) -> usize {
        let bytes = self.text.as_bytes();
        let is_same = |byte: &u8| byte.is_ascii() && is_word_byte(*byte) == inside;
        loop {
            let ahead = bytes.get(at..).unwrap_or_default();
            at += ahead.iter().position(|byte| !is_same(byte)).unwrap_or(ahead.len());
            let next = self.text.get(at..).and_then(|ahead| ahead.chars().next());
            let is_inside = |c: &char| c.is_alphanumeric() || *c == '’';
            match next.filter(|next| !next.is_ascii() && is_inside(next) == inside) {
                Some(next) => at += next.len_utf8(),
                None => return at,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG, PhraseMap, SHORT, folded, short, tokens};

    #[test]
    fn a_phrase_is_folded_alike_with_and_without_memory() {
        let long = "a".repeat(SHORT);
        for text in ["", " ", "Superseded  by", "-a_-B\t c ", "a\r\nb", "1. What?", &long] {
            let mut room = [0; SHORT];
            assert_eq!(short(text, &mut room), Some(folded(text).as_bytes()), "{text:?}");
        }
        assert_eq!(short("Ü", &mut [0; SHORT]), None);
        assert_eq!(short(&(long + "a"), &mut [0; SHORT]), None);
    }

    #[test]
    fn a_phrase_of_any_length_is_found_and_an_endless_one_is_not() {
        let mut lookup = PhraseMap::default();
        let long = "ab ".repeat(SHORT);
        for phrase in ["Ersetzt_durch", "заменено", &long] {
            *lookup.entry(phrase) = 1;
            assert_eq!(lookup.get(&phrase.to_uppercase()), Some(&1), "{phrase}");
        }
        assert_eq!(lookup.get(&"a".repeat(LONG + 1)), None);
        assert_eq!(lookup.get("ersetzt"), None);
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_apostrophes() {
        let text = " — it's: №1, Änderung";
        let words: Vec<_> = tokens(text).map(|token| token.of(text)).collect();
        assert_eq!(words, ["it's", "1", "Änderung"]);
    }
}
