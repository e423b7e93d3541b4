//! Writes the fixes that need `author`: back links in the style of the record, dates, numbers, lists of records.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::author::{
    self, RecordLink, RelationClaim, RelationEnd, Renumbering, Revisions, Rules,
    ambiguous_mentions, renumber,
};
use crate::cli::changes::updated_list;
use crate::format::Words;
use crate::lint::{BackLink, EditRequest};
use crate::model::{Date, EventKind, Histories, Lifecycle, Log, Record, RecordId, Status};
use crate::project::Project;
use crate::text::{Change, Source};

/// The context that fixes are written in.
pub(crate) struct FixWriter<'a> {
    pub project: &'a Project,
    /// The words that statuses are written with.
    pub words: &'a Words,
    /// The date of changes.
    pub date: Date,
    /// Returns the date of a record's first commit; `None` if the history is not read.
    pub first_commit_date: &'a (dyn Fn(&Record) -> Option<Date> + Sync),
}

impl FixWriter<'_> {
    /// Returns the changes that fulfil the request; `None` if they would be a guess.
    pub(crate) fn write(
        &self,
        log: &Log,
        other_files: &[Source],
        request: EditRequest<'_>,
    ) -> Option<Vec<Change>> {
        match request {
            EditRequest::BackLinks(answers) => self.back_links(log, answers),
            EditRequest::FirstCommitDate { record } => {
                let date = (self.first_commit_date)(log.record(record))?;
                author::set_date(log, record, date, self.words).ok()
            }
            EditRequest::Contents { page } => Some(vec![updated_list(self.project, log, page)?]),
            EditRequest::Renumber { record, number, is_new } => {
                let is_new_record = |id: &RecordId| is_new.is_some_and(|is_new| is_new(*id));
                let followers: BTreeSet<RecordId> =
                    log.iter().map(|(id, _)| id).filter(is_new_record).collect();
                let plan = [Renumbering { id: record, number, followers: followers.into() }];
                // A record that existed before cannot refer to the new one; a record with the number
                // refers to itself.
                let number_of =
                    |id| log.record(id).number.as_ref().map(|number| number.value.value);
                let doubtful_records = || {
                    ambiguous_mentions(log, &plan, &[])
                        .0
                        .into_iter()
                        .filter_map(|doubt| doubt.within)
                };
                let is_clear = is_new.is_some()
                    || doubtful_records().all(|within| number_of(within) == number_of(record));
                is_clear.then(|| renumber(log, &plan, other_files, self.words).ok())?
            }
        }
    }

    /// Returns the changes that add the missing counterparts of relations.
    fn back_links(&self, log: &Log, answers: &[BackLink]) -> Option<Vec<Change>> {
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

/// The dates on which records were added to the repository. The history is read on first use.
pub(crate) struct FirstCommits<'a> {
    project: &'a Project,
    words: &'a Words,
    histories: OnceLock<Histories>,
}

impl<'a> FirstCommits<'a> {
    pub(crate) fn new(project: &'a Project, words: &'a Words) -> Self {
        Self { project, words, histories: OnceLock::new() }
    }

    /// Returns the date of the commit that added the file of the record.
    pub(crate) fn date(&self, record: &Record) -> Option<Date> {
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
