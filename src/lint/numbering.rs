//! How records are counted: by prefix. Knows no rule.

use super::Context;
use crate::model::{Record, RecordId};

/// The number after the highest of those with the prefix of `record`, here and on the base.
pub(super) fn next_number(context: &Context<'_>, record: RecordId) -> u32 {
    let wanted = prefix(context.log.record(record));
    let tip = context.base.iter().flat_map(|base| base.tip.values().copied());
    let same = context.log.records().iter().chain(tip).filter(|one| prefix(one) == wanted);
    let highest = same.filter_map(|one| Some(one.number.as_ref()?.value.value)).max();
    highest.unwrap_or_default().saturating_add(1)
}

/// What stands before the number, in lower case.
pub(super) fn prefix(record: &Record) -> String {
    record.label().trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase()
}
