//! What `lint` asks of `author`: the other end of a relation, in the style of the record, and
//! another number for one.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::contents;
use crate::author::{
    self, RecordLink, RelationClaim, RelationEnd, Renumbering, Revisions, Rules,
    ambiguous_mentions, renumber,
};
use crate::format::Words;
use crate::lint::{Answer, Wish};
use crate::model::{Date, EventKind, Histories, Lifecycle, Log, Record, RecordId, Status};
use crate::project::Project;
use crate::text::{Change, Source};

/// What the scribe has to know.
pub(super) struct Scribe<'a> {
    /// Where the log lies.
    pub project: &'a Project,
    /// The words that statuses are written in.
    pub words: &'a Words,
    /// The day of a change.
    pub date: Date,
    /// The day of the first commit of a record, where the history is looked at.
    pub born: &'a (dyn Fn(&Record) -> Option<Date> + Sync),
}

impl Scribe<'_> {
    /// The changes that fulfil the wish; `None` where it cannot be done for certain.
    pub(super) fn grant(
        &self,
        log: &Log,
        others: &[Source],
        wish: Wish<'_>,
    ) -> Option<Vec<Change>> {
        match wish {
            Wish::Answers(answers) => self.answers(log, answers),
            Wish::FirstDay { record } => {
                let day = (self.born)(log.record(record))?;
                author::set_date(log, record, day, self.words).ok()
            }
            Wish::Contents { page } => Some(vec![contents::renewed(self.project, log, page)?]),
            Wish::Renumber { record, number, is_new } => {
                let new = |id: &RecordId| is_new.is_some_and(|is_new| is_new(*id));
                let followers: BTreeSet<RecordId> =
                    log.iter().map(|(id, _)| id).filter(new).collect();
                let plan = [Renumbering { id: record, number, followers: followers.into() }];
                // Who was there before it cannot mean it, and who has the number means itself.
                let value = |id| log.record(id).number.as_ref().map(|number| number.value.value);
                let doubts = || {
                    ambiguous_mentions(log, &plan, &[]).0.into_iter().filter_map(|one| one.within)
                };
                let is_clear =
                    is_new.is_some() || doubts().all(|within| value(within) == value(record));
                is_clear.then(|| renumber(log, &plan, others, self.words).ok())?
            }
        }
    }

    fn answers(&self, log: &Log, answers: &[Answer]) -> Option<Vec<Change>> {
        let rules = Rules { words: self.words, transitions: None, date: self.date };
        let mut revisions = Revisions::default();
        for answer in answers {
            let target = RecordLink::of(log, answer.other);
            let claim = RelationClaim::of(answer.kind);
            let end = RelationEnd { record: answer.record, claim: &claim };
            revisions.claim(log, end, &target);
            if answer.is_superseded {
                let status = Status::from(Lifecycle::Superseded);
                revisions.status(log, answer.record, &status, &rules).ok()?;
            }
        }
        revisions.changes(log, &rules).ok()
    }
}

/// When records came into the repository. The history is read when the first of them is asked for.
pub(super) struct Births<'a> {
    project: &'a Project,
    words: &'a Words,
    histories: OnceLock<Histories>,
}

impl<'a> Births<'a> {
    pub(super) fn new(project: &'a Project, words: &'a Words) -> Self {
        Self { project, words, histories: OnceLock::new() }
    }

    /// The day of the commit that the file of the record came with.
    pub(super) fn of(&self, record: &Record) -> Option<Date> {
        let read = || {
            let repository = self.project.repository().ok()??;
            let tip = repository.history_tip()?;
            Some(repository.histories(&tip, self.words))
        };
        let histories = self.histories.get_or_init(|| read().unwrap_or_default());
        let history = histories.0.get(&record.file)?;
        history.events.iter().find(|event| event.kind == EventKind::Added).map(|event| event.date)
    }
}
