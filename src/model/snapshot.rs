//! A log as a commit holds it, beside the log that lies on the disk. Knows no git.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::language::translations;
use super::{Log, Record};

/// A file of a commit that may be a record.
#[derive(Debug)]
pub enum Committed {
    /// It holds what the file of the same name on the disk holds.
    Same,
    /// It holds another record.
    Record(Box<Record>),
    /// It is no record.
    Other,
}

/// The files of a log in one commit, by their paths relative to the folder of the log.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Those that may be records.
    pub files: BTreeMap<String, Committed>,
    /// Every file that came, went or changed since, whatever it is.
    pub changed: BTreeSet<String>,
}

/// What a change is compared with.
#[derive(Debug)]
pub struct Trees {
    /// The base as a person knows it: `main`.
    pub name: String,
    /// The log at the tip of the base.
    pub tip: Arc<Snapshot>,
    /// The log where the change began.
    pub before: Arc<Snapshot>,
    /// Whether the base has the log, in this folder or another one.
    pub has_log: bool,
}

impl Snapshot {
    /// The records of the commit; those that are the same on the disk are borrowed from `log`,
    /// which must be the log that was on the disk when the snapshot was made.
    pub fn records<'a>(&'a self, log: &'a Log) -> BTreeMap<&'a str, &'a Record> {
        let mut records: BTreeMap<&str, &Record> = log
            .records()
            .iter()
            .filter(|record| matches!(self.files.get(&record.file), Some(Committed::Same)))
            .map(|record| (record.file.as_str(), record))
            .collect();
        for (file, committed) in &self.files {
            if let Committed::Record(record) = committed {
                records.insert(file, record);
            }
        }
        let translations = translations(records.keys().copied());
        records.retain(|file, _| !translations.contains(*file));
        records
    }

    /// Whether the file on the disk is the one of the commit.
    pub fn has_same(&self, file: &str) -> bool {
        matches!(self.files.get(file), Some(Committed::Same))
    }
}
