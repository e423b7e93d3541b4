//! The decision log: all records in order, with the relations between them resolved.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use super::lookup::{Lookup, find, has_name};
use super::relations::{RelationGraph, chain_ends};
use super::translations::without_translations;
use super::{
    DateOrder, DateStatement, Record, RecordId, Relation, RelationKind, Skipped, file_order,
};
use crate::syntax::{Link, links};

/// All records of a folder, sorted by file name with runs of digits compared
/// as numbers, so that `adr-9.md` comes before `adr-10.md`.
#[derive(Debug, Default)]
pub struct Log {
    records: Vec<Record>,
    skipped: Vec<Skipped>,
    /// Built on first use: a plain list of the records does not need it.
    graph: OnceLock<RelationGraph>,
}

/// Resolves the destinations of links in one record.
#[derive(Debug)]
pub struct LinkMeanings<'l> {
    log: &'l Log,
    from: RecordId,
    /// The records that relations mean by their destinations.
    related: HashMap<&'l str, Option<RecordId>>,
}

impl LinkMeanings<'_> {
    /// Returns the record that a link leads to, else the one that a relation with the same destination means.
    pub fn of(&self, destination: &str) -> Option<RecordId> {
        let related_record = || self.related.get(destination).copied().flatten();
        self.log.linked(self.from, destination).or_else(related_record)
    }
}

impl Log {
    /// Orders `records` and decides what depends on the whole log.
    pub fn new(mut records: Vec<Record>, mut skipped: Vec<Skipped>) -> Self {
        skipped.extend(without_translations(&mut records));
        records.sort_by(|a, b| file_order(&a.file, &b.file));
        skipped.sort_by(|a, b| a.file.cmp(&b.file));
        settle_dates(&mut records);
        Self { records, skipped, graph: OnceLock::new() }
    }

    /// Keeps only the records that `keep` accepts, as if the others had never been written.
    #[must_use]
    pub fn only(self, keep: impl Fn(&Record) -> bool) -> Self {
        let records = self.records.into_iter().filter(keep).collect();
        Self { records, skipped: self.skipped, graph: OnceLock::new() }
    }

    fn graph(&self) -> &RelationGraph {
        self.graph.get_or_init(|| RelationGraph::new(&self.records))
    }

    /// All records, in log order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// All records with their ids, in log order.
    pub fn iter(&self) -> impl Iterator<Item = (RecordId, &Record)> + Clone {
        self.records.iter().enumerate().map(|(index, record)| (RecordId(index), record))
    }

    /// The files that are not records, by path.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The record with an id of this log.
    ///
    /// # Panics
    ///
    /// If `id` comes from another, longer log.
    #[expect(clippy::indexing_slicing, reason = "ids are made by this log, for its own records")]
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0]
    }

    /// The records before and after this one, in log order.
    pub fn adjacent(&self, id: RecordId) -> (Option<RecordId>, Option<RecordId>) {
        let exists = |at: &usize| *at < self.records.len();
        let next = id.0.checked_add(1).filter(exists);
        (id.0.checked_sub(1).map(RecordId), next.map(RecordId))
    }

    /// Every relation of the record with the record that it means; `None` for a dangling relation.
    pub fn relations(&self, id: RecordId) -> impl Iterator<Item = (&Relation, Option<RecordId>)> {
        self.graph().relations(&self.records, id)
    }

    /// The relations of the record to another one, in the order of its text.
    pub fn relations_to(
        &self,
        id: RecordId,
        other: RecordId,
    ) -> impl Iterator<Item = &Relation> + use<'_> {
        let relations = self.records.get(id.0).map_or(&[][..], |record| &record.relations);
        let by_target = self.graph().by_target(id);
        let first_match = by_target.partition_point(|(target, _)| *target < other);
        let remaining_targets = by_target.get(first_match..).unwrap_or_default().iter();
        let matches = remaining_targets.take_while(move |(target, _)| *target == other);
        matches.filter_map(|(_, index)| relations.get(*index))
    }

    /// The relations of other records (and, by mistake, of itself) to this one, in log order.
    pub fn incoming(&self, id: RecordId) -> impl Iterator<Item = (RecordId, &Relation)> {
        self.graph().incoming(&self.records, id)
    }

    /// The links and images of the record's text, in order. They are read once.
    pub fn links(&self, id: RecordId) -> &[Link] {
        let record = self.record(id);
        let read_links = || links(&record.document, record.text()).into();
        self.graph().links.get(id.0).map_or(&[], |cached| cached.get_or_init(read_links))
    }

    /// The record that the path of a link in `from` leads to. `None` for a web address, which may
    /// lead to a record of another project.
    pub fn linked(&self, from: RecordId, destination: &str) -> Option<RecordId> {
        self.graph().index.linked(self.record(from), destination)
    }

    /// Whether the path of a link in the record `from` leads out of the folder of the log, judged by folder names alone.
    pub fn leads_out(&self, from: RecordId, destination: &str) -> bool {
        self.graph().index.leads_out(self.record(from), destination)
    }

    /// Whether the path of a link in `file`, which is outside of the log, leads past the log.
    pub fn leads_past(&self, file: &Path, destination: &str) -> bool {
        self.graph().index.leads_past(file, destination)
    }

    /// Prepares to resolve several link destinations in the record `from`.
    pub fn link_meanings(&self, from: RecordId) -> LinkMeanings<'_> {
        let mut related = HashMap::new();
        for (relation, target) in self.relations(from) {
            if let Some(destination) = &relation.reference.destination {
                related.entry(destination.as_str()).or_insert(target);
            }
        }
        LinkMeanings { log: self, from, related }
    }

    /// The records that replaced this one: those that it names, and decided ones that claim to
    /// replace it. In log order, each once, never the record itself.
    pub fn successors(&self, id: RecordId) -> &[RecordId] {
        self.graph().successors.get(id.0).map_or(&[], Vec::as_slice)
    }

    /// The records that this one replaced, in log order, each once.
    pub fn predecessors(&self, id: RecordId) -> Vec<RecordId> {
        self.graph().neighbours(&self.records, id, RelationKind::Supersedes, |_| true)
    }

    /// Whether the decision applies today: its status means accepted, and no record
    /// replaced it as a whole.
    pub fn in_force(&self, id: RecordId) -> bool {
        self.graph().in_force.get(id.0).is_some_and(|in_force| *in_force)
    }

    /// The records at the ends of all chains of successors that start at this one, in log order:
    /// what to follow instead of it. Empty for a record without a successor, and for a cycle.
    pub fn current(&self, id: RecordId) -> &[RecordId] {
        if self.successors(id).is_empty() {
            return &[];
        }
        let graph = self.graph();
        let ends = graph.chain_ends.get_or_init(|| chain_ends(&graph.successors));
        ends.get(id.0).map_or(&[], AsRef::as_ref)
    }

    /// Finds the record that a user means by `query`: a number, an id, a path, a file name, a part of
    /// one, words of the title, `@last` or `@proposed`.
    pub fn find(&self, query: &str) -> Lookup {
        find(&self.graph().index, &self.records, query)
    }

    /// Whether `text` is the id or number of a record, or the beginning of a file's name.
    pub fn has_name(&self, text: &str) -> bool {
        has_name(&self.graph().index, text)
    }
}

/// Reads ambiguous dates in the order of the unambiguous ones, if these agree.
fn settle_dates(records: &mut [Record]) {
    let orders: Vec<DateOrder> = records
        .iter()
        .filter_map(|record| match record.date.as_ref()?.value {
            DateStatement::InOrder { order, .. } => Some(order),
            _ => None,
        })
        .collect();
    let Some((first, other_orders)) = orders.split_first() else { return };
    if other_orders.iter().all(|other| other == first) {
        for date in records.iter_mut().filter_map(|record| record.date.as_mut()) {
            date.value = date.value.settled(*first);
        }
    }
}
