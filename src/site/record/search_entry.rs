//! Records as entries of the search index.

use super::record_text::RecordText;
use crate::site::links::display_number;
use crate::site::plan::Facts;
use crate::site::search::{IndexBuilder, IndexedRecord, ResultEntry};

/// Adds a record with its parsed text to the search index.
pub(crate) fn add_to_index(index: &IndexBuilder, facts: &Facts<'_>, text: &RecordText<'_>) {
    let id = text.id;
    let record = facts.log.record(id);
    let status = facts.status(id);
    let entry = ResultEntry {
        page_name: facts.page_name(id),
        number: display_number(record).unwrap_or_default(),
        title: record.title_or_file(),
        status_class: status.class,
        status_word: status.word,
        in_force: facts.log.in_force(id),
        summary: facts.summary_of(text),
    };
    index.add(&IndexedRecord { id, record, passages: text.passages() }, &entry);
}
