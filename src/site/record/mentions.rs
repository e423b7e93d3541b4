//! Mentions: records that link to a record in running text.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::model::RecordId;
use crate::site::plan::Facts;

/// For every record, the records that link to it in running text and state no relation to it, in log order.
pub(crate) fn find_mentions(facts: &Facts<'_>) -> BTreeMap<RecordId, Vec<RecordId>> {
    let ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
    let targets_by_record: Vec<Vec<RecordId>> =
        ids.par_iter().map(|id| mentioned_records(facts, *id)).collect();
    let mut mentions: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for (id, targets) in ids.iter().zip(targets_by_record) {
        for target in targets {
            mentions.entry(target).or_default().push(*id);
        }
    }
    mentions
}

/// The records that a record mentions, each once.
fn mentioned_records(facts: &Facts<'_>, id: RecordId) -> Vec<RecordId> {
    let related: Vec<_> = facts.log.relations(id).filter_map(|(_, target)| target).collect();
    let links = facts.log.links(id).iter();
    let mut targets: Vec<_> = links
        .filter_map(|link| facts.linked_record(id, &link.destination))
        .filter(|target| *target != id && !related.contains(target))
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}
