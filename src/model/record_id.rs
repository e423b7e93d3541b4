//! The identity of a record within its log.

/// The index of a record in its [`Log`](super::Log), from 0. Not valid for another log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(super) usize);

impl RecordId {
    /// The number of records before it.
    pub fn index(self) -> usize {
        self.0
    }
}
