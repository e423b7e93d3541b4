//! The log beside what it was before the change that is checked: which record of the base became
//! which record of the log. Knows no rule and no git.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::numbering::prefix;
use crate::model::{Lifecycle, Log, Record, RecordId, Snapshot, Transitions, Trees};

/// What the log was before a change.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    /// How messages name the base: `main`.
    pub name: &'a str,
    /// Which state may follow which.
    pub transitions: &'a Transitions,
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
    pub fn new(trees: &'a Trees, log: &'a Log, transitions: &'a Transitions) -> Self {
        Self {
            name: &trees.name,
            transitions,
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

    /// For every record of the base, in the order of [`before`](Self::before), the record that it
    /// became: that of the same file, else a new one with its title, else a new one with its number.
    pub(super) fn heirs(&self, log: &Log) -> Vec<Option<RecordId>> {
        let by_file: HashMap<&str, RecordId> =
            log.iter().map(|(id, record)| (record.file.as_str(), id)).collect();
        let (mut titles, mut labels) = (HashMap::new(), HashMap::new());
        for (id, record) in log.iter().filter(|(_, record)| self.is_new(record)) {
            titles.entry(title(record)).or_insert(id);
            labels.entry(label(record)).or_insert(id);
        }
        let mut taken = HashSet::new();
        let mut heir = |(file, old): (&&str, &&Record)| {
            by_file.get(file).copied().or_else(|| {
                let by_title = title(old).and_then(|title| titles.get(&Some(title)));
                let by_label = label(old).and_then(|label| labels.get(&Some(label)));
                by_title.or(by_label).copied().filter(|id| taken.insert(*id))
            })
        };
        self.before.iter().map(&mut heir).collect()
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

    /// The records that are new here, each with the record that has taken its number on the base
    /// since the change began.
    pub fn taken(&self, log: &Log) -> Vec<(RecordId, &'a Record)> {
        let here: HashSet<&str> = log.records().iter().map(|record| record.file.as_str()).collect();
        let arrived = self.tip.iter().filter(|(file, _)| {
            // What is here too shares its number in the log, and what was there before has been renamed.
            !here.contains(*file) && !self.before.contains_key(*file)
        });
        let mut taken = HashMap::new();
        for (_, record) in arrived {
            if let Some(key) = key(record) {
                taken.entry(key).or_insert(*record);
            }
        }
        let ours = log.iter().filter(|(_, record)| {
            !self.tip.contains_key(record.file.as_str()) && self.is_new(record)
        });
        ours.filter_map(|(id, record)| Some((id, *taken.get(&key(record)?)?))).collect()
    }

    /// Whether no file of that name was there before.
    pub fn is_new(&self, record: &Record) -> bool {
        !self.before.contains_key(record.file.as_str())
    }
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

/// The title, without regard to case.
fn title(record: &Record) -> Option<String> {
    record.title.as_ref().map(|title| title.value.to_lowercase())
}

/// The number with the prefix before it.
fn label(record: &Record) -> Option<String> {
    record.number.as_ref().map(|_| record.label().to_lowercase())
}

/// The status as a word of a sentence.
pub(super) fn status_word(record: &Record) -> String {
    record.status().map_or_else(|| "without status".to_owned(), ToString::to_string)
}
