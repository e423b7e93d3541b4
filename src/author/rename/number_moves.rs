//! All records that get other numbers in one run, and which of them a place in a text refers to.
//!
//! Every text is read once, however many records are renumbered: names of files are looked up by their words,
//! mentions by their numbers, links by the records that they lead to.

use std::collections::{BTreeSet, HashMap};
use std::ptr;

use regex::Regex;

use super::renumbering::{Renumbering, renumbered_name};
use crate::author::naming::{NameMatch, NameSearch, Renaming, check_name_is_text};
use crate::format::naming;
use crate::model::{Log, Number, Record, RecordId};
use crate::text::Span;
use crate::{Refusal, Result};

/// One record that gets another number.
pub(super) struct NumberMove<'r> {
    pub renumbering: &'r Renumbering,
    pub old_number: Number,
    /// The new name of its file.
    pub renaming: Renaming,
    /// The word before its number in running text, in lower case.
    prefix: String,
    /// Whether no other record has the old number.
    is_unique: bool,
}

impl<'r> NumberMove<'r> {
    fn new(
        log: &Log,
        renumbering: &'r Renumbering,
        number_counts: &HashMap<u32, usize>,
    ) -> Result<Self> {
        let record = log.record(renumbering.id);
        let path = record.source.path();
        check_name_is_text(record)?;
        let no_number = || Refusal::NoNumber { path: path.to_owned() };
        let old_number = record.number.as_ref().ok_or_else(no_number)?.value;
        let old_name = naming(&record.file).of(&record.file);
        let new_name = renumbered_name(old_name, old_number, renumbering.number);
        let renaming = Renaming::new(record, new_name.as_deref().unwrap_or(old_name));
        let is_unique = number_counts.get(&old_number.value) == Some(&1);
        Ok(Self { renumbering, old_number, renaming, prefix: mention_prefix(record), is_unique })
    }

    /// Whether the record `author` refers to this one by its number.
    fn is_meant_by(&self, author: RecordId) -> bool {
        self.is_unique
            || author == self.renumbering.id
            || self.renumbering.followers.contains(&author)
    }
}

/// The word before the number of a record in running text: `adr`, or the prefix of its id.
fn mention_prefix(record: &Record) -> String {
    let id_text = record.id.as_ref().map(|id| id.value.as_str());
    let prefix = id_text.map(|id| id.trim_end_matches(|c: char| c.is_ascii_digit()));
    let prefix = prefix.map(|id| id.trim_end_matches(['-', '_', ' ', '#']).to_lowercase());
    prefix.unwrap_or_else(|| "adr".to_owned())
}

/// Several moves, indexed by what texts refer to them with. Moves are identified by their index.
pub(super) struct NumberMoves<'m, 'r> {
    moves: &'m [NumberMove<'r>],
    by_record: HashMap<RecordId, usize>,
    by_mention: HashMap<MentionKey, SharedNumber<'r>>,
    by_number: HashMap<u32, SharedNumber<'r>>,
    /// One pattern per prefix, for prefix and number in running text.
    mention_patterns: Vec<Regex>,
    names: NameSearch<'m>,
}

/// What a mention consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct MentionKey {
    /// The index of the prefix in `mention_patterns`.
    prefix: usize,
    number: u32,
}

/// The moves of records that share a number.
#[derive(Default)]
struct SharedNumber<'r> {
    /// In ascending order.
    moves: Vec<usize>,
    /// The first move with each set of followers; usually all moves have the same set.
    followers: Vec<(usize, &'r BTreeSet<RecordId>)>,
}

/// A mention of a record in a text.
pub(super) struct Mention {
    /// Prefix and number.
    pub span: Span,
    /// The number alone.
    pub digits: Span,
    key: MentionKey,
}

/// The moves of all `renumberings`.
///
/// # Errors
///
/// If a record has no number, or its file has a name that is not text.
pub(super) fn number_moves<'r>(
    log: &Log,
    renumberings: &'r [Renumbering],
) -> Result<Vec<NumberMove<'r>>> {
    let mut number_counts: HashMap<u32, usize> = HashMap::new();
    for number in log.records().iter().filter_map(|record| record.number.as_ref()) {
        *number_counts.entry(number.value.value).or_default() += 1;
    }
    renumberings.iter().map(|one| NumberMove::new(log, one, &number_counts)).collect()
}

impl<'m, 'r> NumberMoves<'m, 'r> {
    pub(super) fn new(moves: &'m [NumberMove<'r>]) -> Self {
        let old_names = moves.iter().enumerate().flat_map(|(index, number_move)| {
            number_move.renaming.replacements().map(move |(old_name, _)| (old_name, index))
        });
        let mut indexed = Self {
            moves,
            by_record: HashMap::new(),
            by_mention: HashMap::new(),
            by_number: HashMap::new(),
            mention_patterns: vec![],
            names: NameSearch::new(old_names),
        };
        let mut prefixes: HashMap<&str, usize> = HashMap::new();
        for (index, number_move) in moves.iter().enumerate() {
            indexed.by_record.entry(number_move.renumbering.id).or_insert(index);
            let prefix = *prefixes.entry(&number_move.prefix).or_insert_with(|| {
                indexed.mention_patterns.extend(mention_pattern(&number_move.prefix));
                indexed.mention_patterns.len() - 1
            });
            let number = number_move.old_number.value;
            let key = MentionKey { prefix, number };
            indexed.by_mention.entry(key).or_default().add(index, number_move);
            indexed.by_number.entry(number).or_default().add(index, number_move);
        }
        indexed
    }

    /// The move of a record, with its index.
    pub(super) fn of_record(&self, id: RecordId) -> Option<(usize, &'m NumberMove<'r>)> {
        let index = *self.by_record.get(&id)?;
        Some((index, self.moves.get(index)?))
    }

    /// The move with this index.
    pub(super) fn get(&self, index: usize) -> Option<&'m NumberMove<'r>> {
        self.moves.get(index)
    }

    /// Every occurrence of the name of a file that is renamed.
    pub(super) fn names_in(&self, text: &str) -> Vec<NameMatch<'m>> {
        self.names.matches(text)
    }

    /// Every mention of a number that is moved, for any record that it may refer to.
    pub(super) fn mentions_in(&self, text: &str) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for (prefix, pattern) in self.mention_patterns.iter().enumerate() {
            for captures in pattern.captures_iter(text) {
                let (Some(mention), Some(digits)) = (captures.get(0), captures.get(1)) else {
                    continue;
                };
                let text_after = text.get(mention.end()..).unwrap_or_default();
                if is_list_item(mention.as_str(), digits.as_str(), text_after) {
                    continue;
                }
                let Ok(number) = digits.as_str().parse() else { continue };
                let key = MentionKey { prefix, number };
                if self.by_mention.contains_key(&key) {
                    let (span, digits) = (mention.range().into(), digits.range().into());
                    mentions.push(Mention { span, digits, key });
                }
            }
        }
        mentions
    }

    /// The first move that a mention in the record `author` refers to. In a text that is not a record, a mention
    /// refers to a record only if no other one has the number.
    pub(super) fn meant_by(&self, mention: &Mention, author: Option<RecordId>) -> Option<usize> {
        self.by_mention.get(&mention.key)?.meant_by(self, author)
    }

    /// The first move that a mention may refer to.
    pub(super) fn candidate(&self, mention: &Mention) -> Option<usize> {
        self.by_mention.get(&mention.key)?.moves.first().copied()
    }

    /// The first move with this number that the record `author` refers to although other records share the number.
    pub(super) fn shared_number(&self, number: u32, author: RecordId) -> Option<usize> {
        let index = self.by_number.get(&number)?.meant_by(self, Some(author))?;
        self.get(index).filter(|number_move| !number_move.is_unique)?;
        Some(index)
    }
}

impl<'r> SharedNumber<'r> {
    fn add(&mut self, index: usize, number_move: &NumberMove<'r>) {
        self.moves.push(index);
        let followers: &'r BTreeSet<RecordId> = &number_move.renumbering.followers;
        let is_known = self.followers.iter().rev().any(|(_, known)| ptr::eq(*known, followers));
        if !is_known && !followers.is_empty() {
            self.followers.push((index, followers));
        }
    }

    fn meant_by(&self, all_moves: &NumberMoves<'_, '_>, author: Option<RecordId>) -> Option<usize> {
        let first = *self.moves.first()?;
        if all_moves.get(first)?.is_unique {
            return Some(first);
        }
        let author = author?;
        // A record that shares the number refers to itself by it.
        let author_move = all_moves.by_record.get(&author).copied();
        let author_move = author_move.filter(|index| self.moves.binary_search(index).is_ok());
        let followed = self.followers.iter().find(|(_, followers)| followers.contains(&author));
        let meant = author_move.into_iter().chain(followed.map(|(index, _)| *index)).min();
        debug_assert!(meant.is_none_or(|index| {
            all_moves.get(index).is_some_and(|number_move| number_move.is_meant_by(author))
        }));
        meant
    }
}

/// Matches `ADR-12`, `adr 0012`, and the same with other prefixes than `adr`. The number may be on the next line,
/// after the mark of a comment or a quotation.
fn mention_pattern(prefix: &str) -> Option<Regex> {
    let prefix = regex::escape(prefix);
    let line_marks = r"(?:(?://+!?|/?\*+|#+|;+|--+|>+|%+)[ \t]*)*";
    let separator = format!(r"[-_ #/]{{0,2}}|[-_#]?[ \t]*\r?\n[ \t]*{line_marks}");
    Regex::new(&format!(r"(?i)\b{prefix}(?:{separator})([0-9]+)\b")).ok()
}

/// Whether the number of a mention that spans two lines may instead be the mark of a list item: `1. First`.
fn is_list_item(mention: &str, digits: &str, text_after: &str) -> bool {
    let after_mark = text_after.strip_prefix(['.', ')']);
    let is_item =
        after_mark.is_some_and(|words| words.is_empty() || words.starts_with(char::is_whitespace));
    mention.contains('\n') && is_item && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::{is_list_item, mention_pattern};

    fn numbers(text: &str) -> Vec<&str> {
        let pattern = mention_pattern("adr").unwrap();
        let found = pattern.captures_iter(text).filter_map(|found| {
            let (all, digits) = (found.get(0).unwrap(), found.get(1).unwrap());
            let is_item = is_list_item(all.as_str(), digits.as_str(), &text[all.end()..]);
            (!is_item).then_some(digits.as_str())
        });
        found.collect()
    }

    #[test]
    fn a_mention_may_continue_on_the_next_line() {
        assert_eq!(numbers("as ADR\n0001 says, ADR-\r\n  0002 and adr 3"), ["0001", "0002", "3"]);
        assert_eq!(
            numbers("// see ADR\n// 0001\n# of ADR\n# 7\n * ADR\n * 8 and"),
            ["0001", "7", "8"]
        );
        assert_eq!(numbers("> as ADR\n> 0001. Then\n"), ["0001"]);
    }

    #[test]
    fn a_list_item_is_not_a_mention() {
        assert_eq!(numbers("what is an ADR\n1. First\n2. Second"), Vec::<&str>::new());
        assert_eq!(numbers("an ADR\n\n0001 people, cadr 5, ADR\nof 12"), Vec::<&str>::new());
    }
}
