//! What one record states about another.

use crate::author::edits::capitalized;
use crate::format::Words;
use crate::model::{RecordId, RelationKind};

/// A relation, as one record states it about another.
#[derive(Clone, Debug)]
pub struct RelationClaim {
    /// Its kind.
    pub kind: RelationKind,
    /// The words for the kind, with a capital first letter.
    pub verb: String,
}

impl RelationClaim {
    /// A relation in the usual words.
    pub fn of(kind: RelationKind) -> Self {
        Self { kind, verb: capitalized(&kind.as_str().replace('-', " ")) }
    }

    /// The relation with these words; of kind *other* if they are unknown.
    pub fn in_words(verb: &str, words: &Words) -> Self {
        let verb = verb.split_whitespace().collect::<Vec<_>>().join(" ");
        let known_kind = words.relation(&verb).filter(|kind| *kind != RelationKind::Other);
        match known_kind {
            // For a key such as `relates-to`, write the words.
            Some(kind) if verb.to_lowercase() == kind.as_str() => Self::of(kind),
            kind => Self { kind: kind.unwrap_or(RelationKind::Other), verb: capitalized(&verb) },
        }
    }
}

/// One end of a relation: a record, and what it states about the other one.
#[derive(Clone, Copy, Debug)]
pub struct RelationEnd<'c> {
    /// The record.
    pub record: RecordId,
    /// What it states about the other record.
    pub claim: &'c RelationClaim,
}
