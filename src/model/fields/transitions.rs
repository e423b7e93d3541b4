//! The transitions between the lifecycle states of a decision.

use std::collections::BTreeMap;

use super::Lifecycle;

/// The allowed transitions, state by state.
#[derive(Clone, Debug)]
pub struct Transitions {
    next: BTreeMap<Lifecycle, Vec<Lifecycle>>,
}

impl Default for Transitions {
    /// The transitions of Nygard's article and MADR: a decision does not become undecided
    /// again, but a rejected one may be proposed again.
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
    /// Replaces the transitions of the states in `changed`.
    #[must_use]
    pub fn with(mut self, changed: impl IntoIterator<Item = (Lifecycle, Vec<Lifecycle>)>) -> Self {
        self.next.extend(changed);
        self
    }

    /// The states that may follow `from`, without `from` itself.
    pub fn after(&self, from: Lifecycle) -> &[Lifecycle] {
        self.next.get(&from).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether `to` may follow `from` or equals it.
    pub fn allow(&self, from: Lifecycle, to: Lifecycle) -> bool {
        from == to || self.after(from).contains(&to)
    }
}
