//! What a phrase can mean: a field, a status, a relation, the role of a section, or a class of words.

use super::word_class::WordClasses;
use crate::model::{RelationKind, Role, Status};

/// A field that a record may state in any place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The status of the decision.
    Status,
    /// The date of the decision.
    Date,
    /// The date of the next review.
    Review,
    /// Keywords for searching.
    Tags,
    /// The people who decided.
    Deciders,
    /// The people who were consulted.
    Consulted,
    /// The people who were informed.
    Informed,
    /// The name of the decision.
    Title,
    /// The identifier of the record.
    Id,
}

/// The lowest rank of words that are only read as the field. Nothing is written to such a key: an
/// author is read as a decider, but a decider is not an author.
pub(crate) const ONLY_READ: usize = 100;

/// Everything that a phrase can mean, in any place.
#[derive(Clone, Debug, Default)]
pub(crate) struct PhraseMeaning {
    /// The field that the phrase names as a key, with its rank among the keys of that field; 0 is the best.
    pub(crate) field: Option<(Field, usize)>,
    /// The status that the phrase names.
    pub(crate) state: Option<Status>,
    /// The relation that the phrase names.
    pub(crate) relation: Option<RelationKind>,
    /// The relation that the phrase names only if a colon or a reference follows immediately.
    pub(crate) key: Option<RelationKind>,
    /// The role of a section with this heading.
    pub(crate) role: Option<Role>,
    /// The classes of the phrase.
    pub(crate) classes: WordClasses,
    /// Whether the phrase is the first word of a status, a relation, or a phrase for parts or denials.
    pub(super) begins: bool,
    /// Whether the phrase is the first word of a relation, or of a status that ends a decision.
    pub(super) begins_claim: bool,
}

impl PhraseMeaning {
    /// The relation that the phrase names when it is used as a key.
    pub(crate) fn relation_as_key(&self) -> Option<RelationKind> {
        self.relation.or(self.key)
    }
}
