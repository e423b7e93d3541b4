//! Records and logs for the tests of this room.

use crate::format::{Recognised, Words, recognise};
use crate::model::{Log, Record};
use crate::text::{Change, Edit, Source, apply};

/// The built-in words alone.
pub(super) fn words() -> Words {
    Words::new(std::iter::empty())
}

/// The record in a file with this text.
pub(super) fn record(file: &str, text: &str) -> Record {
    match recognise(Source::new(file, text), file, &words()) {
        Recognised::Record(record) => record,
        Recognised::Skipped(skipped) => panic!("{skipped:?}"),
    }
}

/// The log of these files.
pub(super) fn log(files: &[(&str, &str)]) -> Log {
    Log::new(files.iter().map(|(file, text)| record(file, text)).collect(), vec![])
}

/// The text of a record of `log` after `changes`.
pub(super) fn after(log: &Log, file: &str, changes: &[Change]) -> String {
    let record = log.records().iter().find(|one| one.file == file).unwrap();
    let edits: Vec<Edit> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Edit { path, edits } | Change::Move { path, edits, .. } => {
                (path == record.source.path()).then(|| edits.clone())
            }
            _ => None,
        })
        .flatten()
        .collect();
    apply(record.text(), &edits).unwrap()
}
