//! The places in a record that a fragment may mean, gathered once for all links that lead there: any number
//! of links in any number of records may lead to one text. Does not depend on `lint::rules`.

use std::sync::OnceLock;

use crate::model::{Log, Record, RecordId};
use crate::syntax::{AnchorIndex, Fragment, anchors, anchors_of_outline};

/// The places in all records, each read when the first link asks.
#[derive(Debug)]
pub(in crate::lint) struct RecordAnchors(Vec<OfRecord>);

/// The places in a record.
#[derive(Debug, Default)]
struct OfRecord {
    /// Most links lead to one of these.
    outline: OnceLock<AnchorIndex>,
    all: OnceLock<AnchorIndex>,
}

impl RecordAnchors {
    pub(in crate::lint) fn new(log: &Log) -> Self {
        Self(log.records().iter().map(|_| OfRecord::default()).collect())
    }

    /// Whether a link to a record with this fragment leads to no place in it.
    pub(in crate::lint) fn lacks(&self, log: &Log, id: RecordId, fragment: &str) -> bool {
        let Some(places) = self.0.get(id.index()) else { return false };
        let record = log.record(id);
        let outline = || anchors_of_outline(&record.document, record.text());
        let is_missing = |index: &AnchorIndex| index.find(fragment) == Fragment::Missing;
        is_missing(places.outline.get_or_init(outline)) && is_missing(places.all(record))
    }

    /// The names of all places in a record, in the order of its text.
    pub(in crate::lint) fn names(&self, log: &Log, id: RecordId) -> impl Iterator<Item = &str> {
        let places = self.0.get(id.index()).map(|places| places.all(log.record(id)));
        places.into_iter().flat_map(AnchorIndex::names)
    }
}

impl OfRecord {
    fn all(&self, record: &Record) -> &AnchorIndex {
        self.all.get_or_init(|| anchors(&record.document, record.text()))
    }
}
