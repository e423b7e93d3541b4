//! What the repository tells of a record: when it came, how its status changed, when it was last
//! touched. Knows no git.

use std::collections::BTreeMap;

use super::{Date, Record, Status};
use crate::text::Fingerprint;

/// A change of a record that was committed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The status before; `None` for a record that was added, and where none was stated.
    pub from: Option<Status>,
    /// The status after; `None` where none is stated.
    pub to: Option<Status>,
    /// The full name of the commit.
    pub commit: String,
    /// The day on which it was written, in the time zone of who wrote it.
    pub date: Date,
    /// The name of who wrote it; `None` where the repository has only an address.
    pub author: Option<String>,
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Its file came.
    Added,
    /// Its status changed.
    Status,
    /// Something else changed; only the last change is told.
    Changed,
}

impl EventKind {
    /// The name of it for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Status => "status",
            Self::Changed => "changed",
        }
    }
}

/// The events of a record, as its repository knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct History {
    /// The oldest first; the last one made of the record what the repository holds, where that is
    /// certain.
    pub events: Vec<Event>,
    /// Of the text that the repository holds.
    pub text: Fingerprint,
}

/// The histories of the records of a log, by file. What is not known for certain is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Histories(pub BTreeMap<String, History>);

impl Histories {
    /// The events of `record`, the oldest first. Of a record with changes that are not committed,
    /// nothing is said to be the last change.
    pub fn of(&self, record: &Record) -> Vec<&Event> {
        let Some(history) = self.0.get(&record.file) else { return vec![] };
        let is_saved = || history.text == fingerprint(record.text());
        let is_told = |event: &&Event| event.kind != EventKind::Changed || is_saved();
        history.events.iter().filter(is_told).collect()
    }
}

impl History {
    /// The history of a record that has this text in the repository.
    pub fn new(events: Vec<Event>, text: &str) -> Self {
        Self { events, text: fingerprint(text) }
    }
}

/// Of a text, whatever the ends of its lines: git may write others to the disk than it holds.
fn fingerprint(text: &str) -> Fingerprint {
    Fingerprint::of(text.replace("\r\n", "\n").as_bytes())
}
