//! The succession of a record: its predecessors and successors.

use std::collections::BTreeSet;

use serde::Serialize;

use super::view::RecordLink;
use crate::model::RecordId;
use crate::site::plan::Facts;

/// The records at the same distance from the record of the page.
#[derive(Debug, Serialize)]
pub(crate) struct Generation<'s> {
    records: Vec<RecordLink<'s>>,
    /// Whether it is the record of the page.
    is_this: bool,
}

/// The number of generations in each direction; the banner names the decisions in force at any distance.
const MAX_GENERATIONS: usize = 4;

/// The maximum number of records in a generation. Without a limit, the size of all pages together could grow
/// with the square of the log.
const MAX_RECORDS: usize = 50;

/// The predecessors of a record, the record, and its successors, oldest first; empty if it has neither.
pub(crate) fn lineage<'s>(facts: &'s Facts<'_>, id: RecordId) -> Vec<Generation<'s>> {
    let mut seen = BTreeSet::from([id]);
    let mut generations = follow(&mut seen, id, |id| facts.log.predecessors(id));
    generations.reverse();
    let own_index = generations.len();
    generations.push(vec![id]);
    generations.extend(follow(&mut seen, id, |id| facts.log.successors(id).to_vec()));
    if generations.len() == 1 {
        return Vec::new();
    }
    let view = |(index, ids): (usize, Vec<RecordId>)| Generation {
        records: facts.links(ids),
        is_this: index == own_index,
    };
    generations.into_iter().enumerate().map(view).collect()
}

/// The generations after `id`, each record in the first one that it belongs to.
fn follow(
    seen: &mut BTreeSet<RecordId>,
    id: RecordId,
    next: impl Fn(RecordId) -> Vec<RecordId>,
) -> Vec<Vec<RecordId>> {
    let mut generations = Vec::new();
    let mut last_generation = vec![id];
    for _ in 0..MAX_GENERATIONS {
        let candidates = last_generation.iter().flat_map(|id| next(*id));
        let mut generation: Vec<RecordId> = candidates.collect();
        generation.retain(|id| seen.insert(*id));
        if generation.is_empty() {
            break;
        }
        generation.truncate(MAX_RECORDS);
        generations.push(generation.clone());
        last_generation = generation;
    }
    generations
}
