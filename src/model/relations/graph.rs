//! The relations between the records of a log, resolved once for all questions about them.

use std::sync::{Arc, OnceLock};

use crate::model::lookup::RecordIndex;
use crate::model::{Lifecycle, Record, RecordId, Relation, RelationKind};
use crate::syntax::Link;

/// The targets of a record's relations, sorted, each with the index of the relation.
type SortedTargets = Box<[(RecordId, usize)]>;

/// A relation, seen from the record that it points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) struct IncomingRelation {
    /// The record that states it.
    from: RecordId,
    /// Its index in [`Record::relations`].
    relation: usize,
}

/// The resolved relations of a log.
#[derive(Debug)]
pub(in crate::model) struct RelationGraph {
    /// For each relation of each record, the record that it means.
    targets: Vec<Vec<Option<RecordId>>>,
    incoming: Vec<Vec<IncomingRelation>>,
    /// The records that replaced each record.
    pub(in crate::model) successors: Vec<Vec<RecordId>>,
    /// The ends of the chains of successors that start at each record, computed on first use.
    pub(in crate::model) chain_ends: OnceLock<Vec<Arc<[RecordId]>>>,
    /// Whether each record is in force.
    pub(in crate::model) in_force: Vec<bool>,
    pub(in crate::model) index: RecordIndex,
    /// The sorted targets of each record's relations, computed on first use, because many records may ask about one
    /// with many relations.
    by_target: Vec<OnceLock<SortedTargets>>,
    /// The links of each record, read on first use.
    pub(in crate::model) links: Vec<OnceLock<Box<[Link]>>>,
}

impl RelationGraph {
    pub(in crate::model) fn new(records: &[Record]) -> Self {
        let index = RecordIndex::new(records);
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
                if let Some(incoming_of_target) =
                    target.and_then(|RecordId(to)| incoming.get_mut(to))
                {
                    incoming_of_target.push(IncomingRelation { from: RecordId(from), relation });
                }
            }
        }
        let links = records.iter().map(|_| OnceLock::new()).collect();
        let by_target = records.iter().map(|_| OnceLock::new()).collect();
        let mut graph = Self {
            targets,
            incoming,
            successors: Vec::new(),
            chain_ends: OnceLock::new(),
            in_force: Vec::new(),
            index,
            by_target,
            links,
        };
        let record_ids = (0..records.len()).map(RecordId);
        graph.successors = record_ids.map(|id| graph.successors_of(records, id)).collect();
        let with_successors = records.iter().zip(&graph.successors);
        graph.in_force = with_successors
            .map(|(record, successors)| record.is(Lifecycle::Accepted) && successors.is_empty())
            .collect();
        graph
    }

    /// Every relation of the record with the record that it means.
    pub(in crate::model) fn relations<'r>(
        &self,
        records: &'r [Record],
        RecordId(index): RecordId,
    ) -> impl Iterator<Item = (&'r Relation, Option<RecordId>)> {
        let targets = self.targets.get(index).into_iter().flatten().copied();
        records.get(index).into_iter().flat_map(|record| &record.relations).zip(targets)
    }

    /// The targets of a record's relations, sorted, each with the index of the relation.
    pub(in crate::model) fn by_target(&self, RecordId(index): RecordId) -> &[(RecordId, usize)] {
        let (Some(by_target), Some(targets)) = (self.by_target.get(index), self.targets.get(index))
        else {
            return &[];
        };
        by_target.get_or_init(|| {
            let targets = targets.iter().enumerate();
            let mut sorted_targets: Vec<(RecordId, usize)> =
                targets.filter_map(|(relation, target)| Some(((*target)?, relation))).collect();
            sorted_targets.sort_unstable();
            sorted_targets.into()
        })
    }

    /// The relations of other records to this one.
    pub(in crate::model) fn incoming<'r>(
        &self,
        records: &'r [Record],
        RecordId(at): RecordId,
    ) -> impl Iterator<Item = (RecordId, &'r Relation)> {
        self.incoming.get(at).into_iter().flatten().filter_map(|incoming| {
            let relation = records.get(incoming.from.0)?.relations.get(incoming.relation)?;
            Some((incoming.from, relation))
        })
    }

    /// See [`Log::successors`](crate::model::Log::successors).
    fn successors_of(&self, records: &[Record], id: RecordId) -> Vec<RecordId> {
        let undecided_states = [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Rejected];
        let is_undecided = |record: &Record| undecided_states.iter().any(|state| record.is(*state));
        self.neighbours(records, id, RelationKind::SupersededBy, |RecordId(from)| {
            !records.get(from).is_some_and(is_undecided)
        })
    }

    /// The records that are in the relation `kind` to this one, whichever of the two states it.
    /// `is_trusted` decides whether the statement of another record counts.
    pub(in crate::model) fn neighbours(
        &self,
        records: &[Record],
        id: RecordId,
        kind: RelationKind,
        is_trusted: impl Fn(RecordId) -> bool,
    ) -> Vec<RecordId> {
        let outgoing = self.relations(records, id).filter(|(relation, _)| relation.kind == kind);
        let outgoing = outgoing.filter_map(|(_, target)| target);
        let inverse = kind.inverse();
        let incoming = self.incoming(records, id).filter(|(_, relation)| relation.kind == inverse);
        let incoming = incoming.map(|(from, _)| from).filter(|from| is_trusted(*from));
        let mut neighbours: Vec<_> =
            outgoing.chain(incoming).filter(|other| *other != id).collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        neighbours
    }
}
