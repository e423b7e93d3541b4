//! All records that get other numbers at once: whom a place in a text means.
//!
//! Every text is read once, however many records there are to be named in it: names of files are looked up by
//! their words, mentions by their numbers, links by the records that they lead to.

use std::collections::{BTreeSet, HashMap};
use std::ptr;

use regex::Regex;

use super::renumbering::{Renumbering, renumbered};
use crate::author::naming::{Named, Names, Renaming, nameable};
use crate::format::naming;
use crate::model::{Log, Number, Record, RecordId};
use crate::text::Span;
use crate::{Refusal, Result};

/// One record on its way from a number to another one.
pub(crate) struct Move<'r> {
    pub renumbering: &'r Renumbering,
    pub old: Number,
    /// Its file, and the places that name that.
    pub renaming: Renaming,
    /// The word before its number in running texts, in lower case.
    prefix: String,
    /// Whether no other record has the number.
    is_alone: bool,
}

impl<'r> Move<'r> {
    fn new(log: &Log, renumbering: &'r Renumbering, shared: &HashMap<u32, usize>) -> Result<Self> {
        let record = log.record(renumbering.id);
        let path = record.source.path();
        nameable(record)?;
        let refused = || Refusal::NoNumber { path: path.to_owned() };
        let old = record.number.as_ref().ok_or_else(refused)?.value;
        let name = naming(&record.file).of(&record.file);
        let renamed = renumbered(name, old, renumbering.number);
        let renaming = Renaming::new(record, renamed.as_deref().unwrap_or(name));
        let is_alone = shared.get(&old.value) == Some(&1);
        Ok(Self { renumbering, old, renaming, prefix: prefix(record), is_alone })
    }

    /// Whether the record `id` means this one by its number.
    fn is_meant_by(&self, id: RecordId) -> bool {
        self.is_alone || id == self.renumbering.id || self.renumbering.followers.contains(&id)
    }
}

/// The word before the number of a record in running texts: `adr`, or the prefix of its own id.
fn prefix(record: &Record) -> String {
    let own = record.id.as_ref().map(|id| id.value.trim_end_matches(|c: char| c.is_ascii_digit()));
    let own = own.map(|own| own.trim_end_matches(['-', '_', ' ', '#']).to_lowercase());
    own.unwrap_or_else(|| "adr".to_owned())
}

/// Several moves, and who is meant by what.
pub(crate) struct Moves<'m, 'r> {
    all: &'m [Move<'r>],
    by_id: HashMap<RecordId, usize>,
    /// By what a mention says: the place of a prefix in `mentions`, and a number.
    by_mention: HashMap<(usize, u32), Group<'r>>,
    by_number: HashMap<u32, Group<'r>>,
    /// Prefix and number, as they are written in running texts: a pattern for each prefix.
    mentions: Vec<Regex>,
    names: Names<'m>,
}

/// Moves that one number may mean.
#[derive(Default)]
struct Group<'r> {
    /// In order.
    members: Vec<usize>,
    /// The first with each set of followers: mostly all have the same.
    followers: Vec<(usize, &'r BTreeSet<RecordId>)>,
}

/// A mention of a record in a text.
pub(crate) struct Mention {
    /// Prefix and number.
    pub span: Span,
    /// The number alone.
    pub digits: Span,
    /// What it says.
    said: (usize, u32),
}

/// The moves, without knowledge about texts.
///
/// # Errors
///
/// Where a record has no number, or a name that is no text.
pub(crate) fn moves<'r>(log: &Log, renumberings: &'r [Renumbering]) -> Result<Vec<Move<'r>>> {
    let mut shared: HashMap<u32, usize> = HashMap::new();
    for number in log.records().iter().filter_map(|record| record.number.as_ref()) {
        *shared.entry(number.value.value).or_default() += 1;
    }
    renumberings.iter().map(|one| Move::new(log, one, &shared)).collect()
}

impl<'m, 'r> Moves<'m, 'r> {
    pub(crate) fn new(all: &'m [Move<'r>]) -> Self {
        let mut moves = Self {
            all,
            by_id: HashMap::new(),
            by_mention: HashMap::new(),
            by_number: HashMap::new(),
            mentions: vec![],
            names: Names::new(
                all.iter()
                    .enumerate()
                    .flat_map(|(at, one)| one.renaming.names().map(move |(old, _)| (old, at))),
            ),
        };
        let mut prefixes: HashMap<&str, usize> = HashMap::new();
        for (at, one) in all.iter().enumerate() {
            moves.by_id.entry(one.renumbering.id).or_insert(at);
            let prefix = *prefixes.entry(&one.prefix).or_insert_with(|| {
                moves.mentions.extend(mention(&one.prefix));
                moves.mentions.len() - 1
            });
            moves.by_mention.entry((prefix, one.old.value)).or_default().add(at, one);
            moves.by_number.entry(one.old.value).or_default().add(at, one);
        }
        moves
    }

    /// The move of this record.
    pub(crate) fn of(&self, id: RecordId) -> Option<(usize, &'m Move<'r>)> {
        let at = *self.by_id.get(&id)?;
        Some((at, self.all.get(at)?))
    }

    /// The move with this place.
    pub(crate) fn at(&self, at: usize) -> Option<&'m Move<'r>> {
        self.all.get(at)
    }

    /// Every name of a file that gets another one.
    pub(crate) fn names_in(&self, text: &str) -> Vec<Named<'m>> {
        self.names.find(text)
    }

    /// Every mention of a record that gets another number, whomever it means.
    pub(crate) fn mentions_in(&self, text: &str) -> Vec<Mention> {
        let mut found = Vec::new();
        for (prefix, pattern) in self.mentions.iter().enumerate() {
            for captures in pattern.captures_iter(text) {
                let (Some(all), Some(digits)) = (captures.get(0), captures.get(1)) else {
                    continue;
                };
                let behind = text.get(all.end()..).unwrap_or_default();
                if is_item(all.as_str(), digits.as_str(), behind) {
                    continue;
                }
                let Ok(number) = digits.as_str().parse() else { continue };
                if self.by_mention.contains_key(&(prefix, number)) {
                    found.push(Mention {
                        span: all.range().into(),
                        digits: digits.range().into(),
                        said: (prefix, number),
                    });
                }
            }
        }
        found
    }

    /// The first move that a mention in the record `by` means; in a text that is no record, only one whose
    /// number no other record has.
    pub(crate) fn mentioned(&self, one: &Mention, by: Option<RecordId>) -> Option<usize> {
        self.by_mention.get(&one.said)?.meant(self, by)
    }

    /// The first move that a mention may mean.
    pub(crate) fn candidate(&self, one: &Mention) -> Option<usize> {
        self.by_mention.get(&one.said)?.members.first().copied()
    }

    /// The first move with this number that the record `by` means, although others have the number, too.
    pub(crate) fn shared(&self, number: u32, by: RecordId) -> Option<usize> {
        let meant = self.by_number.get(&number)?.meant(self, Some(by))?;
        self.at(meant).filter(|one| !one.is_alone)?;
        Some(meant)
    }
}

impl<'r> Group<'r> {
    fn add(&mut self, at: usize, one: &Move<'r>) {
        self.members.push(at);
        let own: &'r BTreeSet<RecordId> = &one.renumbering.followers;
        let is_known = self.followers.iter().rev().any(|(_, known)| ptr::eq(*known, own));
        if !is_known && !own.is_empty() {
            self.followers.push((at, own));
        }
    }

    fn meant(&self, moves: &Moves<'_, '_>, by: Option<RecordId>) -> Option<usize> {
        let first = *self.members.first()?;
        if moves.at(first)?.is_alone {
            return Some(first);
        }
        let by = by?;
        let own = moves.by_id.get(&by).copied();
        let own = own.filter(|own| self.members.binary_search(own).is_ok());
        let followed = self.followers.iter().find(|(_, followers)| followers.contains(&by));
        let meant = own.into_iter().chain(followed.map(|(at, _)| *at)).min();
        debug_assert!(meant.is_none_or(|at| moves.at(at).is_some_and(|one| one.is_meant_by(by))));
        meant
    }
}

/// `ADR-12`, `adr 0012`, and with other prefixes than `adr`; the number may be on the next line, behind the mark of
/// a comment or a quotation.
fn mention(prefix: &str) -> Option<Regex> {
    let prefix = regex::escape(prefix);
    let marks = r"(?:(?://+!?|/?\*+|#+|;+|--+|>+|%+)[ \t]*)*";
    let apart = format!(r"[-_ #/]{{0,2}}|[-_#]?[ \t]*\r?\n[ \t]*{marks}");
    Regex::new(&format!(r"(?i)\b{prefix}(?:{apart})([0-9]+)\b")).ok()
}

/// Whether a number on a line of its own mention may be the mark of an item of a list instead: `1. First`.
fn is_item(all: &str, digits: &str, behind: &str) -> bool {
    let marked = behind.strip_prefix(['.', ')']);
    let is_apart =
        marked.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    all.contains('\n') && is_apart && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::{is_item, mention};

    fn numbers(text: &str) -> Vec<&str> {
        let pattern = mention("adr").unwrap();
        let found = pattern.captures_iter(text).filter_map(|found| {
            let (all, digits) = (found.get(0).unwrap(), found.get(1).unwrap());
            let is_item = is_item(all.as_str(), digits.as_str(), &text[all.end()..]);
            (!is_item).then_some(digits.as_str())
        });
        found.collect()
    }

    #[test]
    fn a_mention_may_go_on_in_the_next_line() {
        assert_eq!(numbers("as ADR\n0001 says, ADR-\r\n  0002 and adr 3"), ["0001", "0002", "3"]);
        assert_eq!(
            numbers("// see ADR\n// 0001\n# of ADR\n# 7\n * ADR\n * 8 and"),
            ["0001", "7", "8"]
        );
        assert_eq!(numbers("> as ADR\n> 0001. Then\n"), ["0001"]);
    }

    #[test]
    fn a_list_below_a_mention_is_none() {
        assert_eq!(numbers("what is an ADR\n1. First\n2. Second"), Vec::<&str>::new());
        assert_eq!(numbers("an ADR\n\n0001 people, cadr 5, ADR\nof 12"), Vec::<&str>::new());
    }
}
