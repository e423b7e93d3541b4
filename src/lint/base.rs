//! The log beside what it was before the change that is checked: which record of the base became
//! which record of the log. Knows no rule and no git.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::numbering::prefix;
use crate::format::Words;
use crate::model::{
    BaseSnapshots, Lifecycle, Log, Record, RecordId, RecordVersion, Snapshot, Transitions,
    match_records,
};

/// What the log was before a change.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    /// How messages name the base: `main`.
    pub name: &'a str,
    /// Which state may follow which.
    pub transitions: &'a Transitions,
    /// The words that fields are named by.
    pub words: &'a Words,
    /// The records at the tip of the base, by file.
    pub tip: BTreeMap<&'a str, &'a Record>,
    /// The records where the change began, by file.
    pub before: BTreeMap<&'a str, &'a Record>,
    snapshot: &'a Snapshot,
}

/// A record of the base, and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// As it was.
    pub old: &'a Record,
    /// As it is; `None` where it is gone.
    pub new: Option<RecordId>,
}

impl<'a> Base<'a> {
    /// The base in `trees`, which were read beside `log`.
    pub fn new(
        trees: &'a BaseSnapshots,
        log: &'a Log,
        transitions: &'a Transitions,
        words: &'a Words,
    ) -> Self {
        Self {
            name: &trees.name,
            transitions,
            words,
            tip: trees.tip.records(log),
            before: trees.before.records(log),
            snapshot: &trees.before,
        }
    }

    /// Whether the record has changed since: on the disk, or by a fix that is not written yet.
    pub fn has_changed(&self, record: &Record) -> bool {
        let is_other = |old: &&Record| old.text() != record.text();
        !self.is_known(&record.file) || self.before.get(&*record.file).is_some_and(is_other)
    }

    /// Whether the file of the log was there before, as it is on the disk.
    pub(super) fn is_known(&self, file: &str) -> bool {
        self.snapshot.has_same(file)
    }

    /// Whether the file came, went or changed since, as git tells.
    pub(super) fn has_touched(&self, file: &str) -> bool {
        self.snapshot.changed.contains(file)
    }

    /// For every record of the base, in the order of [`before`](Self::before), the record that it became.
    pub fn heirs(&self, log: &Log) -> Vec<Option<RecordId>> {
        let new: Vec<(RecordId, RecordVersion<'_>)> =
            log.iter().map(|(id, record)| (id, RecordVersion::of(record))).collect();
        let (ids, new): (Vec<RecordId>, Vec<RecordVersion<'_>>) = new.into_iter().unzip();
        let heirs = match_records(&versions(&self.before), &new).into_iter();
        heirs.map(|heir| ids.get(heir?).copied()).collect()
    }

    /// Every record of the base with the record that it became.
    pub fn pairs(&self, log: &Log) -> Vec<Pair<'a>> {
        self.paired(&self.heirs(log)).collect()
    }

    /// The same with the [`heirs`](Self::heirs) that were found before.
    pub(super) fn paired<'h>(
        &'h self,
        heirs: &'h [Option<RecordId>],
    ) -> impl Iterator<Item = Pair<'a>> + 'h {
        self.before.values().zip(heirs).map(|(old, new)| Pair { old, new: *new })
    }

    /// The records that have got their number in this change, each with the record that has taken it on the base since
    /// the change began. The `heirs` are those of the log.
    pub fn taken(&self, log: &Log, heirs: &[Option<RecordId>]) -> Vec<(RecordId, &'a Record)> {
        let here: HashSet<&str> = log.records().iter().map(|record| record.file.as_str()).collect();
        let tip: Vec<&'a Record> = self.tip.values().copied().collect();
        let on_base = match_records(&versions(&self.before), &versions(&self.tip));
        let ancestors = self.ancestors(&on_base);
        let mut taken: HashMap<(String, u32), (&'a Record, Option<&'a Record>)> = HashMap::new();
        for (index, record) in tip.into_iter().enumerate() {
            let ancestor = ancestors.get(&index).copied();
            // What is here too shares its number in the log.
            let claimed = claimed(record, ancestor).filter(|_| !here.contains(&*record.file));
            if let Some(key) = claimed {
                taken.entry(key).or_insert((record, ancestor));
            }
        }
        let ancestors = self.ancestors(heirs);
        let ours = log.iter().filter(|(_, record)| !self.tip.contains_key(&*record.file));
        let ours = ours.filter_map(|(id, record)| {
            let ancestor = ancestors.get(&id).copied();
            let (other, of_other) = taken.get(&claimed(record, ancestor)?)?;
            // Both sides may have given one record the same number.
            let is_same =
                ancestor.is_some_and(|one| of_other.is_some_and(|other| other.file == one.file));
            (!is_same).then_some((id, *other))
        });
        ours.collect()
    }

    /// The record of the base that each of the `heirs` was.
    pub(super) fn ancestors<K: Copy + Eq + Hash>(
        &self,
        heirs: &[Option<K>],
    ) -> HashMap<K, &'a Record> {
        let pairs = self.before.values().zip(heirs);
        pairs.filter_map(|(old, heir)| Some(((*heir)?, *old))).collect()
    }
}

fn versions<'a>(records: &BTreeMap<&'a str, &'a Record>) -> Vec<RecordVersion<'a>> {
    records.values().map(|record| RecordVersion::of(record)).collect()
}

/// The number of the record, unless it had that before.
pub(super) fn claimed(record: &Record, ancestor: Option<&Record>) -> Option<(String, u32)> {
    key(record).filter(|now| ancestor.and_then(key).as_ref() != Some(now))
}

/// The folder, with the prefix of the id, and the number.
fn key(record: &Record) -> Option<(String, u32)> {
    let number = record.number.as_ref()?.value.value;
    let folder = record.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some((format!("{folder}/{}", prefix(record)), number))
}

/// Whether the record holds a decision: it was accepted or rejected once.
pub(super) fn is_decided(record: &Record) -> bool {
    use Lifecycle::{Accepted, Deprecated, Rejected, Superseded};
    [Accepted, Rejected, Deprecated, Superseded].into_iter().any(|state| record.is(state))
}

/// The status as a word of a sentence.
pub(super) fn status_word(record: &Record) -> String {
    record.status().map_or_else(|| "without status".to_owned(), ToString::to_string)
}
