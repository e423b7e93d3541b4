//! Records as templates see them.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::Site;
use super::address::Called;
use crate::model::{Lifecycle, Record, RecordId, Status};
use crate::text::Spanned;

/// A status: a word, a mark, a hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct StatusView<'s> {
    /// As the team writes it; ours for a record without one.
    pub word: &'s str,
    /// What it means, for the mark and the hue: a state of the lifecycle, `other` or `none`.
    pub class: &'static str,
    /// A sentence on what it means.
    pub meaning: &'s str,
}

/// A link to a record.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Reference<'s> {
    /// From the root of the site.
    pub url: &'s str,
    /// `ADR-0042`; nothing for a record without number.
    pub label: Option<&'s str>,
    /// The title, or the file's name.
    pub title: &'s str,
    /// Its status, a [`StatusView`].
    pub status: &'s Value,
}

/// A record in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row<'s> {
    /// From the root of the site.
    pub url: &'s str,
    /// `0042`, or the id where it has a prefix of its own.
    pub number: Option<String>,
    /// The title, or the file's name.
    pub title: &'s str,
    /// Its status, a [`StatusView`].
    pub status: &'s Value,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub date: Option<String>,
    /// Whether it is to be followed today.
    pub in_force: bool,
    /// Whether it is out of force: rejected, deprecated, or replaced.
    pub quiet: bool,
    /// Who decided, with [`BETWEEN`] between them.
    pub people: String,
    /// Its tags, likewise.
    pub tags: String,
    /// What took its place.
    pub successors: Vec<Reference<'s>>,
    /// What the list adds.
    pub note: Option<String>,
}

impl Site<'_> {
    /// What a record is called on the site.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by the log, and all its records have one"
    )]
    pub(super) fn called(&self, id: RecordId) -> &Called {
        &self.called[id.index()]
    }

    /// The address of the page of a record, from the root of the site.
    pub(super) fn url(&self, id: RecordId) -> &str {
        &self.called(id).url
    }

    /// The name of the page of a record.
    pub(super) fn name(&self, id: RecordId) -> &str {
        self.called(id).name()
    }

    /// The address of another file about a record, from the root of the site.
    pub(super) fn beside(&self, id: RecordId, extension: &str) -> String {
        self.called(id).beside(extension)
    }

    /// The path of a file from the root of the project; `file` is relative to the folder of the log.
    pub(super) fn project_path(&self, file: &str) -> String {
        match self.folder.as_str() {
            "." => file.to_owned(),
            folder => [folder, "/", file].concat(),
        }
    }

    /// The status of a record.
    pub(super) fn status(&self, id: RecordId) -> StatusView<'_> {
        let status = self.log.record(id).status();
        let mut view = self.status_view(status);
        let key = match status.and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted | Lifecycle::Proposed | Lifecycle::Draft) => {
                "said_and_replaced"
            }
            Some(Lifecycle::Deprecated) => "deprecated_and_replaced",
            _ => return view,
        };
        if !self.log.successors(id).is_empty() {
            view.meaning = self.messages.get(key);
        }
        view
    }

    /// The status of a record for templates, which see it wherever the record is named.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by the log, and all its records have one"
    )]
    pub(super) fn status_value(&self, id: RecordId) -> &Value {
        &self.status_values[id.index()]
    }

    /// Those of all records, in log order. Records with the same status have the same value.
    pub(super) fn status_values(&self) -> Vec<Value> {
        let mut known: BTreeMap<StatusView<'_>, Value> = BTreeMap::new();
        let views = self.log.iter().map(|(id, _)| self.status(id));
        let value =
            |view| known.entry(view).or_insert_with(|| Value::from_serializable(&view)).clone();
        views.map(value).collect()
    }

    /// A status, or the lack of one.
    pub(super) fn status_view<'s>(&'s self, status: Option<&'s Status>) -> StatusView<'s> {
        let (word, class, key) = match status {
            None => (self.messages.get("no_status"), "none", "unstated"),
            Some(status) => {
                let class = status.meaning.map_or("other", Lifecycle::as_str);
                let key = status.meaning.map_or("own_word", Lifecycle::as_str);
                (&*status.word, class, key)
            }
        };
        StatusView { word, class, meaning: self.messages.get(key) }
    }

    /// A link to a record.
    pub(super) fn reference(&self, id: RecordId) -> Reference<'_> {
        let record = self.log.record(id);
        Reference {
            url: self.url(id),
            label: self.called(id).label.as_deref(),
            title: record.title_or_file(),
            status: self.status_value(id),
        }
    }

    /// Links to records.
    pub(super) fn references(&self, ids: impl IntoIterator<Item = RecordId>) -> Vec<Reference<'_>> {
        ids.into_iter().map(|id| self.reference(id)).collect()
    }

    /// Whether a record is out of force: rejected, deprecated, or replaced.
    pub(super) fn is_quiet(&self, id: RecordId) -> bool {
        let dead = [Lifecycle::Rejected, Lifecycle::Deprecated, Lifecycle::Superseded];
        let record = self.log.record(id);
        dead.iter().any(|state| record.is(*state)) || !self.log.successors(id).is_empty()
    }

    /// A record in a list.
    pub(super) fn row(&self, id: RecordId) -> Row<'_> {
        let record = self.log.record(id);
        Row {
            url: self.url(id),
            number: number(record),
            title: record.title_or_file(),
            status: self.status_value(id),
            date: record.date().map(|date| date.to_string()),
            people: joined(&record.decision_makers),
            tags: joined(&record.tags),
            in_force: self.log.in_force(id),
            quiet: self.is_quiet(id),
            successors: self.references(self.log.successors(id).iter().copied()),
            note: None,
        }
    }
}

/// What stands between the values of a field in a list; the script takes them apart there.
const BETWEEN: &str = " · ";

/// The values of a field as one text.
fn joined(values: &[Spanned<String>]) -> String {
    let mut text = String::new();
    for value in values.iter().map(|value| value.value.trim()).filter(|value| !value.is_empty()) {
        text.push_str(if text.is_empty() { "" } else { BETWEEN });
        text.push_str(value);
    }
    text
}

/// The name of a record in running text; nothing where only its file has a name.
pub(super) fn label(record: &Record) -> Option<String> {
    (record.id.is_some() || record.number.is_some()).then(|| record.label())
}

/// The number as lists show it.
pub(super) fn number(record: &Record) -> Option<String> {
    let id = record.id.as_ref().map(|id| id.value.as_str());
    let own = id.filter(|id| !id.to_ascii_lowercase().starts_with("adr"));
    own.map(str::to_owned).or_else(|| Some(record.number.as_ref()?.value.padded(4)))
}
