//! The words that statuses are written in.

use crate::model::Lifecycle;

/// The words of the field and of the team.
#[derive(Debug, Default)]
pub struct Words {}

impl Words {
    /// The words of the field, with those of the team over them.
    pub fn new<'w>(_team: impl Iterator<Item = (&'w str, Lifecycle)>) -> Self {
        Self {}
    }
}
