//! From which state a decision may go to which.

use std::collections::BTreeMap;

use super::Lifecycle;

/// The ways of a decision, state by state.
#[derive(Clone, Debug)]
pub struct Transitions {
    next: BTreeMap<Lifecycle, Vec<Lifecycle>>,
}

impl Default for Transitions {
    /// What Nygard's article and MADR let one do: nothing that was decided becomes undecided
    /// again, but what was rejected may be proposed once more.
    fn default() -> Self {
        use Lifecycle::{Accepted, Deprecated, Draft, Proposed, Rejected, Superseded};
        let next = BTreeMap::from([
            (Draft, vec![Proposed, Rejected]),
            (Proposed, vec![Draft, Accepted, Rejected, Superseded]),
            (Accepted, vec![Deprecated, Superseded]),
            (Rejected, vec![Proposed]),
            (Deprecated, vec![Superseded]),
            (Superseded, vec![]),
        ]);
        Self { next }
    }
}

impl Transitions {
    /// The same, but for the states that `changed` holds.
    #[must_use]
    pub fn with(mut self, changed: impl IntoIterator<Item = (Lifecycle, Vec<Lifecycle>)>) -> Self {
        self.next.extend(changed);
        self
    }

    /// The states that may follow `from`, but for itself.
    pub fn after(&self, from: Lifecycle) -> &[Lifecycle] {
        self.next.get(&from).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether `to` may follow `from`, or is the same.
    pub fn allow(&self, from: Lifecycle, to: Lifecycle) -> bool {
        from == to || self.after(from).contains(&to)
    }
}
