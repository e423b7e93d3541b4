//! The changes between two states of a log: records that are added, decided, edited, or removed. Does not use git.

use std::collections::BTreeSet;

use crate::lint::Base;
use crate::model::{Lifecycle, Log, Record, RecordId, Status};
use crate::site::Drafts;
use crate::site::links::label;

/// The changes since a base.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Changes {
    /// What the log is compared with, as the user wrote it: `main`.
    pub base: String,
    /// In log order; removed records are last.
    pub(crate) all: Vec<RecordChange>,
}

/// The change of one record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RecordChange {
    pub kind: ChangeKind,
    /// The record in the log; `None` if it was removed.
    pub new: Option<RecordId>,
    /// The record on the base; `None` if it was added.
    pub old: Option<OldRecord>,
}

impl RecordChange {
    /// The key for sorting: log order, removed records last.
    fn sort_key(&self) -> (bool, Option<RecordId>) {
        (self.new.is_none(), self.new)
    }
}

/// The kind of a change, in the order of the page of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ChangeKind {
    Added,
    /// The status changes.
    Decided,
    Edited,
    Removed,
}

/// A record on the base.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OldRecord {
    pub file: String,
    pub label: Option<String>,
    pub title: String,
    pub status: Option<Status>,
    pub text: String,
}

impl OldRecord {
    fn new(record: &Record) -> Self {
        Self {
            file: record.file.clone(),
            label: label(record),
            title: record.title_or_file().to_owned(),
            status: record.status().cloned(),
            text: record.text().to_owned(),
        }
    }
}

impl Changes {
    /// Compares `log` with `base`. If drafts are hidden, records that were drafts on the base are left out.
    pub fn new(base: &Base<'_>, log: &Log, drafts: Drafts) -> Self {
        let pairs = base.pairs(log);
        let is_public = |record: &Record| drafts == Drafts::Show || !record.is(Lifecycle::Draft);
        let public_pairs = pairs.iter().filter(|pair| is_public(pair.old));
        let mut all: Vec<RecordChange> = public_pairs
            .clone()
            .filter_map(|pair| {
                let kind = match pair.new {
                    None => ChangeKind::Removed,
                    Some(id) => kind(pair.old, log.record(id))?,
                };
                Some(RecordChange { kind, new: pair.new, old: Some(OldRecord::new(pair.old)) })
            })
            .collect();
        let existing_ids: BTreeSet<RecordId> = public_pairs.filter_map(|pair| pair.new).collect();
        let added_ids = log.iter().map(|(id, _)| id).filter(|id| !existing_ids.contains(id));
        let added = |id| RecordChange { kind: ChangeKind::Added, new: Some(id), old: None };
        all.extend(added_ids.map(added));
        all.sort_by_key(RecordChange::sort_key);
        Self { base: base.name.to_owned(), all }
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The change of a record; `None` if it has not changed.
    pub(crate) fn of(&self, id: RecordId) -> Option<ChangeKind> {
        let key = (false, Some(id));
        let index = self.all.binary_search_by_key(&key, RecordChange::sort_key).ok()?;
        Some(self.all.get(index)?.kind)
    }
}

/// The change of a record that exists in both states.
fn kind(old: &Record, new: &Record) -> Option<ChangeKind> {
    let text = |record: &Record| record.text().replace("\r\n", "\n");
    if old.status() != new.status() {
        Some(ChangeKind::Decided)
    } else if old.file != new.file || text(old) != text(new) {
        Some(ChangeKind::Edited)
    } else {
        None
    }
}
