//! Fixes that several rules suggest, written by the editor of the [`Context`]. `None` if it cannot write them.

use super::numbering::next_number;
use super::relation_claim::{phrase, says_more_than_status};
use crate::lint::context::Context;
use crate::lint::finding::{BackLink, EditRequest, Fix, Safety};
use crate::model::RecordId;
use crate::text::Change;

impl Context<'_> {
    /// The fix that adds the back link. It is safe if the claim of the other record `is_sure`, and the status has no
    /// words that would be lost.
    pub(in crate::lint) fn back_link_fix(&self, back_link: BackLink, is_sure: bool) -> Option<Fix> {
        let changes = self.requested_changes(EditRequest::BackLinks(&[back_link]))?;
        let record = self.log.record(back_link.record);
        let (label, other) = (record.label(), self.log.record(back_link.other).label());
        let title = if back_link.is_superseded {
            format!("set the status of {label} to superseded by {other}")
        } else {
            format!("state in {label} that it {} {other}", phrase(back_link.kind))
        };
        // Further words of the status may be about the old one.
        let has_remark = back_link.is_superseded && says_more_than_status(record);
        let safety = if is_sure && !has_remark { Safety::Safe } else { Safety::Unsafe };
        Some(Fix { safety, title, changes, back_link: Some(back_link), facts: None })
    }

    /// The fix that gives a record the next free number, if no reference to its old number is ambiguous.
    pub(in crate::lint) fn renumber_fix(&self, record: RecordId) -> Option<Fix> {
        let number = next_number(self, record);
        let is_new = |id: RecordId| self.is_new(id);
        let is_new: Option<&dyn Fn(RecordId) -> bool> = self.base.is_some().then_some(&is_new);
        let changes = self.requested_changes(EditRequest::Renumber { record, number, is_new })?;
        let title = format!("give `{}` the number {number}", self.log.record(record).file);
        Some(unsafe_fix(title, changes))
    }

    /// The fix that adds the date of the first commit, if the editor knows it.
    pub(in crate::lint) fn first_commit_date_fix(&self, record: RecordId) -> Option<Fix> {
        let changes = self.requested_changes(EditRequest::FirstCommitDate { record })?;
        Some(unsafe_fix("add the date of its first commit".to_owned(), changes))
    }
}

fn unsafe_fix(title: String, changes: Vec<Change>) -> Fix {
    Fix { safety: Safety::Unsafe, title, changes, back_link: None, facts: None }
}
