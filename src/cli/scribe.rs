//! What `lint` asks of `author`: the other end of a relation, in the style of the record.

use crate::author::{Claim, Revisions, Rules, Target};
use crate::format::Words;
use crate::lint::Answer;
use crate::model::{Date, Lifecycle, Log, Status};
use crate::text::Change;

/// The changes that make a record answer; `None` where it cannot be changed safely.
pub(super) fn answer(log: &Log, answer: Answer, words: &Words, date: Date) -> Option<Vec<Change>> {
    let rules = Rules { words, transitions: None, date };
    let mut revisions = Revisions::default();
    let target = Target::of(log, answer.other);
    let claim = Claim::of(answer.kind);
    revisions.claim(log, answer.record, &claim, (Some(answer.other), &target));
    if answer.is_superseded {
        let status = Status::from(Lifecycle::Superseded);
        revisions.status(log, answer.record, &status, &rules).ok()?;
    }
    revisions.changes(log, &rules).ok()
}
