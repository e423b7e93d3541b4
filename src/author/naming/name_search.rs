//! Searches a text for many names at once: the names of files that are renamed.
//!
//! A name matches only between characters that are not part of a word, so each word of the name is a whole word
//! of the text. The text is split into words once, and a name is compared only at its rarest word: the time is
//! linear in the text for any number of names.

use std::collections::{HashMap, HashSet};

use crate::text::Span;

/// Names, each with the index of its owner. The first of two equal names counts.
#[derive(Debug, Default)]
pub(crate) struct NameIndex<'n> {
    by_rarest_word: HashMap<&'n str, Vec<IndexedName<'n>>>,
}

/// A name that is indexed under one of its words.
#[derive(Debug)]
struct IndexedName<'n> {
    /// The offset of the word in the name.
    word_offset: usize,
    name: &'n str,
    owner: usize,
}

/// A name that occurs in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameMatch<'n> {
    pub span: Span,
    pub name: &'n str,
    /// The index that the name was added with.
    pub owner: usize,
}

impl<'n> NameIndex<'n> {
    pub(crate) fn new(names: impl IntoIterator<Item = (&'n str, usize)>) -> Self {
        let mut seen_names: HashSet<&str> = HashSet::new();
        let unique_names: Vec<(&str, usize)> =
            names.into_iter().filter(|(name, _)| seen_names.insert(name)).collect();
        let mut word_counts: HashMap<&str, usize> = HashMap::new();
        for (_, word) in unique_names.iter().flat_map(|(name, _)| words(name)) {
            *word_counts.entry(word).or_default() += 1;
        }
        let mut by_rarest_word: HashMap<&str, Vec<IndexedName<'_>>> = HashMap::new();
        for (name, owner) in unique_names {
            let rarest_word = words(name).min_by_key(|(_, word)| word_counts.get(word).copied());
            if let Some((word_offset, word)) = rarest_word {
                let indexed_name = IndexedName { word_offset, name, owner };
                by_rarest_word.entry(word).or_default().push(indexed_name);
            }
        }
        Self { by_rarest_word }
    }

    /// Every occurrence of a name in `text`, in text order.
    pub(crate) fn matches(&self, text: &str) -> Vec<NameMatch<'n>> {
        let mut matches = Vec::new();
        if self.by_rarest_word.is_empty() {
            return matches;
        }
        for (offset, word) in words(text) {
            for candidate in self.by_rarest_word.get(word).into_iter().flatten() {
                let Some(start) = offset.checked_sub(candidate.word_offset) else { continue };
                let span = Span::new(start, start + candidate.name.len());
                if span.of(text) == candidate.name && is_bounded(text, span) {
                    let IndexedName { name, owner, .. } = *candidate;
                    matches.push(NameMatch { span, name, owner });
                }
            }
        }
        matches.sort_unstable_by_key(|one| (one.span, one.owner));
        matches
    }
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// Whether the text at `span` is not part of a longer word.
fn is_bounded(text: &str, span: Span) -> bool {
    let (text_before, text_after) = (text.get(..span.start), text.get(span.end..));
    text_before.is_some_and(|text| !text.ends_with(is_word_character))
        && text_after.is_some_and(|text| !text.starts_with(is_word_character))
}

/// Each run of letters and digits, with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut remaining_text = text;
    let mut offset = 0;
    std::iter::from_fn(move || {
        let word_start = remaining_text.find(char::is_alphanumeric)?;
        let from_word = remaining_text.get(word_start..)?;
        let word_length = from_word.find(|c: char| !c.is_alphanumeric()).unwrap_or(from_word.len());
        let word = (offset + word_start, from_word.get(..word_length)?);
        remaining_text = from_word.get(word_length..)?;
        offset += word_start + word_length;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::NameIndex;

    fn found(names: &[&str], text: &str) -> Vec<(usize, String)> {
        let index = NameIndex::new(names.iter().enumerate().map(|(at, name)| (*name, at)));
        index
            .matches(text)
            .into_iter()
            .map(|one| (one.owner, one.span.of(text).to_owned()))
            .collect()
    }

    #[test]
    fn names_match_whole_words_only() {
        let names = ["0001-a", "0001-b.md", "0002-a", "0001-a"];
        let text = "0001-a.md, x/0001-b.md (0001-a) 0001-a-c x0001-a 0001-b 0002-a_ [0002-a]";
        let found = found(&names, text);
        let expected = [(0, "0001-a"), (1, "0001-b.md"), (0, "0001-a"), (2, "0002-a")];
        assert_eq!(found, expected.map(|(at, name)| (at, name.to_owned())));
    }

    #[test]
    fn names_with_spaces_and_other_letters_are_found() {
        let names = ["ADR 0001 - größe", "0001%20gr%C3%B6%C3%9Fe"];
        let text = "[ADR 0001 - größe](0001%20gr%C3%B6%C3%9Fe.md)";
        assert_eq!(found(&names, text).len(), 2);
    }
}
