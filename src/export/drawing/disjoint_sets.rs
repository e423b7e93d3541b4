//! Numbers in sets that can be joined (union-find).

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The numbers `0..count`, divided into sets.
pub(super) struct DisjointSets {
    /// For every number a smaller one of its set; itself for the smallest.
    parents: Vec<usize>,
    /// How many numbers the set of a smallest number has.
    sizes: Vec<usize>,
}

impl DisjointSets {
    /// Every number is a set.
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect(), sizes: vec![1; count] }
    }

    /// Joins the sets of two numbers, unless the result would have more than `max_size` numbers.
    pub(super) fn join(&mut self, a: usize, b: usize, max_size: usize) {
        let (first_root, second_root) = (self.smallest(a), self.smallest(b));
        let set_size = |number: usize| self.sizes.get(number).copied().unwrap_or_default();
        let joined_size = set_size(first_root) + set_size(second_root);
        if first_root == second_root || joined_size > max_size {
            return;
        }
        let smaller_root = first_root.min(second_root);
        let larger_root = first_root.max(second_root);
        if let (Some(parent), Some(root_size)) =
            (self.parents.get_mut(larger_root), self.sizes.get_mut(smaller_root))
        {
            (*parent, *root_size) = (smaller_root, joined_size);
        }
    }

    /// The sets: the largest first, of equal size the one with the smallest number.
    pub(super) fn into_sets(mut self) -> Vec<Vec<usize>> {
        let mut by_smallest: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..self.parents.len() {
            by_smallest.entry(self.smallest(number)).or_default().push(number);
        }
        let mut sets: Vec<Vec<usize>> = by_smallest.into_values().collect();
        sets.sort_by_key(|set| Reverse(set.len()));
        sets
    }

    /// The smallest number of a set. Halves the path to it.
    fn smallest(&mut self, mut number: usize) -> usize {
        while let Some(parent) = self.parents.get(number).copied().filter(|one| *one != number) {
            let grandparent = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(number_parent) = self.parents.get_mut(number) {
                *number_parent = grandparent;
            }
            number = parent;
        }
        number
    }
}
