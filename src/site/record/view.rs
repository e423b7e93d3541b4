//! Records as templates see them.

use serde::Serialize;
use tera::Value;

use crate::model::{Lifecycle, RecordId};
use crate::site::links::display_number;
use crate::site::plan::Facts;
use crate::text::Spanned;

/// A link to a record.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RecordLink<'s> {
    /// Relative to the root of the site.
    pub url: &'s str,
    /// `ADR-0042`; `None` for a record without number.
    pub label: Option<&'s str>,
    /// The title, or the name of the file.
    pub title: &'s str,
    /// Its status, a [`StatusView`](crate::site::plan::StatusView).
    pub status: &'s Value,
}

/// A record in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ListRow<'s> {
    /// Relative to the root of the site.
    pub url: &'s str,
    /// `0042`, or the id if it has its own prefix.
    pub number: Option<String>,
    /// The title, or the name of the file.
    pub title: &'s str,
    /// Its status, a [`StatusView`](crate::site::plan::StatusView).
    pub status: &'s Value,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub date: Option<String>,
    /// Whether the decision is in force.
    pub in_force: bool,
    /// Whether it is out of force: rejected, deprecated, or replaced.
    pub quiet: bool,
    /// The decision makers, with [`SEPARATOR`] between them.
    pub people: String,
    /// Its tags, in the same form.
    pub tags: String,
    /// The successors in the log.
    pub successors: Vec<RecordLink<'s>>,
    /// A note that only some lists add.
    pub note: Option<String>,
}

impl Facts<'_> {
    /// A link to a record.
    pub(crate) fn link(&self, id: RecordId) -> RecordLink<'_> {
        RecordLink {
            url: self.url(id),
            label: self.address(id).label.as_deref(),
            title: self.log.record(id).title_or_file(),
            status: self.status_value(id),
        }
    }

    /// Links to records.
    pub(crate) fn links(&self, ids: impl IntoIterator<Item = RecordId>) -> Vec<RecordLink<'_>> {
        ids.into_iter().map(|id| self.link(id)).collect()
    }

    /// Whether a record is out of force: rejected, deprecated, or replaced.
    pub(crate) fn is_quiet(&self, id: RecordId) -> bool {
        let past_states = [Lifecycle::Rejected, Lifecycle::Deprecated, Lifecycle::Superseded];
        let record = self.log.record(id);
        past_states.iter().any(|state| record.is(*state)) || !self.log.successors(id).is_empty()
    }

    /// A record in a list.
    pub(crate) fn row(&self, id: RecordId) -> ListRow<'_> {
        let record = self.log.record(id);
        ListRow {
            url: self.url(id),
            number: display_number(record),
            title: record.title_or_file(),
            status: self.status_value(id),
            date: record.date().map(|date| date.to_string()),
            people: joined(&record.decision_makers),
            tags: joined(&record.tags),
            in_force: self.log.in_force(id),
            quiet: self.is_quiet(id),
            successors: self.links(self.log.successors(id).iter().copied()),
            note: None,
        }
    }
}

/// Separates the values of a field in a row; the list script splits them here.
const SEPARATOR: &str = " · ";

/// The values of a field as one text.
fn joined(values: &[Spanned<String>]) -> String {
    let mut text = String::new();
    for value in values.iter().map(|value| value.value.trim()).filter(|value| !value.is_empty()) {
        text.push_str(if text.is_empty() { "" } else { SEPARATOR });
        text.push_str(value);
    }
    text
}
