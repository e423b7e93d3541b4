//! The number of elements that a browser has to draw. A part that is used is drawn again, so a few lines of parts that
//! use other parts can take practically forever.

use std::collections::BTreeMap;

use super::refused::Refused;

/// How many elements may be drawn, repetitions included.
const MAX_DRAWN: u64 = 1_000_000;

/// The elements of a drawing, and their references.
#[derive(Default)]
pub(super) struct DrawingCost {
    elements: Vec<DrawnElement>,
    ids: BTreeMap<String, usize>,
}

/// What an element draws besides itself.
#[derive(Default)]
struct DrawnElement {
    /// The ids that it refers to.
    references: Vec<String>,
    children: Vec<usize>,
}

/// The steps of the search in [`DrawingCost::check`].
enum SearchStep {
    Enter(usize),
    Leave(usize),
}

impl DrawingCost {
    /// Adds an element below `parent`, and returns its index.
    pub(super) fn add(&mut self, parent: Option<usize>) -> usize {
        let index = self.elements.len();
        self.elements.push(DrawnElement::default());
        if let Some(parent) = parent.and_then(|parent| self.elements.get_mut(parent)) {
            parent.children.push(index);
        }
        index
    }

    /// Sets the id of an element. The first element with an id counts.
    pub(super) fn add_id(&mut self, index: usize, id: &str) {
        self.ids.entry(id.to_owned()).or_insert(index);
    }

    /// Adds a reference from an element to an id.
    pub(super) fn add_reference(&mut self, index: usize, id: &str) {
        if let Some(element) = self.elements.get_mut(index) {
            element.references.push(id.to_owned());
        }
    }

    /// Checks that the drawing is not too large.
    ///
    /// # Errors
    ///
    /// [`Refused::Large`] if more would be drawn than any drawing needs.
    pub(super) fn check(&self) -> Result<(), Refused> {
        // A depth-first search without recursion, as the depth depends on the input.
        let mut costs: Vec<Option<u64>> = vec![None; self.elements.len()];
        let mut steps = vec![SearchStep::Enter(0)];
        while let Some(step) = steps.pop() {
            match step {
                SearchStep::Enter(index) => {
                    if let Some(unknown_cost @ None) = costs.get_mut(index) {
                        // Browsers do not draw a reference that leads back to the element itself.
                        *unknown_cost = Some(0);
                        steps.push(SearchStep::Leave(index));
                        steps.extend(self.drawn_by(index).map(SearchStep::Enter));
                    }
                }
                SearchStep::Leave(index) => {
                    let inner_costs = self.drawn_by(index).filter_map(|inner| *costs.get(inner)?);
                    let total_cost = inner_costs.fold(1, u64::saturating_add);
                    if let Some(known_cost) = costs.get_mut(index) {
                        *known_cost = Some(total_cost);
                    }
                }
            }
        }
        match costs.first() {
            Some(Some(total_cost)) if *total_cost > MAX_DRAWN => Err(Refused::Large),
            _ => Ok(()),
        }
    }

    /// The elements that are drawn with an element: those it refers to, and its children.
    fn drawn_by(&self, index: usize) -> impl Iterator<Item = usize> {
        self.elements.get(index).into_iter().flat_map(|element| {
            let referenced = element.references.iter().filter_map(|id| self.ids.get(id).copied());
            referenced.chain(element.children.iter().copied())
        })
    }
}
