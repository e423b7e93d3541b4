//! What a change does to a log: which records it adds, decides, edits and removes. Knows no git.

use std::collections::BTreeSet;

use super::Drafts;
use crate::lint::Base;
use crate::model::{Lifecycle, Log, Record, RecordId, Status};

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Changes {
    /// What the log is compared with, as it was asked for: `main`.
    pub base: String,
    /// In log order; records that are gone come last.
    pub(super) all: Vec<Change>,
}

/// What becomes of one record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Change {
    pub kind: Kind,
    /// What it is now; `None` where it is gone.
    pub new: Option<RecordId>,
    /// What it was; `None` for one that is new.
    pub old: Option<Old>,
}

impl Change {
    /// Its place among others: as in the log, with what is gone last.
    fn place(&self) -> (bool, Option<RecordId>) {
        (self.new.is_none(), self.new)
    }
}

/// What happens to a record. In the order in which a page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Added,
    /// Its status changes.
    Decided,
    Edited,
    Removed,
}

/// A record as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Old {
    pub file: String,
    pub label: Option<String>,
    pub title: String,
    pub status: Option<Status>,
    pub text: String,
}

impl Old {
    fn of(record: &Record) -> Self {
        Self {
            file: record.file.clone(),
            label: super::view::label(record),
            title: record.title_or_file().to_owned(),
            status: record.status().cloned(),
            text: record.text().to_owned(),
        }
    }
}

impl Changes {
    /// What has become of the records of `base` in `log`. With drafts hidden, nothing is told of
    /// what was one.
    pub fn new(base: &Base<'_>, log: &Log, drafts: Drafts) -> Self {
        let pairs = base.pairs(log);
        let is_known = |record: &Record| drafts == Drafts::Show || !record.is(Lifecycle::Draft);
        let known = pairs.iter().filter(|pair| is_known(pair.old));
        let mut all: Vec<Change> = known
            .clone()
            .filter_map(|pair| {
                let kind = match pair.new {
                    None => Kind::Removed,
                    Some(id) => kind(pair.old, log.record(id))?,
                };
                Some(Change { kind, new: pair.new, old: Some(Old::of(pair.old)) })
            })
            .collect();
        let old: BTreeSet<RecordId> = known.filter_map(|pair| pair.new).collect();
        let new = log.iter().map(|(id, _)| id).filter(|id| !old.contains(id));
        all.extend(new.map(|id| Change { kind: Kind::Added, new: Some(id), old: None }));
        all.sort_by_key(Change::place);
        Self { base: base.name.to_owned(), all }
    }

    /// Whether the log is what it was.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What becomes of a record; `None` where it stays as it is.
    pub(super) fn of(&self, id: RecordId) -> Option<Kind> {
        let at = self.all.binary_search_by_key(&(false, Some(id)), Change::place).ok()?;
        Some(self.all.get(at)?.kind)
    }
}

/// What happens to a record that stays.
fn kind(old: &Record, new: &Record) -> Option<Kind> {
    let lines = |record: &Record| record.text().replace("\r\n", "\n");
    if old.status() != new.status() {
        Some(Kind::Decided)
    } else if old.file != new.file || lines(old) != lines(new) {
        Some(Kind::Edited)
    } else {
        None
    }
}
