//! Matches the records of one state of a log with the records of another state: by file, likeness of the text, title and
//! number. Used for what a change does to records, and for the history of each of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::Record;
use crate::text::LinePieces;

/// Two texts are versions of one record from this likeness on, in percent, as in git.
const ALIKE: usize = 50;

/// The weights of an equal title, file and number, in percent of the likeness of the texts.
const SAME_TITLE: usize = 40;
const SAME_FILE: usize = 30;
const SAME_NUMBER: usize = 20;

/// Limits on the pairs of texts, and on the pieces of lines, that are compared. Beyond them, names, titles and numbers
/// have to do.
const MOST_PAIRS: usize = 1_000_000;
const MOST_PIECES: usize = 20_000_000;

/// The properties of a record that identify it in another state of its log.
#[derive(Clone, Debug)]
pub struct RecordVersion<'a> {
    /// Relative to the folder of the log, with `/`.
    file: &'a str,
    /// Without regard to case.
    title: Option<String>,
    /// The folder, and the number with the prefix before it.
    number: Option<(&'a str, String)>,
    text: &'a str,
}

impl<'a> RecordVersion<'a> {
    /// Describes a record in its own state.
    pub fn of(record: &'a Record) -> Self {
        let file = record.file.as_str();
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let label = record.number.as_ref().map(|_| record.label().to_lowercase());
        Self {
            file,
            title: record.title.as_ref().map(|title| title.value.to_lowercase()),
            number: label.map(|label| (folder, label)),
            text: record.text(),
        }
    }

    /// The lines that texts are compared by.
    fn pieces(&self) -> LinePieces<'a> {
        let trimmed_lines = self.text.lines().map(str::trim);
        LinePieces::of(trimmed_lines.filter(|line| !line.is_empty() && !line.starts_with('#')))
    }
}

/// Returns, for every record of `old` in order, the index of the record of `new` that it became; `None` if it is gone.
/// A record keeps its file, unless the file has a different title and text, and its old content is found elsewhere.
pub fn match_records(old: &[RecordVersion<'_>], new: &[RecordVersion<'_>]) -> Vec<Option<usize>> {
    let by_file: HashMap<&str, usize> =
        new.iter().enumerate().map(|(index, version)| (version.file, index)).collect();
    let mut matches: Vec<Option<usize>> = old
        .iter()
        .map(|version| by_file.get(version.file).copied())
        .zip(old)
        .map(|(index, old)| {
            index.filter(|index| new.get(*index).is_some_and(|new| !is_replaced(old, new)))
        })
        .collect();
    let taken: HashSet<usize> = matches.iter().flatten().copied().collect();
    let unmatched = Unmatched {
        old: old
            .iter()
            .enumerate()
            .filter(|(index, _)| matches.get(*index) == Some(&None))
            .collect(),
        new: new.iter().enumerate().filter(|(index, _)| !taken.contains(index)).collect(),
    };
    if unmatched.old.is_empty() || unmatched.new.is_empty() {
        return matches;
    }
    let shared = SharedLines::by(&[old, new]);
    for (index, successor) in unmatched.pairs(&shared) {
        if let Some(slot) = matches.get_mut(index) {
            *slot = Some(successor);
        }
    }
    matches
}

/// Whether the file seems to hold another record now.
fn is_replaced(old: &RecordVersion<'_>, new: &RecordVersion<'_>) -> bool {
    old.text != new.text && old.title != new.title && old.pieces().likeness(&new.pieces()) < ALIKE
}

/// The records of both states that have no counterpart yet, with their indexes.
struct Unmatched<'v, 'a> {
    old: Vec<(usize, &'v RecordVersion<'a>)>,
    new: Vec<(usize, &'v RecordVersion<'a>)>,
}

impl<'a> Unmatched<'_, 'a> {
    /// Returns the pairs, most certain first; each record is in at most one of them.
    fn pairs(&self, shared: &SharedLines<'_>) -> Vec<(usize, usize)> {
        let mut scores: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        self.add_likeness(&mut scores, shared);
        add_same(&mut scores, SAME_FILE, &self.old, &self.new, |one| Some(one.file));
        add_same(&mut scores, SAME_TITLE, &self.old, &self.new, |one| one.title.as_ref());
        add_same(&mut scores, SAME_NUMBER, &self.old, &self.new, |one| one.number.as_ref());
        let mut ranked: Vec<((usize, usize), usize)> = scores.into_iter().collect();
        ranked.sort_by_key(|(pair, score)| (std::cmp::Reverse(*score), *pair));
        let (mut used_old, mut used_new) = (HashSet::new(), HashSet::new());
        let is_free = |(old, new): &(usize, usize)| {
            let is_free = !used_old.contains(old) && !used_new.contains(new);
            if is_free {
                used_old.insert(*old);
                used_new.insert(*new);
            }
            is_free
        };
        ranked.into_iter().map(|(pair, _)| pair).filter(is_free).collect()
    }

    /// Adds the pairs with similar texts.
    fn add_likeness(&self, scores: &mut BTreeMap<(usize, usize), usize>, shared: &SharedLines<'_>) {
        if self.old.len().saturating_mul(self.new.len()) > MOST_PAIRS {
            return;
        }
        let distinctive_pieces = |(old_index, one): &(usize, &RecordVersion<'a>)| {
            (*old_index, one.pieces().only(|piece| !shared.0.contains(piece)))
        };
        let new_pieces: Vec<_> = self.new.iter().map(distinctive_pieces).collect();
        let mut budget = MOST_PIECES;
        for (old_index, old_pieces) in self.old.iter().map(distinctive_pieces) {
            for (new_index, new_pieces_of) in &new_pieces {
                let cost = old_pieces.count().min(new_pieces_of.count());
                let Some(remaining_budget) = budget.checked_sub(cost) else { return };
                budget = remaining_budget;
                let likeness = old_pieces.likeness(new_pieces_of);
                if likeness >= ALIKE {
                    scores.insert((old_index, *new_index), likeness);
                }
            }
        }
    }
}

/// The lines that several records of one state have in common, such as the lines of their template. They do not help to
/// tell records apart.
struct SharedLines<'a>(HashSet<&'a [u8]>);

impl<'a> SharedLines<'a> {
    fn by(states: &[&[RecordVersion<'a>]]) -> Self {
        let mut repeated = HashSet::new();
        for state in states {
            let mut seen = HashSet::new();
            let pieces = state.iter().flat_map(|one| one.pieces().iter().collect::<Vec<_>>());
            repeated.extend(pieces.filter(|piece| !seen.insert(*piece)));
        }
        Self(repeated)
    }
}

/// Adds `score` to each pair with a common `key` that no other record of either state has.
fn add_same<'v, 'a, K: Ord>(
    scores: &mut BTreeMap<(usize, usize), usize>,
    score: usize,
    old: &[(usize, &'v RecordVersion<'a>)],
    new: &[(usize, &'v RecordVersion<'a>)],
    key: impl Fn(&'v RecordVersion<'a>) -> Option<K>,
) {
    let (old_by_key, new_by_key) = (unique(old, &key), unique(new, &key));
    for (key, old) in old_by_key {
        if let (Some(old), Some(Some(new))) = (old, new_by_key.get(&key)) {
            *scores.entry((old, *new)).or_default() += score;
        }
    }
}

/// Maps each key to the only record that has it; `None` if several have it.
fn unique<'v, 'a, K: Ord>(
    versions: &[(usize, &'v RecordVersion<'a>)],
    key: impl Fn(&'v RecordVersion<'a>) -> Option<K>,
) -> BTreeMap<K, Option<usize>> {
    let mut unique = BTreeMap::new();
    for (index, version) in versions {
        if let Some(key) = key(version) {
            unique.entry(key).and_modify(|index| *index = None).or_insert(Some(*index));
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::{RecordVersion, match_records};

    fn version<'a>(file: &'a str, title: &str, text: &'a str) -> RecordVersion<'a> {
        let number = file.split('-').next().filter(|number| number.parse::<u32>().is_ok());
        RecordVersion {
            file,
            title: Some(title.to_owned()),
            number: number.map(|number| ("", number.to_owned())),
            text,
        }
    }

    const QUEUE: &str = "Orders come fast.\nThey wait in a queue.\nIt has to be watched.\n";
    const LABEL: &str = "Parcels need a label.\nIt is printed at the scales.\nPaper is short.\n";
    const STOCK: &str = "Shelves are full.\nWe count in summer.\nThe house is closed then.\n";

    fn matched(old: &[RecordVersion<'_>], new: &[RecordVersion<'_>], expected: &[Option<usize>]) {
        assert_eq!(match_records(old, new), expected);
    }

    #[test]
    fn a_record_keeps_its_file_whatever_becomes_of_its_text() {
        let old = [version("1-a.md", "a", QUEUE), version("2-b.md", "b", LABEL)];
        let new = [version("1-a.md", "other", STOCK), version("2-b.md", "b", LABEL)];
        matched(&old, &new, &[Some(0), Some(1)]);
    }

    #[test]
    fn a_renamed_record_is_found_by_its_text_before_its_title_and_by_its_title_before_its_number() {
        let old = [version("1-a.md", "a", QUEUE)];
        let by_number = version("1-x.md", "x", STOCK);
        let by_title = version("7-a.md", "a", STOCK);
        let changed = QUEUE.replace("a queue", "a long queue");
        let by_text = version("8-y.md", "y", &changed);
        matched(&old, &[by_number.clone(), by_title.clone(), by_text], &[Some(2)]);
        matched(&old, &[by_number.clone(), by_title], &[Some(1)]);
        matched(&old, &[by_number], &[Some(0)]);
    }

    #[test]
    fn a_record_is_gone_if_what_came_has_another_text_title_and_number() {
        let old = [version("1-a.md", "a", QUEUE), version("2-b.md", "b", LABEL)];
        let new = [version("2-b.md", "b", LABEL), version("3-c.md", "c", STOCK)];
        matched(&old, &new, &[None, Some(0)]);
    }

    #[test]
    fn what_all_records_of_a_log_say_tells_none_of_them_from_another() {
        let old = [version("1-a.md", "a", QUEUE), version("2-b.md", "b", QUEUE)];
        let new = [version("1-a.md", "a", QUEUE), version("3-c.md", "c", QUEUE)];
        matched(&old, &new, &[Some(0), None]);
    }

    #[test]
    fn two_records_may_change_places() {
        let old = [version("1-a.md", "a", QUEUE), version("2-b.md", "b", LABEL)];
        let new = [version("1-a.md", "b", LABEL), version("2-b.md", "a", QUEUE)];
        matched(&old, &new, &[Some(1), Some(0)]);
    }

    #[test]
    fn a_title_or_a_number_that_several_have_says_nothing() {
        let old = [version("1-a.md", "a", QUEUE)];
        let new = [version("1-b.md", "b", LABEL), version("1-c.md", "c", STOCK)];
        matched(&old, &new, &[None]);
    }
}
