//! What a record is to state: its status, its relations, its reason.

use super::transition::RequestedStatus;
use crate::author::naming::Target;
use crate::model::{Date, RelationKind, Status};

/// What a record is to say.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    /// Its status, where that changes.
    pub status: Option<RequestedStatus>,
    /// What it says about others.
    pub relations: Vec<NewRelation>,
    /// Why it has that status, in one line.
    pub reason: Option<String>,
    /// The day of the change.
    pub date: Date,
}

impl Revision {
    /// What the status is to be read as, where that changes.
    pub(crate) fn status(&self) -> Option<&Status> {
        self.status.as_ref().map(|requested| &requested.status)
    }
}

/// A relation that is to be stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewRelation {
    /// What is claimed.
    pub kind: RelationKind,
    /// The words for it, with a capital: `Superseded by`.
    pub verb: String,
    /// About which record.
    pub target: Target,
}
