//! Which records are drawn together: those that hang together, in groups that a person can look at.
//! Knows no drawing.

use std::collections::BTreeMap;

use crate::model::{RecordId, RelationKind};

/// Puts related records into groups of at most `most`, each of which hangs together. Where more do,
/// the relations that say least and lead farthest are cut. The largest group comes first, of several
/// the one with the first record; each group is in log order.
pub fn clusters(
    pairs: &BTreeMap<(RecordId, RecordId), RelationKind>,
    most: usize,
) -> Vec<Vec<RecordId>> {
    let mut ids: Vec<RecordId> = pairs.keys().flat_map(|(a, b)| [*a, *b]).collect();
    ids.sort_unstable();
    ids.dedup();
    let at = |id: &RecordId| ids.binary_search(id).unwrap_or_default();
    let mut edges: Vec<_> =
        pairs.iter().map(|((a, b), kind)| (*kind, at(b) - at(a), at(a), at(b))).collect();
    edges.sort_unstable();
    let mut sets = Sets::new(ids.len());
    for (_, _, a, b) in edges {
        sets.join(a, b, most);
    }
    let record = |at: usize| ids.get(at).copied();
    sets.all().into_iter().map(|set| set.into_iter().filter_map(record).collect()).collect()
}

/// Numbers in sets that can be joined.
pub(super) struct Sets {
    /// For every number a smaller one of its set, or itself.
    above: Vec<usize>,
    /// How many numbers there are in the set of a number that has none above it.
    sizes: Vec<usize>,
}

impl Sets {
    /// Each of `0..count` in a set of its own.
    pub(super) fn new(count: usize) -> Self {
        Self { above: (0..count).collect(), sizes: vec![1; count] }
    }

    /// Joins the sets of two numbers, unless more than `most` would be in it.
    pub(super) fn join(&mut self, a: usize, b: usize, most: usize) {
        let (a, b) = (self.first(a), self.first(b));
        let size = |at: usize| self.sizes.get(at).copied().unwrap_or_default();
        let both = size(a) + size(b);
        if a == b || both > most {
            return;
        }
        if let (Some(above), Some(size)) =
            (self.above.get_mut(a.max(b)), self.sizes.get_mut(a.min(b)))
        {
            (*above, *size) = (a.min(b), both);
        }
    }

    /// The sets, the largest first, then the one with the smallest number.
    pub(super) fn all(mut self) -> Vec<Vec<usize>> {
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.above.len() {
            found.entry(self.first(at)).or_default().push(at);
        }
        let mut found: Vec<Vec<usize>> = found.into_values().collect();
        found.sort_by_key(|set| std::cmp::Reverse(set.len()));
        found
    }

    /// The smallest number of a set.
    fn first(&mut self, mut at: usize) -> usize {
        while let Some(above) = self.above.get(at).copied().filter(|above| *above != at) {
            let next = self.above.get(above).copied().unwrap_or(above);
            if let Some(place) = self.above.get_mut(at) {
                *place = next;
            }
            at = above;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::clusters;
    use crate::export::pairs;
    use crate::export::testing::{dense, ids, log};

    fn groups(count: usize, most: usize) -> Vec<usize> {
        let log = dense(count);
        clusters(&pairs(&log, &ids(&log)), most).iter().map(Vec::len).collect()
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
        // The second takes the place of the first, the third amends the second.
        let log = log();
        let ids = ids(&log);
        assert_eq!(clusters(&pairs(&log, &ids), 2), [vec![ids[0], ids[1]], vec![ids[2]]]);
    }
}
