//! How much a browser has to draw: a part that is used is drawn again, and parts that use parts make a few
//! lines of text endless.

use std::collections::BTreeMap;

use super::Refused;

/// How many elements may be drawn, repetitions counted.
const MOST: u64 = 1_000_000;

/// The elements of a drawing, and what they refer to.
#[derive(Default)]
pub(super) struct Cost {
    /// For each element the ids that it refers to, and its children.
    elements: Vec<(Vec<String>, Vec<usize>)>,
    ids: BTreeMap<String, usize>,
}

impl Cost {
    /// Adds an element below `parent`; gives its place.
    pub(super) fn add(&mut self, parent: Option<usize>) -> usize {
        let place = self.elements.len();
        self.elements.push((vec![], vec![]));
        if let Some((_, children)) = parent.and_then(|parent| self.elements.get_mut(parent)) {
            children.push(place);
        }
        place
    }

    /// The element at `place` has this id. The first one counts.
    pub(super) fn name(&mut self, place: usize, id: &str) {
        self.ids.entry(id.to_owned()).or_insert(place);
    }

    /// The element at `place` refers to what has this id.
    pub(super) fn refer(&mut self, place: usize, id: &str) {
        if let Some((references, _)) = self.elements.get_mut(place) {
            references.push(id.to_owned());
        }
    }

    /// # Errors
    ///
    /// [`Refused::Large`] if more would be drawn than any drawing needs.
    pub(super) fn check(&self) -> Result<(), Refused> {
        let mut costs: Vec<Option<u64>> = vec![None; self.elements.len()];
        let mut open = vec![(0, false)];
        while let Some((place, is_left)) = open.pop() {
            if is_left {
                let inner = self.below(place).filter_map(|below| *costs.get(below)?);
                let cost = inner.fold(1, u64::saturating_add);
                if let Some(known) = costs.get_mut(place) {
                    *known = Some(cost);
                }
            } else if let Some(known @ None) = costs.get_mut(place) {
                // What leads back to itself is drawn by no browser.
                *known = Some(0);
                open.push((place, true));
                open.extend(self.below(place).map(|below| (below, false)));
            }
        }
        match costs.first() {
            Some(Some(all)) if *all > MOST => Err(Refused::Large),
            _ => Ok(()),
        }
    }

    fn below(&self, place: usize) -> impl Iterator<Item = usize> {
        let (references, children) = self
            .elements
            .get(place)
            .map_or((&[][..], &[][..]), |one| (one.0.as_slice(), one.1.as_slice()));
        let meant = references.iter().filter_map(|id| self.ids.get(id).copied());
        meant.chain(children.iter().copied())
    }
}
