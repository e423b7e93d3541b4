//! A verb that makes a claim, and the text in which it was found.

use super::assertion::{Assertion, SentenceReader, Subject};
use crate::model::{Reference, RelationKind};
use crate::text::Span;

/// A verb of a text with the references that it governs, in view of its subject and of denials.
#[derive(Clone, Debug)]
pub(crate) struct VerbClaim {
    /// The words of the verb.
    pub verb: Span,
    pub kind: RelationKind,
    /// Empty where the verb is the last word before a list, or names no record.
    pub references: Vec<Reference>,
    pub stance: Assertion,
    /// See [`Relation::is_direct`](crate::model::Relation::is_direct).
    pub is_direct: bool,
}

/// The claims of one unit of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitClaims {
    pub all: Vec<VerbClaim>,
    /// The verb whose references are in the list below.
    pub open: Option<RelationKind>,
}

impl VerbClaim {
    /// What the record says of itself as a whole, in a sentence of its own.
    pub(crate) fn of_record(verb: Span, kind: RelationKind, reference: &Reference) -> Self {
        let stance = Assertion { subject: Subject::This, is_claimed: true, is_named: false };
        Self { verb, kind, references: vec![reference.clone()], stance, is_direct: true }
    }
}

/// A part of a passage in which verbs are looked at.
#[derive(Clone, Copy)]
pub(crate) struct VerbScene<'a> {
    /// The part, as bytes of the text.
    pub span: Span,
    pub around: SentenceReader<'a>,
    /// Those of `around`, in the same order, with places in the text.
    pub references: &'a [Reference],
}

/// A verb in a part of a passage.
#[derive(Clone, Copy)]
pub(crate) struct PlacedVerb {
    /// The verb, as bytes of the part.
    pub verb: Span,
    pub kind: RelationKind,
    /// Where its reach ends, as bytes of the text.
    pub end: usize,
}
