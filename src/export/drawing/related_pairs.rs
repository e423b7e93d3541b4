//! Which records are related.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Log, RecordId, RelationKind};

/// Every pair of related records, the earlier one first, with the kind of the relation from the later one. Of several
/// relations between two records it is the first in the order of kinds, because a drawing shows one line.
pub fn related_pairs(log: &Log, ids: &[RecordId]) -> BTreeMap<(RecordId, RecordId), RelationKind> {
    let shown: BTreeSet<RecordId> = ids.iter().copied().collect();
    let mut pairs: BTreeMap<(RecordId, RecordId), RelationKind> = BTreeMap::new();
    for id in &shown {
        for (relation, target) in log.relations(*id) {
            let target = target.filter(|target| target != id && shown.contains(target));
            let Some(target) = target else { continue };
            let (pair, kind) = if target < *id {
                ((target, *id), relation.kind)
            } else {
                ((*id, target), relation.kind.inverse())
            };
            let first_kind = pairs.entry(pair).or_insert(kind);
            *first_kind = (*first_kind).min(kind);
        }
    }
    pairs
}
