//! What a record is to state: its status, its relations, its reason.

use super::transition::RequestedStatus;
use crate::author::naming::RecordLink;
use crate::model::{Date, RelationKind, Status};

/// The new statements of a record.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    /// The new status; `None` to keep the old one.
    pub status: Option<RequestedStatus>,
    pub relations: Vec<NewRelation>,
    /// The reason for the status, on one line.
    pub reason: Option<String>,
    /// The date of the change.
    pub date: Date,
}

impl Revision {
    /// The new status, as it is to be read.
    pub(super) fn status(&self) -> Option<&Status> {
        self.status.as_ref().map(|requested| &requested.status)
    }
}

/// A relation that is to be stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewRelation {
    pub kind: RelationKind,
    /// The words for the kind, with a capital first letter: `Superseded by`.
    pub verb: String,
    pub target: RecordLink,
}
