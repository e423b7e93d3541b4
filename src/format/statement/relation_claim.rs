//! A claim about another record: its kind, the words that make it, and whether a reference is one that
//! it can be about. Knows no words.

use crate::format::references::is_internet_rfc;
use crate::model::{Layout, Reference, Relation, RelationKind};
use crate::text::Span;

/// What is said, wherever it leads.
#[derive(Clone, Copy)]
pub(crate) struct RelationClaim {
    pub kind: RelationKind,
    pub span: Span,
    pub layout: Layout,
    /// See [`Relation::is_direct`].
    pub is_direct: bool,
}

impl RelationClaim {
    /// The claim about the record that the reference means, if it means one.
    pub(crate) fn about(self, reference: Reference) -> Option<Relation> {
        let Self { kind, span, layout, is_direct } = self;
        let is_meant = means_record(kind, &reference);
        is_meant.then_some(Relation { kind, reference, span, layout, is_direct })
    }
}

/// Whether one record takes the place of the other, or of a part of it.
pub(crate) fn is_supersession(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Supersedes
            | RelationKind::SupersededBy
            | RelationKind::PartiallySupersedes
            | RelationKind::PartiallySupersededBy
    )
}

/// The same for a part of the record only.
pub(crate) fn partial(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Supersedes => RelationKind::PartiallySupersedes,
        RelationKind::SupersededBy => RelationKind::PartiallySupersededBy,
        kind => kind,
    }
}

/// Whether a reference is one to a record. A supersession is always one between records; other
/// verbs also name designs and sources, so that their links must have a number or an id, and that an
/// RFC with a blank may be one of the Internet's.
fn means_record(kind: RelationKind, reference: &Reference) -> bool {
    if is_supersession(kind) {
        return true;
    }
    let target = reference.destination.as_deref().unwrap_or(&reference.text);
    // A readme is named by its folder.
    let mut parts = target.trim_end_matches('/').rsplit('/');
    let name = parts.find(|part| !matches!(*part, "README.md" | "index.md")).unwrap_or_default();
    name.bytes().any(|byte| byte.is_ascii_digit()) && !is_internet_rfc(&reference.text)
}
