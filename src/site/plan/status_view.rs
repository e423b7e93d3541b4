//! Statuses as templates see them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::model::{Lifecycle, Log, RecordId, Status};
use crate::site::render::Messages;

/// A status: its word, its mark, and its hue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct StatusView<'s> {
    /// The word as the team writes it; our own for a record without status.
    pub word: &'s str,
    /// The class for the mark and the hue: a lifecycle state, `other`, or `none`.
    pub class: &'static str,
    /// A sentence that explains the state.
    pub meaning: Cow<'s, str>,
}

impl<'s> StatusView<'s> {
    /// A status, or the lack of one.
    pub(crate) fn new(messages: &'s Messages, status: Option<&'s Status>) -> Self {
        let (word, class, key) = match status {
            None => (messages.get("no_status"), "none", "unstated"),
            Some(status) => {
                let class = status.meaning.map_or("other", Lifecycle::as_str);
                let key = status.meaning.map_or("own_word", Lifecycle::as_str);
                (&*status.word, class, key)
            }
        };
        Self { word, class, meaning: messages.get(key).into() }
    }

    /// The status of a record; its explanation mentions a successor if the log has one.
    pub(crate) fn of_record(messages: &'s Messages, log: &'s Log, id: RecordId) -> Self {
        let status = log.record(id).status();
        let mut view = Self::new(messages, status);
        let key = match status.and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted | Lifecycle::Proposed | Lifecycle::Draft) => {
                "said_and_replaced"
            }
            Some(Lifecycle::Deprecated) => "deprecated_and_replaced",
            _ => return view,
        };
        if !log.successors(id).is_empty() {
            view.meaning = messages.get(key).replace("{word}", view.word).into();
        }
        view
    }
}

/// The statuses of all records as values for templates, in log order. Equal statuses share one value.
pub(crate) fn status_values(messages: &Messages, log: &Log) -> Vec<Value> {
    let mut values: BTreeMap<StatusView<'_>, Value> = BTreeMap::new();
    let views = log.iter().map(|(id, _)| StatusView::of_record(messages, log, id));
    let value = |view| values.entry(view).or_insert_with_key(Value::from_serializable).clone();
    views.map(value).collect()
}
