//! The places in a record that a fragment may refer to, gathered once for all links: any number of links may lead to
//! one record.

use std::sync::OnceLock;

use crate::model::{Log, Record, RecordId};
use crate::syntax::{AnchorIndex, Fragment, anchors, anchors_of_outline};

/// The places in all records, each read when the first link needs them.
#[derive(Debug)]
pub(in crate::lint) struct RecordAnchors(Vec<AnchorsOfRecord>);

/// The places in a record.
#[derive(Debug, Default)]
struct AnchorsOfRecord {
    /// The places of headings, to which most links lead.
    outline: OnceLock<AnchorIndex>,
    all: OnceLock<AnchorIndex>,
}

impl RecordAnchors {
    pub(in crate::lint) fn new(log: &Log) -> Self {
        Self(log.records().iter().map(|_| AnchorsOfRecord::default()).collect())
    }

    /// Whether a link to a record with this fragment leads to no place in it.
    pub(in crate::lint) fn lacks(&self, log: &Log, id: RecordId, fragment: &str) -> bool {
        let Some(anchors) = self.0.get(id.index()) else { return false };
        let record = log.record(id);
        let outline = || anchors_of_outline(&record.document, record.text());
        let is_missing = |index: &AnchorIndex| index.find(fragment) == Fragment::Missing;
        is_missing(anchors.outline.get_or_init(outline)) && is_missing(anchors.all(record))
    }

    /// The names of all places in a record, in the order of its text.
    pub(in crate::lint) fn names(&self, log: &Log, id: RecordId) -> impl Iterator<Item = &str> {
        let anchors = self.0.get(id.index()).map(|anchors| anchors.all(log.record(id)));
        anchors.into_iter().flat_map(AnchorIndex::names)
    }
}

impl AnchorsOfRecord {
    fn all(&self, record: &Record) -> &AnchorIndex {
        self.all.get_or_init(|| anchors(&record.document, record.text()))
    }
}
