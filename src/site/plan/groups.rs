//! Groups of records with the same value of a field.

use std::collections::BTreeMap;

use crate::model::{Lifecycle, Log, Record, RecordId, Status};
use crate::site::links::slug_of_value;
use crate::text::{Spanned, UniqueNames};

/// Records with the same value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordGroup {
    /// The value; `None` for the records without one.
    pub value: Option<String>,
    /// The name of its page, without folder and extension.
    pub name: String,
    /// In log order, never empty.
    pub records: Vec<RecordId>,
}

/// Groups the records by status, the most interesting first: decisions in force, open ones, past ones, then words
/// that only the team knows, then records without status.
pub(crate) fn group_by_status(log: &Log) -> Vec<RecordGroup> {
    let mut by_status: BTreeMap<(usize, Option<String>), Vec<RecordId>> = BTreeMap::new();
    for (id, record) in log.iter() {
        let status = record.status();
        let key = (status_rank(status), status.map(|status| status.word.to_string()));
        by_status.entry(key).or_default().push(id);
    }
    let groups = by_status.into_iter().map(|((_, value), records)| (value, records));
    with_page_names(groups.collect())
}

/// Groups the records by a field that may have several values, such as tags; in alphabetical order. Values that
/// differ in case only are one, written as in the first record.
pub(crate) fn group_by_values(
    log: &Log,
    field: impl Fn(&Record) -> &[Spanned<String>],
) -> Vec<RecordGroup> {
    let mut by_value: BTreeMap<String, (String, Vec<RecordId>)> = BTreeMap::new();
    for (id, record) in log.iter() {
        for value in field(record) {
            let value = value.value.trim();
            let new_group = || (value.to_owned(), Vec::new());
            let (_, records) = by_value.entry(value.to_lowercase()).or_insert_with(new_group);
            // A record may state a value twice.
            if records.last() != Some(&id) {
                records.push(id);
            }
        }
    }
    by_value.remove("");
    let groups = by_value.into_values().map(|(value, records)| (Some(value), records));
    with_page_names(groups.collect())
}

/// Finds the group of a value, in any case, among the groups from [`group_by_values`].
pub(crate) fn group_of_value<'g>(
    groups: &'g [RecordGroup],
    value: &str,
) -> Option<&'g RecordGroup> {
    let key = |group: &RecordGroup| group.value.as_deref().unwrap_or_default().to_lowercase();
    let index = groups.binary_search_by_key(&value.trim().to_lowercase(), key).ok()?;
    groups.get(index)
}

/// The position of a status in lists.
fn status_rank(status: Option<&Status>) -> usize {
    const ORDER: [Lifecycle; 6] = [
        Lifecycle::Accepted,
        Lifecycle::Proposed,
        Lifecycle::Draft,
        Lifecycle::Superseded,
        Lifecycle::Deprecated,
        Lifecycle::Rejected,
    ];
    let Some(status) = status else { return ORDER.len() + 1 };
    status
        .meaning
        .and_then(|meaning| ORDER.iter().position(|state| *state == meaning))
        .unwrap_or(ORDER.len())
}

/// Gives groups the names of their pages.
fn with_page_names(groups: Vec<(Option<String>, Vec<RecordId>)>) -> Vec<RecordGroup> {
    let mut taken_names = UniqueNames::default();
    // Reserved for the group without value, even if a team uses the word.
    taken_names.insert("none");
    let mut group = |(value, records): (Option<String>, Vec<RecordId>)| {
        let slug = value.as_ref().map(|value| slug_of_value(value, &mut taken_names));
        RecordGroup { name: slug.unwrap_or_else(|| "none".to_owned()), value, records }
    };
    groups.into_iter().map(&mut group).collect()
}
