//! The places in a record that a fragment may mean, gathered once for all links that lead there: any number
//! of links in any number of records may lead to one text. Does not depend on `lint::rules`.

use std::sync::OnceLock;

use crate::model::{Log, RecordId};
use crate::syntax::{AnchorIndex, anchors};

/// The places in all records, each read when the first link asks.
#[derive(Debug)]
pub(super) struct Places(Vec<OnceLock<AnchorIndex>>);

impl Places {
    pub(super) fn new(log: &Log) -> Self {
        Self(log.records().iter().map(|_| OnceLock::new()).collect())
    }

    /// The places in the record `id` of `log`.
    pub(super) fn of(&self, log: &Log, id: RecordId) -> Option<&AnchorIndex> {
        let read = || {
            let record = log.record(id);
            anchors(&record.document, record.text())
        };
        Some(self.0.get(id.index())?.get_or_init(read))
    }
}
