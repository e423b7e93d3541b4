//! What became of a record, as its page tells it.

use serde::Serialize;

use super::Site;
use super::view::StatusView;
use crate::model::{Date, Event, EventKind, Lifecycle, RecordId};

/// How many letters of the name of a commit are shown.
const SHORT: usize = 8;

/// An event in the life of a record.
#[derive(Debug, Serialize)]
pub(super) struct EventView<'s> {
    /// `added`, `status` or `changed`.
    kind: &'static str,
    /// The status before; nothing for a record that was added.
    from: Option<StatusView<'s>>,
    /// The status after.
    to: StatusView<'s>,
    /// `YYYY-MM-DD`.
    date: String,
    /// Who did it.
    author: Option<&'s str>,
    /// The first letters of the name of the commit.
    commit: String,
    /// Where it is on the forge.
    url: Option<String>,
}

impl Site<'_> {
    /// The events of a record, the oldest first.
    pub(super) fn events(&self, id: RecordId) -> Vec<&Event> {
        let record = self.log.record(id);
        self.histories.map(|histories| histories.of(record)).unwrap_or_default()
    }

    /// The day on which a record was given up, as the repository knows it.
    pub(super) fn ended(&self, id: RecordId) -> Option<Date> {
        let is_end = |event: &&Event| {
            let ends = [Lifecycle::Deprecated, Lifecycle::Superseded];
            let status = event.to.as_ref();
            ends.into_iter().any(|state| status.is_some_and(|status| status.is(state)))
        };
        let events = self.events(id);
        let mut changes = events.iter().rev().filter(|event| event.kind == EventKind::Status);
        changes.next().copied().filter(is_end).map(|event| event.date)
    }
}

/// The history of a record, the oldest event first.
pub(super) fn history<'s>(site: &'s Site<'_>, id: RecordId) -> Vec<EventView<'s>> {
    let view = |event: &'s Event| EventView {
        kind: event.kind.as_str(),
        from: (event.kind == EventKind::Status).then(|| site.status_view(event.from.as_ref())),
        to: site.status_view(event.to.as_ref()),
        date: event.date.to_string(),
        author: event.author.as_deref(),
        commit: event.commit.chars().take(SHORT).collect(),
        url: site.forge.as_ref().map(|forge| forge.commit(&event.commit)),
    };
    site.events(id).into_iter().map(view).collect()
}
