//! A log compared with its state before the change that is checked: which record of the base became which record of
//! the log. Does not depend on git.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use crate::format::Words;
use crate::model::{
    BaseSnapshots, Log, Record, RecordId, RecordVersion, Snapshot, Transitions, match_records,
};

/// The state of a log before a change.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    /// How messages name the base: `main`.
    pub name: &'a str,
    /// Which lifecycle state may follow which.
    pub transitions: &'a Transitions,
    /// The words that name fields.
    pub words: &'a Words,
    /// The records at the tip of the base, by file.
    pub tip: BTreeMap<&'a str, &'a Record>,
    /// The records at the commit where the change started, by file.
    pub before: BTreeMap<&'a str, &'a Record>,
    snapshot: &'a Snapshot,
}

/// A record of the base with the record that it became.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The record of the base.
    pub old: &'a Record,
    /// The record of the log; `None` if it was deleted.
    pub new: Option<RecordId>,
}

/// A number in its numbering: the folder with the prefix of the id, and the number.
type NumberKey = (String, u32);

impl<'a> Base<'a> {
    /// The base in `trees`, which were read together with `log`.
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

    /// Whether the base has the file as it is on the disk.
    pub(in crate::lint) fn is_known(&self, file: &str) -> bool {
        self.snapshot.has_same(file)
    }

    /// Whether the file was added, removed or changed since, according to git.
    pub(in crate::lint) fn has_touched(&self, file: &str) -> bool {
        self.snapshot.changed.contains(file)
    }

    /// For every record of the base, in the order of [`before`](Self::before), the record that it became.
    pub fn counterparts(&self, log: &Log) -> Vec<Option<RecordId>> {
        let (ids, new): (Vec<RecordId>, Vec<RecordVersion<'_>>) =
            log.iter().map(|(id, record)| (id, RecordVersion::of(record))).unzip();
        let match_records = match_records(&versions(&self.before), &new).into_iter();
        match_records.map(|index| ids.get(index?).copied()).collect()
    }

    /// Every record of the base with the record that it became.
    pub fn pairs(&self, log: &Log) -> Vec<Pair<'a>> {
        self.pairs_of(&self.counterparts(log)).collect()
    }

    /// The same with the result of [`counterparts`](Self::counterparts).
    pub(in crate::lint) fn pairs_of<'h>(
        &'h self,
        counterparts: &'h [Option<RecordId>],
    ) -> impl Iterator<Item = Pair<'a>> + 'h {
        self.before.values().zip(counterparts).map(|(old, new)| Pair { old, new: *new })
    }

    /// The records that got their number in this change, each with the record that took it on the base since the
    /// change started.
    pub fn number_collisions(
        &self,
        log: &Log,
        counterparts: &[Option<RecordId>],
    ) -> Vec<(RecordId, &'a Record)> {
        let claims_on_base = self.claims_on_base(log);
        let ancestors = self.ancestors(counterparts);
        let added = log.iter().filter(|(_, record)| !self.tip.contains_key(&*record.file));
        let collisions = added.filter_map(|(id, record)| {
            let ancestor = ancestors.get(&id).copied();
            let number = claimed_number(record, ancestor)?;
            let (other, other_ancestor) = claims_on_base.get(&number)?;
            // Both sides may have given the same record the same number.
            let is_same_record = ancestor.is_some_and(|ancestor| {
                other_ancestor.is_some_and(|other| other.file == ancestor.file)
            });
            (!is_same_record).then_some((id, *other))
        });
        collisions.collect()
    }

    /// The numbers that records took on the base since the change started, each with the record and its ancestor.
    fn claims_on_base(&self, log: &Log) -> HashMap<NumberKey, (&'a Record, Option<&'a Record>)> {
        let files: HashSet<&str> =
            log.records().iter().map(|record| record.file.as_str()).collect();
        let tip_of_before = match_records(&versions(&self.before), &versions(&self.tip));
        let ancestors = self.ancestors(&tip_of_before);
        let mut claims = HashMap::new();
        for (index, record) in self.tip.values().enumerate() {
            let ancestor = ancestors.get(&index).copied();
            // A record that is in the log too has its number there: a duplicate, but no collision.
            let number =
                claimed_number(record, ancestor).filter(|_| !files.contains(&*record.file));
            if let Some(number) = number {
                claims.entry(number).or_insert((*record, ancestor));
            }
        }
        claims
    }

    /// For each counterpart of a record of the base that record.
    pub(in crate::lint) fn ancestors<K: Copy + Eq + Hash>(
        &self,
        counterparts: &[Option<K>],
    ) -> HashMap<K, &'a Record> {
        let pairs = self.before.values().zip(counterparts);
        pairs.filter_map(|(old, new)| Some(((*new)?, *old))).collect()
    }
}

fn versions<'a>(records: &BTreeMap<&'a str, &'a Record>) -> Vec<RecordVersion<'a>> {
    records.values().map(|record| RecordVersion::of(record)).collect()
}

/// The number of the record, unless its ancestor had the same.
pub(in crate::lint) fn claimed_number(
    record: &Record,
    ancestor: Option<&Record>,
) -> Option<NumberKey> {
    number_key(record).filter(|number| ancestor.and_then(number_key).as_ref() != Some(number))
}

fn number_key(record: &Record) -> Option<NumberKey> {
    let number = record.number.as_ref()?.value.value;
    let folder = record.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some((format!("{folder}/{}", number_prefix(record)), number))
}

/// The part of the label before the number, in lower case.
pub(super) fn number_prefix(record: &Record) -> String {
    record.label().trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase()
}

/// Whether the record was accepted or rejected at some time.
pub(in crate::lint) fn is_decided(record: &Record) -> bool {
    let state = record.status().and_then(|status| status.meaning);
    state.is_some_and(|state| !state.is_open())
}

/// The status as a word of a sentence.
pub(in crate::lint) fn status_word(record: &Record) -> String {
    record.status().map_or_else(|| "without status".to_owned(), ToString::to_string)
}
