//! The links above a list that filter it by status.

use serde::Serialize;
use tera::Context;

use crate::site::plan::{Facts, RecordGroup, StatusView};

/// A status, with the page of its records.
#[derive(Serialize)]
struct StatusFilter<'s> {
    url: String,
    status: StatusView<'s>,
    count: usize,
}

/// Inserts the filters by status, and the number of all records; `path` is the address of the page of a status.
pub(crate) fn insert_status_filters(
    context: &mut Context,
    facts: &Facts<'_>,
    path: fn(&RecordGroup) -> String,
) {
    let filter = |group: &RecordGroup| {
        let status = facts.status(*group.records.first()?);
        Some(StatusFilter { url: path(group), status, count: group.records.len() })
    };
    let filters: Vec<StatusFilter<'_>> = facts.statuses.iter().filter_map(filter).collect();
    context.insert("statuses", &filters);
    context.insert("total", &facts.log.records().len());
}
