//! The claim that a verb makes, and the text in which verbs are read.

use super::assertion::{Assertion, SentenceReader, Subject};
use crate::model::{Reference, RelationKind};
use crate::text::Span;

/// A verb of a text with its references, and what the text asserts about its subject.
#[derive(Clone, Debug)]
pub(crate) struct VerbClaim {
    /// The words of the verb.
    pub verb: Span,
    pub kind: RelationKind,
    /// Empty if the verb names no record.
    pub references: Vec<Reference>,
    pub assertion: Assertion,
    /// See [`Relation::is_direct`](crate::model::Relation::is_direct).
    pub is_direct: bool,
}

/// The claims of one unit of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitClaims {
    pub claims: Vec<VerbClaim>,
    /// The kind of the last verb, if its references are in the list below the unit.
    pub kind_of_list: Option<RelationKind>,
}

impl VerbClaim {
    /// A claim of the record about itself as a whole, in a separate sentence.
    pub(super) fn of_record(verb: Span, kind: RelationKind, reference: &Reference) -> Self {
        let assertion =
            Assertion { subject: Subject::This, is_asserted: true, names_subject: false };
        Self { verb, kind, references: vec![reference.clone()], assertion, is_direct: true }
    }
}

/// A part of a passage in which verbs are read.
#[derive(Clone, Copy)]
pub(super) struct VerbScene<'a> {
    /// The part, as bytes of the text.
    pub span: Span,
    /// The words of the part.
    pub sentence: SentenceReader<'a>,
    /// The references of `sentence`, in the same order, with spans in the text.
    pub references: &'a [Reference],
}

/// A verb in a part of a passage.
#[derive(Clone, Copy)]
pub(super) struct PlacedVerb {
    /// The verb, as bytes of the part.
    pub verb: Span,
    pub kind: RelationKind,
    /// The end of the text that can hold its references, as a byte of the text.
    pub scope_end: usize,
}
