//! How pages name a record without its title.

use crate::model::Record;

/// The name of a record in running text; `None` if it has neither an id nor a number.
pub(crate) fn label(record: &Record) -> Option<String> {
    (record.id.is_some() || record.number.is_some()).then(|| record.label())
}

/// The number of a record in lists: `0042`, or the id if it has another prefix than `ADR`.
pub(crate) fn display_number(record: &Record) -> Option<String> {
    let id = record.id.as_ref().map(|id| id.value.as_str());
    let prefixed_id = id.filter(|id| !id.to_ascii_lowercase().starts_with("adr"));
    let number = || Some(record.number.as_ref()?.value.padded(4));
    prefixed_id.map(str::to_owned).or_else(number)
}
