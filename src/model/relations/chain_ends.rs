//! The ends of all chains of successors, computed for all records at once: a chain as long as the log is walked
//! once, not once for each of its records.

use std::sync::Arc;

use crate::model::RecordId;

/// Returns, for every record, the ends of all chains that start at it, in log order: records without a successor, or
/// the record itself if it has none. Records in a circle share everything that can be reached from any of them.
pub(in crate::model) fn chain_ends(successors: &[Vec<RecordId>]) -> Vec<Arc<[RecordId]>> {
    let no_ends: Arc<[RecordId]> = Arc::new([]);
    let mut search = CircleSearch {
        successors,
        ends: vec![no_ends; successors.len()],
        // Not visited yet.
        lowest: vec![usize::MAX; successors.len()],
        open: Vec::new(),
        is_open: vec![false; successors.len()],
        visited: 0,
    };
    for index in 0..successors.len() {
        if search.lowest.get(index) == Some(&usize::MAX) {
            search.run_from(index);
        }
    }
    search.ends
}

/// Tarjan's algorithm for strongly connected components. A component is closed after everything that it leads to, so
/// the ends of those are already known. It keeps its own stack, because a chain may be as long as the log.
struct CircleSearch<'s> {
    successors: &'s [Vec<RecordId>],
    ends: Vec<Arc<[RecordId]>>,
    /// The order in which records were visited; in a circle, the order of its first record.
    lowest: Vec<usize>,
    /// The records that may be in a circle with one on the current path.
    open: Vec<usize>,
    is_open: Vec<bool>,
    visited: usize,
}

impl CircleSearch<'_> {
    fn run_from(&mut self, start: usize) {
        // The record, the order in which it was visited, and the index of its next successor.
        let mut path: Vec<(usize, usize, usize)> = Vec::new();
        let mut next_record = Some(start);
        loop {
            if let Some(index) = next_record.take() {
                path.push((index, self.visited, 0));
                self.visit(index);
            }
            let Some((index, visit_order, next_successor)) = path.last_mut() else { return };
            let (index, visit_order) = (*index, *visit_order);
            let successor = self.successors.get(index).and_then(|all| all.get(*next_successor));
            *next_successor += 1;
            match successor {
                Some(RecordId(to)) if self.lowest_of(*to) == usize::MAX => next_record = Some(*to),
                Some(RecordId(to)) if self.is_open.get(*to) == Some(&true) => {
                    self.lower(index, *to);
                }
                Some(_) => {}
                None => {
                    path.pop();
                    if self.lowest_of(index) == visit_order {
                        self.close(index);
                    }
                    if let Some((predecessor, ..)) = path.last() {
                        self.lower(*predecessor, index);
                    }
                }
            }
        }
    }

    fn visit(&mut self, index: usize) {
        if let (Some(lowest), Some(is_open)) =
            (self.lowest.get_mut(index), self.is_open.get_mut(index))
        {
            (*lowest, *is_open) = (self.visited, true);
        }
        self.visited += 1;
        self.open.push(index);
    }

    fn lowest_of(&self, index: usize) -> usize {
        self.lowest.get(index).copied().unwrap_or_default()
    }

    /// Records that `index` leads to `successor`, if that is still open.
    fn lower(&mut self, index: usize, successor: usize) {
        let successor_lowest = self.lowest_of(successor);
        if let (Some(lowest), Some(true)) =
            (self.lowest.get_mut(index), self.is_open.get(successor))
        {
            *lowest = successor_lowest.min(*lowest);
        }
    }

    /// Closes the circle whose first visited record is `first`, or `first` alone.
    fn close(&mut self, first: usize) {
        let circle_start = self.open.iter().rposition(|index| *index == first).unwrap_or_default();
        let circle = self.open.split_off(circle_start);
        let mut reachable: Vec<Arc<[RecordId]>> = Vec::new();
        for index in &circle {
            if let Some(is_open) = self.is_open.get_mut(*index) {
                *is_open = false;
            }
            let successors = self.successors.get(*index).map(Vec::as_slice).unwrap_or_default();
            if successors.is_empty() {
                reachable.push(Arc::new([RecordId(*index)]));
            }
            // Records of the circle itself have no ends yet.
            let known_ends = successors.iter().filter_map(|RecordId(to)| self.ends.get(*to));
            for ends in known_ends.filter(|ends| !ends.is_empty()) {
                if reachable.last() != Some(ends) {
                    reachable.push(Arc::clone(ends));
                }
            }
        }
        let circle_ends = match reachable.as_slice() {
            // Shared, not copied: a long chain has one end.
            [ends] => Arc::clone(ends),
            several => {
                let mut merged_ends: Vec<RecordId> =
                    several.iter().flat_map(|ends| ends.iter().copied()).collect();
                merged_ends.sort_unstable();
                merged_ends.dedup();
                merged_ends.into()
            }
        };
        for index in circle {
            if let Some(ends) = self.ends.get_mut(index) {
                *ends = Arc::clone(&circle_ends);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::chain_ends;
    use crate::model::RecordId;

    /// The ends as a walk from one record finds them.
    fn plainly(successors: &[Vec<RecordId>], from: usize) -> Vec<RecordId> {
        let mut seen = BTreeSet::new();
        let mut open = vec![RecordId(from)];
        let mut ends = BTreeSet::new();
        while let Some(RecordId(at)) = open.pop() {
            if seen.insert(at) {
                open.extend(&successors[at]);
                if successors[at].is_empty() {
                    ends.insert(RecordId(at));
                }
            }
        }
        ends.into_iter().collect()
    }

    #[test]
    fn ends_are_those_of_a_walk_from_every_record() {
        for seed in 1..400_usize {
            let count = 1 + seed % 9;
            let to = |at: usize, turn: usize| (seed * 31 + at * 17 + turn * at * 7 + turn) % count;
            let of = |at: usize| {
                let all = 0..(seed + at * 5) % 4;
                all.map(|turn| RecordId(to(at, turn))).filter(|to| to.0 != at).collect()
            };
            let successors: Vec<Vec<RecordId>> = (0..count).map(of).collect();
            for (at, found) in chain_ends(&successors).iter().enumerate() {
                assert_eq!(**found, *plainly(&successors, at), "{at} of {successors:?}");
            }
        }
    }

    #[test]
    fn all_records_of_a_chain_share_its_end() {
        let count = 100_000;
        let next = |at: usize| if at + 1 < count { vec![RecordId(at + 1)] } else { vec![] };
        let successors: Vec<Vec<RecordId>> = (0..count).map(next).collect();
        let ends = chain_ends(&successors);
        assert!(ends.iter().all(|one| std::sync::Arc::ptr_eq(one, &ends[0])));
        assert_eq!(*ends[0], [RecordId(count - 1)]);
    }
}
