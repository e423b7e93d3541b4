//! Many names looked for in one text at once: those of files that get other names.
//!
//! A name is between characters that are no part of a word, so that each word of it is a whole word of the
//! text. The text is taken apart once, and names are compared where their rarest word is: the time is that of
//! the text, however many names there are.

use std::collections::{HashMap, HashSet};

use crate::text::Span;

/// Names, each with the number of what it is the name of; of two that are the same, the first counts.
#[derive(Debug, Default)]
pub(crate) struct Names<'n> {
    /// By the rarest word: how far it is from the beginning of the name, the name, and the number.
    by_word: HashMap<&'n str, Vec<(usize, &'n str, usize)>>,
}

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named<'n> {
    pub span: Span,
    pub name: &'n str,
    /// The number that it was given with.
    pub of: usize,
}

impl<'n> Names<'n> {
    pub(crate) fn new(names: impl IntoIterator<Item = (&'n str, usize)>) -> Self {
        let mut known: HashSet<&str> = HashSet::new();
        let all: Vec<(&str, usize)> =
            names.into_iter().filter(|(name, _)| known.insert(name)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (_, word) in all.iter().flat_map(|(name, _)| words(name)) {
            *counts.entry(word).or_default() += 1;
        }
        let mut by_word: HashMap<&str, Vec<(usize, &str, usize)>> = HashMap::new();
        for (name, of) in all {
            let rarest = words(name).min_by_key(|(_, word)| counts.get(word).copied());
            if let Some((at, word)) = rarest {
                by_word.entry(word).or_default().push((at, name, of));
            }
        }
        Self { by_word }
    }

    /// Every place of `text` that has one of the names, in the order of the text.
    pub(crate) fn find(&self, text: &str) -> Vec<Named<'n>> {
        let mut found = Vec::new();
        if self.by_word.is_empty() {
            return found;
        }
        for (at, word) in words(text) {
            for (before, name, of) in self.by_word.get(word).into_iter().flatten() {
                let Some(start) = at.checked_sub(*before) else { continue };
                let span = Span::new(start, start + name.len());
                if span.of(text) == *name && is_bounded(text, span) {
                    found.push(Named { span, name, of: *of });
                }
            }
        }
        found.sort_unstable_by_key(|one| (one.span, one.of));
        found
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// Whether the text at `span` is not part of a longer word.
fn is_bounded(text: &str, span: Span) -> bool {
    let (before, after) = (text.get(..span.start), text.get(span.end..));
    before.is_some_and(|text| !text.ends_with(is_word))
        && after.is_some_and(|text| !text.starts_with(is_word))
}

/// The letters and digits in a row, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut offset = 0;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let behind = rest.get(start..)?;
        let end = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
        let word = (offset + start, behind.get(..end)?);
        rest = behind.get(end..)?;
        offset += start + end;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn found(names: &[&str], text: &str) -> Vec<(usize, String)> {
        let names = Names::new(names.iter().enumerate().map(|(at, name)| (*name, at)));
        names.find(text).into_iter().map(|one| (one.of, one.span.of(text).to_owned())).collect()
    }

    #[test]
    fn names_are_found_where_they_stand_alone() {
        let names = ["0001-a", "0001-b.md", "0002-a", "0001-a"];
        let text = "0001-a.md, x/0001-b.md (0001-a) 0001-a-c x0001-a 0001-b 0002-a_ [0002-a]";
        let found = found(&names, text);
        let expected = [(0, "0001-a"), (1, "0001-b.md"), (0, "0001-a"), (2, "0002-a")];
        assert_eq!(found, expected.map(|(at, name)| (at, name.to_owned())));
    }

    #[test]
    fn names_with_blanks_and_other_letters_are_found_too() {
        let names = ["ADR 0001 - größe", "0001%20gr%C3%B6%C3%9Fe"];
        let text = "[ADR 0001 - größe](0001%20gr%C3%B6%C3%9Fe.md)";
        assert_eq!(found(&names, text).len(), 2);
    }
}
