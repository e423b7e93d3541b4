//! Changes that concern several records at once: both ends of a relation say the same.

use std::collections::{BTreeMap, VecDeque};

use crate::author::edits::capital;
use crate::author::fields::tidy;
use crate::author::guard::Guard;
use crate::author::naming::Target;
use crate::author::status::{NewRelation, RequestedStatus, Revision, revise_stepwise, scope};
use crate::format::{Words, wording};
use crate::model::{Date, Lifecycle, Log, Record, RecordId, RelationKind, Status, Transitions};
use crate::text::Change;
use crate::{Refusal, Result};

/// What the changes of a log depend on, beside the log.
#[derive(Debug)]
pub struct Rules<'r> {
    /// The words of the field and of the team.
    pub words: &'r Words,
    /// Which status may follow which; `None` where that is overridden.
    pub transitions: Option<&'r Transitions>,
    /// The day of the change.
    pub date: Date,
}

/// What one record says about another.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its kind.
    pub kind: RelationKind,
    /// The words for it, with a capital.
    pub verb: String,
}

impl Claim {
    /// The claim in our words.
    pub fn of(kind: RelationKind) -> Self {
        Self { kind, verb: capital(&kind.as_str().replace('-', " ")) }
    }

    /// The claim that `verb` makes, in these words; of kind *other* where nobody knows them.
    pub fn in_words(verb: &str, words: &Words) -> Self {
        let verb = verb.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = words.relation(&verb).filter(|kind| *kind != RelationKind::Other);
        match known {
            // Keys such as `relates-to` are read, and the words are written.
            Some(kind) if verb.to_lowercase() == kind.as_str() => Self::of(kind),
            kind => Self { kind: kind.unwrap_or(RelationKind::Other), verb: capital(&verb) },
        }
    }
}

/// Revisions of the records of a log, collected.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    by_record: BTreeMap<RecordId, Parts>,
}

#[derive(Clone, Debug, Default)]
struct Parts {
    status: Option<RequestedStatus>,
    reason: Option<String>,
    relations: Vec<NewRelation>,
}

impl Revisions {
    /// Gives a record another status.
    ///
    /// # Errors
    ///
    /// Where the status cannot follow the one that it has.
    pub fn status(
        &mut self,
        log: &Log,
        id: RecordId,
        status: &Status,
        rules: &Rules<'_>,
    ) -> Result<()> {
        self.status_in_words(log, id, &status.clone().into(), rules)
    }

    /// The same in the words that were asked for.
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
        let by = log.successors(id);
        // Those who took its place would go on saying so.
        if record.is(Lifecycle::Superseded) && !status.is(Lifecycle::Superseded) && !by.is_empty() {
            let by = by.iter().map(|by| log.record(*by).label()).collect();
            let (label, to) = (record.label(), status.word.to_string());
            return Err(Refusal::StillSuperseded { label, to, by }.into());
        }
        if let Some(transitions) = rules.transitions {
            transitions.check(&record.label(), record.status(), status)?;
        }
        self.by_record.entry(id).or_default().status = Some(requested.clone());
        Ok(())
    }

    /// Lets a record say why it has its status; put beside the status, in one line.
    ///
    /// # Errors
    ///
    /// Where the reason is blank.
    pub fn reason(&mut self, id: RecordId, reason: &str) -> Result<()> {
        let reason = tidy(reason);
        if reason.is_empty() {
            let (what, reason) = ("the reason".to_owned(), "it is blank".to_owned());
            return Err(Refusal::BadInput { what, reason }.into());
        }
        self.by_record.entry(id).or_default().reason = Some(reason);
        Ok(())
    }

    /// Lets `from` make `claim` about `target`, unless it does so already.
    pub fn claim(
        &mut self,
        log: &Log,
        from: RecordId,
        claim: &Claim,
        target: (Option<RecordId>, &Target),
    ) {
        let (to, target) = target;
        let known = log
            .relations(from)
            .any(|(relation, other)| other.is_some() && other == to && relation.kind == claim.kind);
        if known {
            return;
        }
        let (kind, verb, target) = (claim.kind, claim.verb.clone(), target.clone());
        let new = NewRelation { kind, verb, target };
        let relations = &mut self.by_record.entry(from).or_default().relations;
        // Asking twice is asking once.
        if !relations.contains(&new) {
            relations.push(new);
        }
    }

    /// Lets both records of `log` say of the other how they stand to each other.
    ///
    /// # Errors
    ///
    /// Where they are the same record.
    pub fn relate(
        &mut self,
        log: &Log,
        (from, claim): (RecordId, &Claim),
        (to, reverse): (RecordId, &Claim),
    ) -> Result<()> {
        if from == to {
            return Err(Refusal::Itself { label: log.record(from).label() }.into());
        }
        self.claim(log, from, claim, (Some(to), &Target::of(log, to)));
        self.claim(log, to, reverse, (Some(from), &Target::of(log, from)));
        Ok(())
    }

    /// Lets `new` take the place of `old`: both statuses and both relations.
    ///
    /// # Errors
    ///
    /// Where `old` may not be superseded, both are the same record, or `old` took the place of `new`
    /// before.
    pub fn supersede(
        &mut self,
        log: &Log,
        old: RecordId,
        new: RecordId,
        rules: &Rules<'_>,
    ) -> Result<()> {
        let claim = Claim::of(RelationKind::Supersedes);
        let reverse = Claim::of(RelationKind::SupersededBy);
        self.relate(log, (new, &claim), (old, &reverse))?;
        if let Some(chain) = chain(log, new, old) {
            let label = |id: RecordId| log.record(id).label();
            let chain = chain.into_iter().map(label).collect();
            return Err(Refusal::Circle { old: label(old), new: label(new), chain }.into());
        }
        self.status(log, old, &Status::from(Lifecycle::Superseded), rules)
    }

    /// The changes to the files, in log order; none for a record that says all this already.
    ///
    /// # Errors
    ///
    /// Where a record is written in a way that cannot be changed without harm.
    pub fn changes(self, log: &Log, rules: &Rules<'_>) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (id, parts) in self.by_record {
            let record = log.record(id);
            let Parts { status, reason, relations } = parts;
            let revision = Revision { status, relations, reason, date: rules.date };
            let own = in_own_language(record, &revision, rules.words);
            let own = own.map(|own| revise_stepwise(record, &own, rules.words));
            let edits = match own {
                Some(Ok(edits)) => edits,
                // English is read everywhere.
                _ => revise_stepwise(record, &revision, rules.words)?,
            };
            let scope = scope(record, &revision, rules.words);
            let guard = Guard { words: rules.words, scope: &scope };
            changes.extend(guard.change(record, edits)?);
        }
        Ok(changes)
    }
}

/// The same in the words of the language that the record is in; `None` if there is nothing to say in other words.
fn in_own_language(record: &Record, revision: &Revision, words: &Words) -> Option<Revision> {
    let usual = RequestedStatus::from(Lifecycle::Superseded);
    let is_of_ends = |new: &NewRelation| new.verb == Claim::of(new.kind).verb;
    if revision.status.as_ref() != Some(&usual) && !revision.relations.iter().any(is_of_ends) {
        return None;
    }
    let wording = wording(record, words)?;
    let mut own = revision.clone();
    if let Some(status) = own.status.as_mut().filter(|status| **status == usual) {
        status.word.clone_from(&wording.superseded);
        status.by.clone_from(&wording.superseded_by);
    }
    for new in own.relations.iter_mut().filter(|new| is_of_ends(new)) {
        match new.kind {
            RelationKind::SupersededBy => new.verb = capital(&wording.superseded_by),
            RelationKind::Supersedes => new.verb = capital(&wording.supersedes),
            _ => {}
        }
    }
    Some(own)
}

/// The shortest way from `from` by way of successors to `to`, both included; `None` where none leads
/// there.
fn chain(log: &Log, from: RecordId, to: RecordId) -> Option<Vec<RecordId>> {
    let mut before: BTreeMap<RecordId, Option<RecordId>> = BTreeMap::from([(from, None)]);
    let mut open = VecDeque::from([from]);
    while let Some(id) = open.pop_front() {
        if id == to {
            let step = |id: &RecordId| before.get(id).copied().flatten();
            let mut way: Vec<RecordId> = std::iter::successors(Some(id), step).collect();
            way.reverse();
            return Some(way);
        }
        for next in log.successors(id) {
            before.entry(*next).or_insert_with(|| {
                open.push_back(*next);
                Some(id)
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Claim, Revisions, Rules};
    use crate::author::testing::{after, log, words};
    use crate::model::{Date, RecordId, RelationKind};

    const NYGARD: &str = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nx\n";
    const MADR: &str =
        "---\nstatus: accepted\n---\n\n# B\n\n## Context and Problem Statement\n\nx\n";

    fn two() -> (crate::model::Log, RecordId, RecordId) {
        let log = log(&[("0001-a.md", NYGARD), ("0002-b.md", MADR)]);
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        (log, ids[0], ids[1])
    }

    #[test]
    fn both_ends_say_the_same_each_in_its_layout() {
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
            (Claim::of(RelationKind::Amends), Claim::of(RelationKind::AmendedBy));
        let mut revisions = Revisions::default();
        revisions.relate(&log, (new, &claim), (old, &reverse)).unwrap();
        let changes = revisions.changes(&log, &rules).unwrap();
        let amended =
            NYGARD.replace("Accepted\n", "Accepted\n\nAmended by [ADR-0002](0002-b.md)\n");
        assert_eq!(after(&log, "0001-a.md", &changes), amended);
        let error = Revisions::default().relate(&log, (old, &claim), (old, &reverse)).unwrap_err();
        assert_eq!(error.to_string(), "ADR-0001 cannot be related to itself");
    }
}
