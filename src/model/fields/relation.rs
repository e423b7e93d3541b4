//! Relations between records, and how one record refers to another.

use std::fmt;

use super::Layout;
use crate::text::Span;

/// The kind of a relation. Every kind but two has an inverse, which is the kind seen from the
/// other record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Replaces the other.
    Supersedes,
    /// Is replaced by the other.
    SupersededBy,
    /// Replaces a part of the other, which stays in force.
    PartiallySupersedes,
    /// Is replaced in part by the other.
    PartiallySupersededBy,
    /// Changes the other, which stays in force.
    Amends,
    /// Is changed by the other.
    AmendedBy,
    /// Adds to the other.
    Extends,
    /// Is added to by the other.
    ExtendedBy,
    /// Explains the other.
    Clarifies,
    /// Is explained by the other.
    ClarifiedBy,
    /// Applies only as long as the other does.
    DependsOn,
    /// The other applies only as long as this one does.
    RequiredBy,
    /// Is worth reading together with the other; its own inverse.
    RelatesTo,
    /// In unknown words; its own inverse.
    Other,
}

impl RelationKind {
    /// All kinds, each followed by its inverse.
    pub const ALL: [Self; 14] = [
        Self::Supersedes,
        Self::SupersededBy,
        Self::PartiallySupersedes,
        Self::PartiallySupersededBy,
        Self::Amends,
        Self::AmendedBy,
        Self::Extends,
        Self::ExtendedBy,
        Self::Clarifies,
        Self::ClarifiedBy,
        Self::DependsOn,
        Self::RequiredBy,
        Self::RelatesTo,
        Self::Other,
    ];

    /// The name of the kind, as in `adr list --json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::SupersededBy => "superseded-by",
            Self::PartiallySupersedes => "partially-supersedes",
            Self::PartiallySupersededBy => "partially-superseded-by",
            Self::Amends => "amends",
            Self::AmendedBy => "amended-by",
            Self::Extends => "extends",
            Self::ExtendedBy => "extended-by",
            Self::Clarifies => "clarifies",
            Self::ClarifiedBy => "clarified-by",
            Self::DependsOn => "depends-on",
            Self::RequiredBy => "required-by",
            Self::RelatesTo => "relates-to",
            Self::Other => "other",
        }
    }

    /// The kind of the relation as seen from the other record.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Supersedes => Self::SupersededBy,
            Self::SupersededBy => Self::Supersedes,
            Self::PartiallySupersedes => Self::PartiallySupersededBy,
            Self::PartiallySupersededBy => Self::PartiallySupersedes,
            Self::Amends => Self::AmendedBy,
            Self::AmendedBy => Self::Amends,
            Self::Extends => Self::ExtendedBy,
            Self::ExtendedBy => Self::Extends,
            Self::Clarifies => Self::ClarifiedBy,
            Self::ClarifiedBy => Self::Clarifies,
            Self::DependsOn => Self::RequiredBy,
            Self::RequiredBy => Self::DependsOn,
            Self::RelatesTo => Self::RelatesTo,
            Self::Other => Self::Other,
        }
    }
}

impl fmt::Display for RelationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A reference to another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// As written, without the verb: `[ADR-0012](0012-use-x.md)`.
    pub text: String,
    /// The bytes of `text`.
    pub span: Span,
    /// The destination, if the reference is a link.
    pub destination: Option<String>,
}

/// A statement of one record about another. The [`Log`](crate::model::Log) resolves which record that is; a relation
/// alone is only what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The kind of the relation.
    pub kind: RelationKind,
    /// The record that it is about, as written.
    pub reference: Reference,
    /// The words that make the statement: verb and reference, or the whole front-matter entry.
    pub span: Span,
    /// How it is written down.
    pub layout: Layout,
    /// Whether it is a field or a whole sentence. Safe fixes do not act on words from the middle of a sentence.
    pub is_direct: bool,
}

#[cfg(test)]
mod tests {
    use super::RelationKind;

    #[test]
    fn the_inverse_of_the_inverse_is_the_kind_itself() {
        for kind in RelationKind::ALL {
            assert_eq!(kind.inverse().inverse(), kind);
        }
    }
}
