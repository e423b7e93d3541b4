//! The table of phrases and their meanings, and the words of a text. Phrases are looked up in lower case,
//! with single spaces for `-`, `_` and white space. The build script compiles the built-in phrases from
//! `words.toml`.

use std::borrow::Cow;
use std::collections::HashMap;

pub(super) use super::folding::folded;
use super::folding::is_word_char;
use super::meaning::{Field, ONLY_READ, PhraseMeaning};
use super::word_class::{WordClass, WordClasses};
use crate::model::{Lifecycle, RelationKind, Role, Status};
use crate::text::Span;

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// A built-in phrase.
struct Phrase {
    folded: &'static str,
    meaning: PhraseMeaning,
}

/// The meanings of phrases: the built-in ones, overridden by the words of the team. Every word of a status or a
/// relation is looked up.
#[derive(Debug)]
pub(super) struct PhraseTable {
    team: HashMap<String, PhraseMeaning>,
    /// The shapes of all phrases.
    shapes: Shapes,
    /// The shapes of the words with `begins` set in their meaning.
    first_words: Shapes,
    /// The shapes of the words with `begins_claim` set in their meaning.
    first_words_of_claims: Shapes,
}

impl PhraseTable {
    /// The built-in phrases, and the statuses of the team.
    pub(super) fn new(team: impl Iterator<Item = (String, Status)>) -> Self {
        let mut table = Self {
            team: HashMap::new(),
            shapes: Shapes::default(),
            first_words: Shapes::default(),
            first_words_of_claims: Shapes::default(),
        };
        for phrase in &PHRASES {
            table.add_shapes(phrase.folded, &phrase.meaning);
        }
        for (word, status) in team {
            let phrase = folded(&word);
            if let Some(first) = tokens(&phrase).next().map(|first| first.of(&phrase)) {
                let is_end = status.is(Lifecycle::Superseded);
                table.change(first, |meaning| {
                    meaning.begins = true;
                    meaning.begins_claim |= is_end;
                });
            }
            table.change(&phrase, |meaning| meaning.state = Some(status));
        }
        table
    }

    /// Changes the meaning of a folded phrase. A new phrase has no meaning at first.
    fn change(&mut self, phrase: &str, change: impl FnOnce(&mut PhraseMeaning)) {
        let mut meaning = self.folded(phrase.as_bytes()).cloned().unwrap_or_default();
        change(&mut meaning);
        self.add_shapes(phrase, &meaning);
        self.team.insert(phrase.to_owned(), meaning);
    }

    fn add_shapes(&mut self, phrase: &str, meaning: &PhraseMeaning) {
        let phrase = phrase.as_bytes();
        self.shapes.insert(phrase);
        if meaning.begins {
            self.first_words.insert(phrase);
        }
        if meaning.begins_claim {
            self.first_words_of_claims.insert(phrase);
        }
    }

    /// The meaning of `phrase`.
    pub(super) fn get(&self, phrase: &str) -> Option<&PhraseMeaning> {
        let mut room = [0; SHORT];
        match short(phrase, &mut room) {
            Some(folded) => self.folded(folded),
            None if phrase.len() > LONG => None,
            None => self.folded(folded(phrase).as_bytes()),
        }
    }

    /// The meaning of `word`, which is one of [`tokens`], if a phrase that is searched for within a text
    /// begins with it.
    pub(super) fn first_word(&self, word: &str) -> Option<&PhraseMeaning> {
        if !self.first_words.may_contain(word) {
            return None;
        }
        self.get(word).filter(|meaning| meaning.begins)
    }

    /// Whether a claim about another record can begin with `word`, which is one of [`tokens`].
    pub(super) fn begins_claim(&self, word: &str) -> bool {
        self.first_words_of_claims.may_contain(word)
            && self.get(word).is_some_and(|meaning| meaning.begins_claim)
    }

    /// The meaning of a phrase that is already folded.
    fn folded(&self, folded: &[u8]) -> Option<&PhraseMeaning> {
        if !self.shapes.contains(folded) {
            return None;
        }
        let team = (!self.team.is_empty()).then(|| self.team.get(str::from_utf8(folded).ok()?));
        team.flatten().or_else(|| {
            let found = PHRASES.binary_search_by(|phrase| phrase.folded.as_bytes().cmp(folded));
            found.ok().and_then(|index| PHRASES.get(index)).map(|phrase| &phrase.meaning)
        })
    }
}

/// The shapes of a set of folded phrases, as bits: a shape combines the length and the first four
/// bytes. Most words of a text are not in the table, and most of these have a shape that no phrase of
/// the table has. Comparing shapes is cheaper than folding a word and looking it up.
#[derive(Debug)]
struct Shapes(Box<[u64]>);

/// The number of distinct shapes, as a power of two.
const SHAPE_BITS: u32 = 15;

impl Default for Shapes {
    fn default() -> Self {
        Self(vec![0; 1 << (SHAPE_BITS - 6)].into())
    }
}

impl Shapes {
    fn insert(&mut self, folded: &[u8]) {
        let shape = shape(folded);
        if let Some(bits) = self.0.get_mut(shape >> 6) {
            *bits |= 1 << (shape & 63);
        }
    }

    fn contains(&self, phrase: &[u8]) -> bool {
        let shape = shape(phrase);
        self.0.get(shape >> 6).is_some_and(|bits| bits >> (shape & 63) & 1 == 1)
    }

    /// Whether `word`, which is one of [`tokens`], can be in the set when it is folded. Folding changes
    /// the length only of words that are not ASCII.
    fn may_contain(&self, word: &str) -> bool {
        self.contains(word.as_bytes()) || !word.is_ascii()
    }
}

/// The shape of a phrase, ignoring case: `CASE` is the bit that differs between upper and lower case.
fn shape(phrase: &[u8]) -> usize {
    const CASE: u32 = 0x2020_2020;
    let mut first = [0; 4];
    for (slot, byte) in first.iter_mut().zip(phrase) {
        *slot = *byte;
    }
    let length = u32::try_from(phrase.len()).unwrap_or(u32::MAX);
    let mixed = (u32::from_le_bytes(first) | CASE).wrapping_add(length << 3);
    (mixed.wrapping_mul(0x9E37_79B1) >> (32 - SHAPE_BITS)) as usize
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
            match next.filter(|next| !next.is_ascii() && is_word_char(*next) == inside) {
                Some(next) => at += next.len_utf8(),
                None => return at,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG, PHRASES, Phrase, PhraseTable, SHORT, folded, short, tokens};
    use crate::format::words::dictionary::LONGEST;
    use crate::model::{Lifecycle, Status};

    #[test]
    fn folding_gives_the_same_result_with_and_without_allocating() {
        let long = "a".repeat(SHORT);
        for text in ["", " ", "Superseded  by", "-a_-B\t c ", "a\r\nb", "1. What?", &long] {
            let mut room = [0; SHORT];
            assert_eq!(short(text, &mut room), Some(folded(text).as_bytes()), "{text:?}");
        }
        assert_eq!(short("Ü", &mut [0; SHORT]), None);
        assert_eq!(short(&(long + "a"), &mut [0; SHORT]), None);
    }

    #[test]
    fn long_phrases_are_found_up_to_the_maximum_length() {
        let long = "ab ".repeat(SHORT);
        let team = ["Ersetzt_durch", "заменено", &long].map(|word| (word.to_owned(), status()));
        let table = PhraseTable::new(team.clone().into_iter());
        for (phrase, _) in team {
            let meaning = table.get(&phrase.to_uppercase());
            assert_eq!(meaning.and_then(|known| known.state.clone()), Some(status()), "{phrase}");
        }
        assert!(table.get(&"a".repeat(LONG + 1)).is_none());
        assert!(table.get("ersetzt xyz").is_none());
    }

    fn status() -> Status {
        Status::own("parked", Some(Lifecycle::Draft))
    }

    #[test]
    fn all_phrases_are_found_and_none_is_longer_than_the_maximum() {
        let table = PhraseTable::new(std::iter::empty());
        assert!(PHRASES.len() > 2000);
        // A dash, which means nothing, is folded to a space.
        for Phrase { folded, meaning } in PHRASES.iter().filter(|one| one.folded != " ") {
            assert!(table.get(folded).is_some(), "{folded}");
            let is_scanned = meaning.state.is_some() || meaning.relation.is_some();
            assert!(!is_scanned || tokens(folded).count() <= LONGEST, "{folded}");
            let first = tokens(folded).next().map(|first| first.of(folded));
            let begins = first.is_some_and(|first| table.first_word(first).is_some());
            assert!(!is_scanned || begins, "{folded}");
        }
    }

    #[test]
    fn a_word_of_the_team_begins_a_statement() {
        let team = [("On_Hold".to_owned(), status())];
        let table = PhraseTable::new(team.into_iter());
        assert!(table.first_word("ON").is_some());
        assert!(table.first_word("hold").is_none());
        assert!(!table.begins_claim("on"));
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_apostrophes() {
        let text = " — it's: №1, Änderung";
        let words: Vec<_> = tokens(text).map(|token| token.of(text)).collect();
        assert_eq!(words, ["it's", "1", "Änderung"]);
    }
}
