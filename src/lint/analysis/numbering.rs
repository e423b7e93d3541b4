//! The next free number of a numbering. Records with the same prefix share one.

use super::base::number_prefix;
use crate::lint::context::Context;
use crate::model::RecordId;

/// The number after the highest one with the prefix of `record`, in the log and on the base.
pub(in crate::lint) fn next_number(context: &Context<'_>, record: RecordId) -> u32 {
    let prefix = number_prefix(context.log.record(record));
    let on_base = context.base.iter().flat_map(|base| base.tip.values().copied());
    let records = context.log.records().iter().chain(on_base);
    let numbering = records.filter(|other| number_prefix(other) == prefix);
    let highest = numbering.filter_map(|other| Some(other.number.as_ref()?.value.value)).max();
    highest.unwrap_or_default().saturating_add(1)
}
