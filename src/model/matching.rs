//! Which record of one state of a log is which one of another state: by file, likeness of the text, title and number.
//! The one answer for what a change does to records, and for the history of each of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Record;
use crate::text::LinePieces;

/// From so many percent on, two texts are versions of one record, as git has it.
const ALIKE: usize = 50;

/// What a name, a title and a number count for beside the likeness of the texts, in percent of it.
const SAME_TITLE: usize = 40;
const SAME_FILE: usize = 30;
const SAME_NUMBER: usize = 20;

/// More pairs of texts are not compared, nor more pieces of lines: names, titles and numbers have to do.
const MOST_PAIRS: usize = 1_000_000;
const MOST_PIECES: usize = 20_000_000;

/// What a record is known by in another state of its log.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    /// Relative to the folder of the log, with `/`.
    file: &'a str,
    /// Without regard to case.
    title: Option<String>,
    /// The folder, and the number with the prefix before it.
    number: Option<(&'a str, String)>,
    text: &'a str,
}

impl<'a> Version<'a> {
    /// The record as it is in its state.
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

    /// The lines that a text is compared by.
    fn pieces(&self) -> LinePieces<'a> {
        let lines = self.text.lines().map(str::trim);
        LinePieces::of(lines.filter(|line| !line.is_empty() && !line.starts_with('#')))
    }
}

/// For every record of `old`, in their order, the one of `new` that it became; `None` for one that is gone. A record
/// keeps its file, unless the file holds another title and another text, and what it held is found elsewhere.
pub fn successors(old: &[Version<'_>], new: &[Version<'_>]) -> Vec<Option<usize>> {
    let by_file: HashMap<&str, usize> =
        new.iter().enumerate().map(|(index, one)| (one.file, index)).collect();
    let mut found: Vec<Option<usize>> = old
        .iter()
        .map(|one| by_file.get(one.file).copied())
        .zip(old)
        .map(|(index, old)| {
            index.filter(|index| new.get(*index).is_some_and(|new| !is_replaced(old, new)))
        })
        .collect();
    let settled: HashSet<usize> = found.iter().flatten().copied().collect();
    let open = Open {
        old: old.iter().enumerate().filter(|(index, _)| found.get(*index) == Some(&None)).collect(),
        new: new.iter().enumerate().filter(|(index, _)| !settled.contains(index)).collect(),
    };
    if open.old.is_empty() || open.new.is_empty() {
        return found;
    }
    let shared = Shared::by(&[old, new]);
    for (index, successor) in open.pairs(&shared) {
        if let Some(place) = found.get_mut(index) {
            *place = Some(successor);
        }
    }
    found
}

/// Whether the file seems to hold another record by now.
fn is_replaced(old: &Version<'_>, new: &Version<'_>) -> bool {
    old.text != new.text && old.title != new.title && old.pieces().likeness(&new.pieces()) < ALIKE
}

/// The records of both states that have no counterpart yet, by their places.
struct Open<'v, 'a> {
    old: Vec<(usize, &'v Version<'a>)>,
    new: Vec<(usize, &'v Version<'a>)>,
}

impl<'a> Open<'_, 'a> {
    /// The pairs, the most certain ones first: each record is in one of them at most.
    fn pairs(&self, shared: &Shared<'_>) -> Vec<(usize, usize)> {
        let mut scores: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        self.add_likeness(&mut scores, shared);
        add_same(&mut scores, SAME_FILE, &self.old, &self.new, |one| Some(one.file));
        add_same(&mut scores, SAME_TITLE, &self.old, &self.new, |one| one.title.as_ref());
        add_same(&mut scores, SAME_NUMBER, &self.old, &self.new, |one| one.number.as_ref());
        let mut ranked: Vec<((usize, usize), usize)> = scores.into_iter().collect();
        ranked.sort_by_key(|(pair, score)| (std::cmp::Reverse(*score), *pair));
        let (mut olds, mut news) = (HashSet::new(), HashSet::new());
        let is_free = |(old, new): &(usize, usize)| {
            let is_free = !olds.contains(old) && !news.contains(new);
            if is_free {
                olds.insert(*old);
                news.insert(*new);
            }
            is_free
        };
        ranked.into_iter().map(|(pair, _)| pair).filter(is_free).collect()
    }

    /// Adds the pairs whose texts are alike.
    fn add_likeness(&self, scores: &mut BTreeMap<(usize, usize), usize>, shared: &Shared<'_>) {
        if self.old.len().saturating_mul(self.new.len()) > MOST_PAIRS {
            return;
        }
        let pieces = |(index, one): &(usize, &Version<'a>)| {
            (*index, one.pieces().only(|piece| !shared.0.contains(piece)))
        };
        let news: Vec<_> = self.new.iter().map(pieces).collect();
        let mut remaining = MOST_PIECES;
        for (index, old) in self.old.iter().map(pieces) {
            for (other, new) in &news {
                let cost = old.count().min(new.count());
                let Some(left) = remaining.checked_sub(cost) else { return };
                remaining = left;
                let likeness = old.likeness(new);
                if likeness >= ALIKE {
                    scores.insert((index, *other), likeness);
                }
            }
        }
    }
}

/// The lines that several records of one state have in common, such as those of their template: they say nothing about
/// which record is which.
struct Shared<'a>(HashSet<&'a [u8]>);

impl<'a> Shared<'a> {
    fn by(states: &[&[Version<'a>]]) -> Self {
        let mut shared = HashSet::new();
        for state in states {
            let mut seen = HashSet::new();
            let pieces = state.iter().flat_map(|one| one.pieces().iter().collect::<Vec<_>>());
            shared.extend(pieces.filter(|piece| !seen.insert(*piece)));
        }
        Self(shared)
    }
}

/// Adds `score` to the pairs that have a `key` in common which no other record of either state has.
fn add_same<'v, 'a, K: Ord>(
    scores: &mut BTreeMap<(usize, usize), usize>,
    score: usize,
    old: &[(usize, &'v Version<'a>)],
    new: &[(usize, &'v Version<'a>)],
    key: impl Fn(&'v Version<'a>) -> Option<K>,
) {
    let (olds, news) = (only(old, &key), only(new, &key));
    for (key, old) in olds {
        if let (Some(old), Some(Some(new))) = (old, news.get(&key)) {
            *scores.entry((old, *new)).or_default() += score;
        }
    }
}

/// The only record with each key; `None` for a key that several have.
fn only<'v, 'a, K: Ord>(
    versions: &[(usize, &'v Version<'a>)],
    key: impl Fn(&'v Version<'a>) -> Option<K>,
) -> BTreeMap<K, Option<usize>> {
    let mut only = BTreeMap::new();
    for (index, version) in versions {
        if let Some(key) = key(version) {
            only.entry(key).and_modify(|index| *index = None).or_insert(Some(*index));
        }
    }
    only
}

#[cfg(test)]
mod tests {
    use super::{Version, successors};

    fn version<'a>(file: &'a str, title: &str, text: &'a str) -> Version<'a> {
        let number = file.split('-').next().filter(|number| number.parse::<u32>().is_ok());
        Version {
            file,
            title: Some(title.to_owned()),
            number: number.map(|number| ("", number.to_owned())),
            text,
        }
    }

    const QUEUE: &str = "Orders come fast.\nThey wait in a queue.\nIt has to be watched.\n";
    const LABEL: &str = "Parcels need a label.\nIt is printed at the scales.\nPaper is short.\n";
    const STOCK: &str = "Shelves are full.\nWe count in summer.\nThe house is closed then.\n";

    fn matched(old: &[Version<'_>], new: &[Version<'_>], expected: &[Option<usize>]) {
        assert_eq!(successors(old, new), expected);
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
