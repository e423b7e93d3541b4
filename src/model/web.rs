//! What connects the records of a log, found once for all that is asked about them.

use std::sync::{Arc, OnceLock};

use super::log::Incoming;
use super::reference::Index;
use super::{Lifecycle, Record, RecordId, Relation, RelationKind};
use crate::syntax::Link;

/// The targets of a record's relations, sorted, with the places of the relations.
type About = Box<[(RecordId, usize)]>;

/// What connects the records of a log.
#[derive(Debug)]
pub(super) struct Web {
    /// For every record, for every one of its relations: the record that it means.
    pub(super) targets: Vec<Vec<Option<RecordId>>>,
    pub(super) incoming: Vec<Vec<Incoming>>,
    /// What took the place of every record.
    pub(super) successors: Vec<Vec<RecordId>>,
    /// Where the chains of successors end that begin at every record, found when that is first asked for.
    pub(super) ends: OnceLock<Vec<Arc<[RecordId]>>>,
    /// Whether every record is in force.
    pub(super) in_force: Vec<bool>,
    pub(super) index: Index,
    /// For every record the targets of its relations in log order, each with the place of the relation; made when
    /// they are first asked for: many records may ask about one that says much.
    pub(super) about: Vec<OnceLock<About>>,
    /// The links of every record, read when they are first asked for.
    pub(super) links: Vec<OnceLock<Box<[Link]>>>,
}

impl Web {
    pub(super) fn new(records: &[Record]) -> Self {
        let index = Index::new(records);
        let targets: Vec<Vec<_>> = records
            .iter()
            .map(|record| {
                let resolve = |relation: &Relation| index.resolve(record, &relation.reference);
                record.relations.iter().map(resolve).collect()
            })
            .collect();
        let mut incoming = vec![Vec::new(); records.len()];
        for (from, targets) in targets.iter().enumerate() {
            for (relation, target) in targets.iter().enumerate() {
                if let Some(list) = target.and_then(|RecordId(to)| incoming.get_mut(to)) {
                    list.push(Incoming { from: RecordId(from), relation });
                }
            }
        }
        let links = records.iter().map(|_| OnceLock::new()).collect();
        let about = records.iter().map(|_| OnceLock::new()).collect();
        let (successors, in_force, ends) = (Vec::new(), Vec::new(), OnceLock::new());
        let mut web = Self { targets, incoming, successors, ends, in_force, index, about, links };
        let all = 0..records.len();
        web.successors = all.map(|at| web.succeeding(records, RecordId(at))).collect();
        let all = records.iter().zip(&web.successors);
        web.in_force = all
            .map(|(record, successors)| record.is(Lifecycle::Accepted) && successors.is_empty())
            .collect();
        web
    }

    /// Every relation of the record with the record that it means.
    pub(super) fn relations<'r>(
        &self,
        records: &'r [Record],
        RecordId(at): RecordId,
    ) -> impl Iterator<Item = (&'r Relation, Option<RecordId>)> {
        let targets = self.targets.get(at).into_iter().flatten().copied();
        records.get(at).into_iter().flat_map(|record| &record.relations).zip(targets)
    }

    /// The targets of a record's relations, sorted, with the places of the relations.
    pub(super) fn about(&self, RecordId(at): RecordId) -> &[(RecordId, usize)] {
        let (Some(about), Some(targets)) = (self.about.get(at), self.targets.get(at)) else {
            return &[];
        };
        about.get_or_init(|| {
            let targets = targets.iter().enumerate();
            let mut all: Vec<(RecordId, usize)> =
                targets.filter_map(|(relation, target)| Some(((*target)?, relation))).collect();
            all.sort_unstable();
            all.into()
        })
    }

    /// What other records say about this one.
    pub(super) fn incoming<'r>(
        &self,
        records: &'r [Record],
        RecordId(at): RecordId,
    ) -> impl Iterator<Item = (RecordId, &'r Relation)> {
        self.incoming.get(at).into_iter().flatten().filter_map(|incoming| {
            let relation = records.get(incoming.from.0)?.relations.get(incoming.relation)?;
            Some((incoming.from, relation))
        })
    }

    /// See [`Log::successors`](super::Log::successors).
    fn succeeding(&self, records: &[Record], id: RecordId) -> Vec<RecordId> {
        let undecided = [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Rejected];
        let is_undecided = |record: &Record| undecided.iter().any(|state| record.is(*state));
        self.neighbours(records, id, RelationKind::SupersededBy, |RecordId(from)| {
            !records.get(from).is_some_and(is_undecided)
        })
    }

    /// The records that are in the relation `kind` to this one, no matter which of the two says so.
    /// `believed` decides whether the claim of another record counts.
    pub(super) fn neighbours(
        &self,
        records: &[Record],
        id: RecordId,
        kind: RelationKind,
        believed: impl Fn(RecordId) -> bool,
    ) -> Vec<RecordId> {
        let own = self.relations(records, id).filter(|(relation, _)| relation.kind == kind);
        let own = own.filter_map(|(_, target)| target);
        let inverse = kind.inverse();
        let others = self.incoming(records, id).filter(|(_, relation)| relation.kind == inverse);
        let others = others.map(|(from, _)| from).filter(|from| believed(*from));
        let mut found: Vec<_> = own.chain(others).filter(|other| *other != id).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
