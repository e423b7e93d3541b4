//! What a phrase can mean: a field, a status, a relation, a role of a section, or a class of words.

use super::word_class::WordClasses;
use crate::model::{RelationKind, Role, Status};

/// A field that may be stated anywhere in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Where the decision is in its life.
    Status,
    /// The day of the decision.
    Date,
    /// When to look at it again.
    Review,
    /// Words to find it by.
    Tags,
    /// Who decided.
    Deciders,
    /// Who was asked.
    Consulted,
    /// Who was told.
    Informed,
    /// What is decided.
    Title,
    /// What it is called by.
    Id,
}

/// The rank of words that are only read as the field, and under which nothing of it is written:
/// an author is taken for a decider, but a decider is no author.
pub(crate) const ONLY_READ: usize = 100;

/// What a phrase means, wherever it may stand.
#[derive(Debug, Default)]
pub(crate) struct PhraseMeaning {
    /// The field that it names as a key, with the rank of the word among those for it: 0 is the best.
    pub(crate) field: Option<(Field, usize)>,
    /// The status that it is.
    pub(crate) state: Option<Status>,
    /// The relation that it names.
    pub(crate) relation: Option<RelationKind>,
    /// The relation that it names where a colon or a reference follows at once.
    pub(crate) key: Option<RelationKind>,
    /// The part that a section of this name plays.
    pub(crate) role: Option<Role>,
    /// What else it says.
    pub(crate) says: WordClasses,
    /// Whether it is the first word of a state, a relation, or a word for parts or denials.
    pub(super) begins: bool,
    /// Whether it is the first word of a relation, or of a state that is the end of a decision.
    pub(super) begins_claim: bool,
}
