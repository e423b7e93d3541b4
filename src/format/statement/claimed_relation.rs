//! A claim about another record before its reference is known, and the kinds of relations. Does not depend
//! on words.

use crate::format::references::is_internet_rfc;
use crate::model::{Layout, Reference, Relation, RelationKind};
use crate::text::Span;

/// A relation without its reference.
#[derive(Clone, Copy)]
pub(crate) struct ClaimedRelation {
    pub kind: RelationKind,
    pub span: Span,
    pub layout: Layout,
    /// See [`Relation::is_direct`].
    pub is_direct: bool,
}

impl ClaimedRelation {
    /// The relation to the record that `reference` means, if it can mean one.
    pub(crate) fn about(self, reference: Reference) -> Option<Relation> {
        let Self { kind, span, layout, is_direct } = self;
        let is_to_record = means_record(kind, &reference);
        is_to_record.then_some(Relation { kind, reference, span, layout, is_direct })
    }
}

/// Whether one record replaces the other or a part of it.
pub(crate) fn is_supersession(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Supersedes
            | RelationKind::SupersededBy
            | RelationKind::PartiallySupersedes
            | RelationKind::PartiallySupersededBy
    )
}

/// The partial supersession in the same direction; other kinds are unchanged.
pub(crate) fn partial(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Supersedes => RelationKind::PartiallySupersedes,
        RelationKind::SupersededBy => RelationKind::PartiallySupersededBy,
        kind => kind,
    }
}

/// Whether `reference` can mean a record. A supersession is always between records. Other
/// verbs also refer to designs and sources, so the reference must have a number or an id, and an
/// RFC written with a space may be an RFC of the Internet.
fn means_record(kind: RelationKind, reference: &Reference) -> bool {
    if is_supersession(kind) {
        return true;
    }
    let target = reference.destination.as_deref().unwrap_or(&reference.text);
    // A readme is named by its folder.
    let mut path_parts = target.trim_end_matches('/').rsplit('/');
    let name = path_parts.find(|part| !matches!(*part, "README.md" | "index.md"));
    name.unwrap_or_default().bytes().any(|byte| byte.is_ascii_digit())
        && !is_internet_rfc(&reference.text)
}
