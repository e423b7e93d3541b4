//! Changes several records together, so that both ends of a relation match.

use std::collections::{BTreeMap, VecDeque};

use super::claim::{RelationClaim, RelationEnd};
use crate::author::edits::capitalized;
use crate::author::fields::single_line;
use crate::author::guard::Guard;
use crate::author::naming::RecordLink;
use crate::author::status::{
    NewRelation, RequestedStatus, Revision, allowed_changes, revise_stepwise,
};
use crate::format::{Words, wording};
use crate::model::{Date, Lifecycle, Log, Record, RecordId, RelationKind, Status, Transitions};
use crate::text::Change;
use crate::{Refusal, Result};

/// What the changes of a log depend on, besides the log.
#[derive(Debug)]
pub struct Rules<'r> {
    /// The built-in words and the words of the team.
    pub words: &'r Words,
    /// Which status may follow which; `None` to allow any change.
    pub transitions: Option<&'r Transitions>,
    /// The date of the change.
    pub date: Date,
}

/// Collects revisions of the records of a log.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    by_record: BTreeMap<RecordId, NewStatements>,
}

#[derive(Clone, Debug, Default)]
struct NewStatements {
    status: Option<RequestedStatus>,
    reason: Option<String>,
    relations: Vec<NewRelation>,
}

impl Revisions {
    /// Sets the status of a record.
    ///
    /// # Errors
    ///
    /// If the status cannot follow the current one.
    pub fn status(
        &mut self,
        log: &Log,
        id: RecordId,
        status: &Status,
        rules: &Rules<'_>,
    ) -> Result<()> {
        self.status_in_words(log, id, &status.clone().into(), rules)
    }

    /// Sets the status of a record, in the requested words.
    ///
    /// # Errors
    ///
    /// As [`status`](Self::status).
    pub fn status_in_words(
        &mut self,
        log: &Log,
        id: RecordId,
        requested: &RequestedStatus,
        rules: &Rules<'_>,
    ) -> Result<()> {
        let status = &requested.status;
        let record = log.record(id);
        let successors = log.successors(id);
        let is_revived = record.is(Lifecycle::Superseded) && !status.is(Lifecycle::Superseded);
        // The successors would still state that they supersede the record.
        if is_revived && !successors.is_empty() {
            let by = successors.iter().map(|id| log.record(*id).label()).collect();
            let (label, to) = (record.label(), status.word.to_string());
            return Err(Refusal::StillSuperseded { label, to, by }.into());
        }
        if let Some(transitions) = rules.transitions {
            transitions.check(&record.label(), record.status(), status)?;
        }
        self.by_record.entry(id).or_default().status = Some(requested.clone());
        Ok(())
    }

    /// Sets the reason for the status of a record, on one line next to the status.
    ///
    /// # Errors
    ///
    /// If the reason is blank.
    pub fn reason(&mut self, id: RecordId, reason: &str) -> Result<()> {
        let reason = single_line(reason);
        if reason.is_empty() {
            let (what, reason) = ("the reason".to_owned(), "it is blank".to_owned());
            return Err(Refusal::BadInput { what, reason }.into());
        }
        self.by_record.entry(id).or_default().reason = Some(reason);
        Ok(())
    }

    /// Adds the claim of `end` about `target`, unless the record states it already.
    pub fn claim(&mut self, log: &Log, end: RelationEnd<'_>, target: &RecordLink) {
        let RelationEnd { record, claim } = end;
        let is_stated = log.relations(record).any(|(relation, other)| {
            other.is_some() && other == target.record() && relation.kind == claim.kind
        });
        if is_stated {
            return;
        }
        let (kind, verb, target) = (claim.kind, claim.verb.clone(), target.clone());
        let new_relation = NewRelation { kind, verb, target };
        let relations = &mut self.by_record.entry(record).or_default().relations;
        if !relations.contains(&new_relation) {
            relations.push(new_relation);
        }
    }

    /// Adds a relation to both of its records.
    ///
    /// # Errors
    ///
    /// If both ends are the same record.
    pub fn relate(&mut self, log: &Log, from: RelationEnd<'_>, to: RelationEnd<'_>) -> Result<()> {
        if from.record == to.record {
            return Err(Refusal::Itself { label: log.record(from.record).label() }.into());
        }
        for (end, other) in [(from, to.record), (to, from.record)] {
            self.claim(log, end, &RecordLink::of(log, other));
        }
        Ok(())
    }

    /// Supersedes `old` by `new`: sets the status of `old` and adds both relations.
    ///
    /// # Errors
    ///
    /// If `old` may not be superseded, if both are the same record, or if `old` is a successor of `new`.
    pub fn supersede(
        &mut self,
        log: &Log,
        old: RecordId,
        new: RecordId,
        rules: &Rules<'_>,
    ) -> Result<()> {
        let supersedes = RelationClaim::of(RelationKind::Supersedes);
        let superseded_by = RelationClaim::of(RelationKind::SupersededBy);
        let new_end = RelationEnd { record: new, claim: &supersedes };
        self.relate(log, new_end, RelationEnd { record: old, claim: &superseded_by })?;
        if let Some(chain) = successor_chain(log, new, old) {
            let label = |id: RecordId| log.record(id).label();
            let chain = chain.into_iter().map(label).collect();
            return Err(Refusal::Circle { old: label(old), new: label(new), chain }.into());
        }
        self.status(log, old, &Status::from(Lifecycle::Superseded), rules)
    }

    /// Returns the changes of the files, in log order; none for a record that states all of this already.
    ///
    /// # Errors
    ///
    /// If a record is written in a way that cannot be changed safely.
    pub fn changes(self, log: &Log, rules: &Rules<'_>) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (id, NewStatements { status, reason, relations }) in self.by_record {
            let record = log.record(id);
            let revision = Revision { status, relations, reason, date: rules.date };
            let translated = in_record_language(record, &revision, rules.words);
            let translated_edits =
                translated.map(|translated| revise_stepwise(record, &translated, rules.words));
            let edits = match translated_edits {
                Some(Ok(edits)) => edits,
                // English words are read in every record.
                _ => revise_stepwise(record, &revision, rules.words)?,
            };
            let allowed = allowed_changes(record, &revision, rules.words);
            let guard = Guard { words: rules.words, allowed: &allowed };
            changes.extend(guard.change(record, edits)?);
        }
        Ok(changes)
    }
}

/// The revision in the language of the record; `None` if no word differs.
fn in_record_language(record: &Record, revision: &Revision, words: &Words) -> Option<Revision> {
    let superseded = RequestedStatus::from(Lifecycle::Superseded);
    let has_usual_words = |new: &NewRelation| new.verb == RelationClaim::of(new.kind).verb;
    if revision.status.as_ref() != Some(&superseded)
        && !revision.relations.iter().any(has_usual_words)
    {
        return None;
    }
    let wording = wording(record, words)?;
    let mut translated = revision.clone();
    if let Some(status) = translated.status.as_mut().filter(|status| **status == superseded) {
        status.word.clone_from(&wording.superseded);
        status.by_phrase.clone_from(&wording.superseded_by);
    }
    for new in translated.relations.iter_mut().filter(|new| has_usual_words(new)) {
        match new.kind {
            RelationKind::SupersededBy => new.verb = capitalized(&wording.superseded_by),
            RelationKind::Supersedes => new.verb = capitalized(&wording.supersedes),
            _ => {}
        }
    }
    Some(translated)
}

/// The shortest chain of successors from `from` to `to`, both included; `None` if there is none. A breadth-first
/// search.
fn successor_chain(log: &Log, from: RecordId, to: RecordId) -> Option<Vec<RecordId>> {
    let mut predecessors: BTreeMap<RecordId, Option<RecordId>> = BTreeMap::from([(from, None)]);
    let mut queue = VecDeque::from([from]);
    while let Some(id) = queue.pop_front() {
        if id == to {
            let predecessor = |id: &RecordId| predecessors.get(id).copied().flatten();
            let mut chain: Vec<RecordId> = std::iter::successors(Some(id), predecessor).collect();
            chain.reverse();
            return Some(chain);
        }
        for successor in log.successors(id) {
            predecessors.entry(*successor).or_insert_with(|| {
                queue.push_back(*successor);
                Some(id)
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Revisions, Rules};
    use crate::author::testing::{after, log, words};
    use crate::author::{RelationClaim, RelationEnd};
    use crate::model::{Date, RecordId, RelationKind};

    const NYGARD: &str = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nx\n";
    const MADR: &str =
        "---\nstatus: accepted\n---\n\n# B\n\n## Context and Problem Statement\n\nx\n";

    fn end(record: RecordId, claim: &RelationClaim) -> RelationEnd<'_> {
        RelationEnd { record, claim }
    }

    fn two() -> (crate::model::Log, RecordId, RecordId) {
        let log = log(&[("0001-a.md", NYGARD), ("0002-b.md", MADR)]);
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        (log, ids[0], ids[1])
    }

    #[test]
    fn both_records_state_the_relation_in_their_layout() {
        let (log, old, new) = two();
        let words = words();
        let rules =
            Rules { words: &words, transitions: None, date: Date::day(2026, 3, 1).unwrap() };
        let mut revisions = Revisions::default();
        revisions.supersede(&log, old, new, &rules).unwrap();
        let changes = revisions.changes(&log, &rules).unwrap();
        let (one, other) = (after(&log, "0001-a.md", &changes), after(&log, "0002-b.md", &changes));
        assert_eq!(one, NYGARD.replace("Accepted", "Superseded by [ADR-0002](0002-b.md)"));
        assert_eq!(other, MADR.replace("accepted\n", "accepted\nsupersedes: ADR-0001\n"));
    }

    #[test]
    fn a_relation_is_added_and_changes_no_status() {
        let (log, old, new) = two();
        let words = words();
        let rules =
            Rules { words: &words, transitions: None, date: Date::day(2026, 3, 1).unwrap() };
        let (claim, reverse) =
            (RelationClaim::of(RelationKind::Amends), RelationClaim::of(RelationKind::AmendedBy));
        let mut revisions = Revisions::default();
        revisions.relate(&log, end(new, &claim), end(old, &reverse)).unwrap();
        let changes = revisions.changes(&log, &rules).unwrap();
        let amended =
            NYGARD.replace("Accepted\n", "Accepted\n\nAmended by [ADR-0002](0002-b.md)\n");
        assert_eq!(after(&log, "0001-a.md", &changes), amended);
        let error =
            Revisions::default().relate(&log, end(old, &claim), end(old, &reverse)).unwrap_err();
        assert_eq!(error.to_string(), "ADR-0001 cannot be related to itself");
    }
}
