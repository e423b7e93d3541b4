//! Which records are drawn together: related ones, in groups that a person can grasp.

use std::collections::BTreeMap;

use super::disjoint_sets::DisjointSets;
use crate::model::{RecordId, RelationKind};

/// Puts related records into connected groups of at most `max_size`. In larger groups the relations of the least
/// important kinds are cut, and of these the ones between the most distant records. The largest group comes first, of
/// equal size the one with the first record; each group is in log order.
pub fn clusters(
    pairs: &BTreeMap<(RecordId, RecordId), RelationKind>,
    max_size: usize,
) -> Vec<Vec<RecordId>> {
    let mut related_ids: Vec<RecordId> = pairs.keys().flat_map(|(a, b)| [*a, *b]).collect();
    related_ids.sort_unstable();
    related_ids.dedup();
    let index = |id: &RecordId| related_ids.binary_search(id).unwrap_or_default();
    let mut edges: Vec<_> = pairs
        .iter()
        .map(|((a, b), kind)| (*kind, index(b) - index(a), index(a), index(b)))
        .collect();
    edges.sort_unstable();
    let mut groups = DisjointSets::new(related_ids.len());
    for (_, _, a, b) in edges {
        groups.join(a, b, max_size);
    }
    let group =
        |set: Vec<usize>| set.into_iter().filter_map(|index| related_ids.get(index).copied());
    groups.into_sets().into_iter().map(|set| group(set).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::clusters;
    use crate::export::related_pairs;
    use crate::export::testing::{dense, ids, log};

    fn groups(count: usize, max_size: usize) -> Vec<usize> {
        let log = dense(count);
        clusters(&related_pairs(&log, &ids(&log)), max_size).iter().map(Vec::len).collect()
    }

    #[test]
    fn what_hangs_together_is_one_group_if_it_is_small_enough() {
        assert_eq!(groups(30, 40), [30]);
        assert_eq!(groups(30, 30), [30]);
    }

    #[test]
    fn what_is_too_large_is_cut_and_nothing_is_lost() {
        let groups = groups(100, 40);
        assert!(groups.iter().all(|size| *size <= 40), "{groups:?}");
        assert!(groups.len() <= 6, "{groups:?}");
        assert_eq!(groups.iter().sum::<usize>(), 100);
    }

    #[test]
    fn what_says_least_is_cut_first() {
        // The second supersedes the first, the third amends the second.
        let log = log();
        let ids = ids(&log);
        assert_eq!(clusters(&related_pairs(&log, &ids), 2), [vec![ids[0], ids[1]], vec![ids[2]]]);
    }
}
