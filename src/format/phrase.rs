//! Phrases, and tables of what is known of them: looked up in lower case, with single blanks for `-`, `_` and
//! all white space. Knows no particular phrase.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::text::Span;

/// What is known of phrases. Every word of a status or a relation is looked up, and no outsider
/// chooses what is in the table: it needs no hash that resists an attack.
#[derive(Debug)]
pub(super) struct Lookup<T> {
    known: HashMap<Box<[u8]>, T, FixedState>,
    /// For every first byte the lengths that phrases have, as bits; the last one for all that are
    /// longer. Most words are in no table, and most of those are told by it.
    shapes: [u64; 256],
}

impl<T> Default for Lookup<T> {
    fn default() -> Self {
        Self { known: HashMap::default(), shapes: [0; 256] }
    }
}

/// Where a phrase stands among the shapes: its first byte, and the bit of its length.
fn shape(folded: &[u8]) -> (usize, u64) {
    let first = folded.first().copied().unwrap_or_default();
    (usize::from(first), 1 << folded.len().min(63))
}

impl<T: Default> Lookup<T> {
    /// What is known of `phrase`.
    pub(super) fn get(&self, phrase: &str) -> Option<&T> {
        let mut room = [0; SHORT];
        match short(phrase, &mut room) {
            Some(folded) => self.folded(folded),
            None if phrase.len() > LONG => None,
            None => self.folded(folded(phrase).as_bytes()),
        }
    }

    /// What is known of a phrase that is folded.
    fn folded(&self, folded: &[u8]) -> Option<&T> {
        let (first, length) = shape(folded);
        let is_shaped = self.shapes.get(first).is_some_and(|lengths| lengths & length != 0);
        if is_shaped { self.known.get(folded) } else { None }
    }

    /// What is known of `phrase`, to be changed; nothing at first.
    pub(super) fn entry(&mut self, phrase: &str) -> &mut T {
        let folded = folded(phrase);
        let (first, length) = shape(folded.as_bytes());
        if let Some(lengths) = self.shapes.get_mut(first) {
            *lengths |= length;
        }
        self.known.entry(folded.as_bytes().into()).or_default()
    }

    /// The first word of every phrase whose value `counts`.
    pub(super) fn first_words(&self, counts: impl Fn(&T) -> bool) -> Vec<String> {
        let counted = self.known.iter().filter(|(_, value)| counts(value));
        let phrases = counted.filter_map(|(phrase, _)| str::from_utf8(phrase).ok());
        phrases.filter_map(|phrase| Some(tokens(phrase).next()?.of(phrase).to_owned())).collect()
    }
}

/// The bytes of a phrase that is folded without asking for memory; most are shorter.
const SHORT: usize = 64;

/// A longer text is not looked up: no phrase has as many bytes.
const LONG: usize = 512;

/// `text` folded into `room`, where it is ASCII and finds room.
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

/// `text` in lower case, with single blanks for `-`, `_` and all white space.
pub(super) fn folded(text: &str) -> String {
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

/// Where the first letter or digit of a text is; its end if it has none.
pub(super) fn first_word(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len()
}

/// The words of a text: runs of letters, digits and marks that join them.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// See [`tokens`].
#[derive(Clone)]
pub(super) struct Tokens<'t> {
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

impl Tokens<'_> {
    /// The first byte from `at` on that is not `inside` a word, or that is not outside of one. Most
    /// are ASCII, and need not be decoded.
    fn behind(&self, mut at: usize, inside: bool) -> usize {
        while let Some(byte) = self.text.as_bytes().get(at) {
            let (is_inside, length) = if byte.is_ascii() {
                (byte.is_ascii_alphanumeric() || *byte == b'\'', 1)
            } else {
                let next = self.text.get(at..).and_then(|rest| rest.chars().next());
                let is_inside = |c: char| c.is_alphanumeric() || c == '’';
                (next.is_some_and(is_inside), next.map_or(1, char::len_utf8))
            };
            if is_inside != inside {
                break;
            }
            at += length;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG, Lookup, SHORT, folded, short, tokens};

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
        let mut lookup = Lookup::default();
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
