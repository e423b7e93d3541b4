//! The history of a record on its page.

use serde::Serialize;

use crate::model::{Date, Event, EventKind, Lifecycle, RecordId};
use crate::site::plan::{Facts, StatusView};

/// The number of characters shown of a commit hash.
const SHORT_HASH: usize = 8;

/// An event in the history of a record.
#[derive(Debug, Serialize)]
pub(crate) struct EventView<'s> {
    /// `added`, `status`, or `changed`.
    kind: &'static str,
    /// The status before; `None` if the status did not change.
    from: Option<StatusView<'s>>,
    /// The status after.
    to: StatusView<'s>,
    /// `YYYY-MM-DD`.
    date: String,
    /// The author of the commit.
    author: Option<&'s str>,
    /// The short hash of the commit.
    commit: String,
    /// The address of the commit on the forge.
    url: Option<String>,
}

impl Facts<'_> {
    /// The events of a record, oldest first.
    pub(crate) fn events(&self, id: RecordId) -> Vec<&Event> {
        let record = self.log.record(id);
        self.histories.map(|histories| histories.of(record)).unwrap_or_default()
    }

    /// The date on which a record stopped being in force, according to the repository.
    pub(crate) fn end_date(&self, id: RecordId) -> Option<Date> {
        let is_end = |event: &&Event| {
            let end_states = [Lifecycle::Deprecated, Lifecycle::Superseded];
            let status = event.to.as_ref();
            end_states.into_iter().any(|state| status.is_some_and(|status| status.is(state)))
        };
        let events = self.events(id);
        let newest_first = events.iter().rev();
        let mut status_changes = newest_first.filter(|event| event.kind == EventKind::Status);
        status_changes.next().copied().filter(is_end).map(|event| event.date)
    }
}

/// The history of a record, oldest event first.
pub(crate) fn history<'s>(facts: &'s Facts<'_>, id: RecordId) -> Vec<EventView<'s>> {
    let forge = facts.project.forge.as_ref();
    let view = |event: &'s Event| EventView {
        kind: event.kind.as_str(),
        from: (event.kind == EventKind::Status).then(|| facts.status_view(event.from.as_ref())),
        to: facts.status_view(event.to.as_ref()),
        date: event.date.to_string(),
        author: event.author.as_deref(),
        commit: event.commit.chars().take(SHORT_HASH).collect(),
        url: forge.map(|forge| forge.commit_url(&event.commit)),
    };
    facts.events(id).into_iter().map(view).collect()
}
