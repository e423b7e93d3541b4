//! What rules ask for without knowing how records are written.

use crate::model::{Log, RecordId, RelationKind};
use crate::text::{Change, Source};

/// A statement of a record about another one, which makes both ends of a relation agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackLink {
    /// The record that gets the statement.
    pub record: RecordId,
    /// The relation, unless the record states it already.
    pub kind: RelationKind,
    /// The other record.
    pub other: RecordId,
    /// Whether the status of the record becomes *superseded*.
    pub is_superseded: bool,
}

/// A change of a record that a rule asks for.
#[derive(Clone, Copy)]
pub enum EditRequest<'a> {
    /// State relations to other records; all of them in the same record.
    BackLinks(&'a [BackLink]),
    /// State the date of the first commit.
    FirstCommitDate {
        /// The record without a date.
        record: RecordId,
    },
    /// Give a record another number, and update the references to it.
    Renumber {
        /// The record that gets the number.
        record: RecordId,
        /// Its new number.
        number: u32,
        /// Whether a record is new in this change, so that its references to an ambiguous number mean the renumbered
        /// record; `None` if that is unknown.
        is_new: Option<&'a dyn Fn(RecordId) -> bool>,
    },
    /// Update the list of records in a page.
    Contents {
        /// A text next to the records, or elsewhere in the repository.
        page: &'a Source,
    },
}

/// Carries out a request in the style of the records; `None` if that cannot be done reliably. The sources are the
/// texts in the folder of the log that are not records, and may refer to some.
pub type RecordEditor<'a> =
    dyn Fn(&Log, &[Source], EditRequest<'_>) -> Option<Vec<Change>> + Sync + 'a;
