//! A log in a commit, compared with the log on the disk. Does not run git.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::translations;
use crate::model::{Log, Record};

/// A file of a commit that may be a record.
#[derive(Debug)]
pub enum Committed {
    /// Its content equals the file of the same name on the disk.
    Same,
    /// It is a different record.
    Record(Box<Record>),
    /// It is not a record.
    Other,
}

/// The files of a log in one commit, by their paths relative to the folder of the log.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The files that may be records.
    pub files: BTreeMap<String, Committed>,
    /// Every file that was added, removed or changed since, of any kind.
    pub changed: BTreeSet<String>,
}

/// The state that a change is compared with.
#[derive(Debug)]
pub struct BaseSnapshots {
    /// The name that the user gave to the base: `main`.
    pub name: String,
    /// The log at the tip of the base.
    pub tip: Arc<Snapshot>,
    /// The log in the commit where the change branched off.
    pub before: Arc<Snapshot>,
    /// Whether the base has the log, in this folder or another one.
    pub has_log: bool,
}

impl Snapshot {
    /// The records of the commit. Those that are the same on the disk are borrowed from `log`,
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

    /// Whether the file on the disk equals the file in the commit.
    pub fn has_same(&self, file: &str) -> bool {
        matches!(self.files.get(file), Some(Committed::Same))
    }
}
