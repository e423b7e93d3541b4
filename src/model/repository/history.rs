//! The history of a record in its repository: when it was added, how its status changed, when it was last
//! changed. Does not run git.

use std::collections::BTreeMap;

use crate::model::{Date, Record, Status};
use crate::text::Fingerprint;

/// A committed change of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The status before; `None` for an added record, and if none was stated.
    pub from: Option<Status>,
    /// The status after; `None` if none is stated.
    pub to: Option<Status>,
    /// The full hash of the commit.
    pub commit: String,
    /// The date of the commit in its author's time zone.
    pub date: Date,
    /// The author's name; `None` if the repository has only an address.
    pub author: Option<String>,
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Its file was added.
    Added,
    /// Its status changed.
    Status,
    /// Something else changed; only the last such change is kept.
    Changed,
}

impl EventKind {
    /// The name in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Status => "status",
            Self::Changed => "changed",
        }
    }
}

/// The events of a record in its repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct History {
    /// Oldest first. The last one led to the version in the repository, if that is
    /// certain.
    pub events: Vec<Event>,
    /// The fingerprint of the text in the repository.
    pub text: Fingerprint,
}

/// The histories of the records of a log, by file. Uncertain events are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Histories(pub BTreeMap<String, History>);

impl Histories {
    /// The events of `record`, oldest first. If it has uncommitted changes, no event counts
    /// as the last change.
    pub fn of(&self, record: &Record) -> Vec<&Event> {
        let Some(history) = self.0.get(&record.file) else { return vec![] };
        let is_saved = || history.text == fingerprint(record.text());
        let is_reported = |event: &&Event| event.kind != EventKind::Changed || is_saved();
        history.events.iter().filter(is_reported).collect()
    }
}

impl History {
    /// The history of a record whose text in the repository is `text`.
    pub fn new(events: Vec<Event>, text: &str) -> Self {
        Self { events, text: fingerprint(text) }
    }
}

/// The fingerprint of a text with normalized line ends: git may check out others than it stores.
fn fingerprint(text: &str) -> Fingerprint {
    Fingerprint::of(text.replace("\r\n", "\n").as_bytes())
}
