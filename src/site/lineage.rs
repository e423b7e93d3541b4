//! The line of succession that a record stands in.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Site;
use super::view::Reference;
use crate::model::RecordId;

/// The records that are equally far from the one in question.
#[derive(Debug, Serialize)]
pub(super) struct Generation<'s> {
    records: Vec<Reference<'s>>,
    /// Whether it is the record itself.
    is_this: bool,
}

/// How far a line is followed in each direction; the banner names what is in force, however far.
const REACH: usize = 4;

/// How many records of one generation are shown: all pages of a log together must not show each record on each.
const BREADTH: usize = 50;

/// The predecessors of a record, itself, and its successors, the oldest first; nothing where it
/// has neither.
pub(super) fn lineage<'s>(site: &'s Site<'_>, id: RecordId) -> Vec<Generation<'s>> {
    let mut seen = BTreeSet::from([id]);
    let mut line = follow(&mut seen, id, |id| site.log.predecessors(id));
    line.reverse();
    let before = line.len();
    line.push(vec![id]);
    line.extend(follow(&mut seen, id, |id| site.log.successors(id).to_vec()));
    if line.len() == 1 {
        return Vec::new();
    }
    let generations = line.into_iter().enumerate();
    generations
        .map(|(at, ids)| Generation { records: site.references(ids), is_this: at == before })
        .collect()
}

/// The generations from `id` on, each record in the first one that it belongs to.
fn follow(
    seen: &mut BTreeSet<RecordId>,
    id: RecordId,
    next: impl Fn(RecordId) -> Vec<RecordId>,
) -> Vec<Vec<RecordId>> {
    let mut line = Vec::new();
    let mut last = vec![id];
    for _ in 0..REACH {
        let mut generation: Vec<RecordId> = last.iter().flat_map(|id| next(*id)).collect();
        generation.retain(|id| seen.insert(*id));
        if generation.is_empty() {
            break;
        }
        generation.truncate(BREADTH);
        line.push(generation.clone());
        last = generation;
    }
    line
}
