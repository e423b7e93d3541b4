//! Names for records in completions.

use std::collections::BTreeMap;

use crate::cli::terminal::one_line;
use crate::model::Record;

/// How often each number and each id is used, so that a record can be given a unique name.
pub(super) struct RecordNames {
    number_counts: BTreeMap<u32, usize>,
    id_counts: BTreeMap<String, usize>,
}

impl RecordNames {
    pub(super) fn new(records: &[Record]) -> Self {
        let (mut number_counts, mut id_counts) = (BTreeMap::new(), BTreeMap::new());
        for record in records {
            if let Some(number) = &record.number {
                *number_counts.entry(number.value.value).or_default() += 1;
            }
            if let Some(id) = &record.id {
                *id_counts.entry(id.value.to_lowercase()).or_default() += 1;
            }
        }
        Self { number_counts, id_counts }
    }

    /// Returns a unique name: the number, else the id, else the file. The number has its leading zeros, unless
    /// `typed` starts without them.
    pub(super) fn name(&self, record: &Record, typed: &str) -> String {
        let number = record.number.as_ref().map(|number| number.value);
        if let Some(number) = number.filter(|n| self.number_counts.get(&n.value) == Some(&1)) {
            let is_unpadded = typed.starts_with(|c: char| c.is_ascii_digit() && c != '0');
            return number.padded(if is_unpadded { 1 } else { usize::from(number.width) });
        }
        let id = record.id.as_ref().map(|id| &id.value);
        match id.filter(|id| self.id_counts.get(&id.to_lowercase()) == Some(&1)) {
            Some(id) => one_line(id),
            None => one_line(&record.file),
        }
    }
}
