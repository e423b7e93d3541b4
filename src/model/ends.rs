//! Where the chains of successors end, for all records at once: a chain as long as the log is walked once, and
//! not once for each of its records.

use std::sync::Arc;

use super::RecordId;

/// For every record the ends of all chains that begin at it, in log order: records without successor, itself
/// if it has none. Records in a circle have what can be reached from any of them.
pub(super) fn ends(successors: &[Vec<RecordId>]) -> Vec<Arc<[RecordId]>> {
    let nothing: Arc<[RecordId]> = Arc::new([]);
    let mut walk = Walk {
        successors,
        ends: vec![nothing; successors.len()],
        // Not met yet.
        lowest: vec![usize::MAX; successors.len()],
        open: Vec::new(),
        is_open: vec![false; successors.len()],
        met: 0,
    };
    for at in 0..successors.len() {
        if walk.lowest.get(at) == Some(&usize::MAX) {
            walk.from(at);
        }
    }
    walk.ends
}

/// Tarjan's search for records that are in a circle with each other. What they lead to is known before they
/// are: an own stack, for chains may be as long as the log.
struct Walk<'s> {
    successors: &'s [Vec<RecordId>],
    ends: Vec<Arc<[RecordId]>>,
    /// The order in which records were met; of those in a circle, that of the first.
    lowest: Vec<usize>,
    /// The records that may be in a circle with one on the way.
    open: Vec<usize>,
    is_open: Vec<bool>,
    met: usize,
}

impl Walk<'_> {
    fn from(&mut self, start: usize) {
        // The record, the order in which it was met, and the next of its successors.
        let mut way: Vec<(usize, usize, usize)> = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(at) = next.take() {
                way.push((at, self.met, 0));
                self.meet(at);
            }
            let Some((at, order, place)) = way.last_mut() else { return };
            let (at, order) = (*at, *order);
            let successor = self.successors.get(at).and_then(|all| all.get(*place));
            *place += 1;
            match successor {
                Some(RecordId(to)) if self.lowest_of(*to) == usize::MAX => next = Some(*to),
                Some(RecordId(to)) if self.is_open.get(*to) == Some(&true) => self.lower(at, *to),
                Some(_) => {}
                None => {
                    way.pop();
                    if self.lowest_of(at) == order {
                        self.close(at);
                    }
                    if let Some((before, ..)) = way.last() {
                        self.lower(*before, at);
                    }
                }
            }
        }
    }

    fn meet(&mut self, at: usize) {
        if let (Some(lowest), Some(is_open)) = (self.lowest.get_mut(at), self.is_open.get_mut(at)) {
            (*lowest, *is_open) = (self.met, true);
        }
        self.met += 1;
        self.open.push(at);
    }

    fn lowest_of(&self, at: usize) -> usize {
        self.lowest.get(at).copied().unwrap_or_default()
    }

    /// Notes that `at` leads to `to`, if that is still open.
    fn lower(&mut self, at: usize, to: usize) {
        let other = self.lowest_of(to);
        if let (Some(own), Some(true)) = (self.lowest.get_mut(at), self.is_open.get(to)) {
            *own = other.min(*own);
        }
    }

    /// Ends the circle that `first` is the first record of, or the record alone.
    fn close(&mut self, first: usize) {
        let from = self.open.iter().rposition(|at| *at == first).unwrap_or_default();
        let circle = self.open.split_off(from);
        let mut all: Vec<Arc<[RecordId]>> = Vec::new();
        for at in &circle {
            if let Some(is_open) = self.is_open.get_mut(*at) {
                *is_open = false;
            }
            let successors = self.successors.get(*at).map(Vec::as_slice).unwrap_or_default();
            if successors.is_empty() {
                all.push(Arc::new([RecordId(*at)]));
            }
            // What is in the circle itself has none yet.
            let ends = successors.iter().filter_map(|RecordId(to)| self.ends.get(*to));
            for ends in ends.filter(|ends| !ends.is_empty()) {
                if all.last() != Some(ends) {
                    all.push(Arc::clone(ends));
                }
            }
        }
        let ends = match all.as_slice() {
            [one] => Arc::clone(one),
            several => {
                let mut ends: Vec<RecordId> =
                    several.iter().flat_map(|ends| ends.iter().copied()).collect();
                ends.sort_unstable();
                ends.dedup();
                ends.into()
            }
        };
        for at in circle {
            if let Some(own) = self.ends.get_mut(at) {
                *own = Arc::clone(&ends);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ends;
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
            for (at, found) in ends(&successors).iter().enumerate() {
                assert_eq!(**found, *plainly(&successors, at), "{at} of {successors:?}");
            }
        }
    }

    #[test]
    fn all_records_of_a_chain_share_its_end() {
        let count = 100_000;
        let next = |at: usize| if at + 1 < count { vec![RecordId(at + 1)] } else { vec![] };
        let successors: Vec<Vec<RecordId>> = (0..count).map(next).collect();
        let ends = ends(&successors);
        assert!(ends.iter().all(|one| std::sync::Arc::ptr_eq(one, &ends[0])));
        assert_eq!(*ends[0], [RecordId(count - 1)]);
    }
}
