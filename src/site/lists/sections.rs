//! The sections of a list, one per year.

use serde::Serialize;
use tera::Value;

use super::row::rows;
use super::years::{YearRecords, records_by_year};
use crate::Result;
use crate::model::RecordId;
use crate::site::PageFile;
use crate::site::plan::Facts;
use crate::site::render::PageValues;

/// Records with a common heading.
#[derive(Serialize)]
pub(crate) struct ListSection {
    heading: Option<String>,
    /// As `_rows.html` renders them.
    rows: Value,
}

/// The records `ids` as a list on the page `file` with these values, newest first.
///
/// # Errors
///
/// If a template of the project asks for a value that does not exist.
pub(crate) fn list_sections(
    facts: &Facts<'_>,
    (file, values): (&PageFile, &mut PageValues),
    ids: &[RecordId],
) -> Result<Vec<ListSection>> {
    list_sections_with(facts, values, ids, |ids| rows(facts, file, ids))
}

/// The same with `rows` that are rendered for this list.
///
/// # Errors
///
/// As `rows`.
pub(crate) fn list_sections_with(
    facts: &Facts<'_>,
    values: &mut PageValues,
    ids: &[RecordId],
    rows: impl Fn(&[RecordId]) -> Result<Vec<String>>,
) -> Result<Vec<ListSection>> {
    let section = |(year, ids): YearRecords| {
        let rows = values.add_part(rows(&ids)?);
        Ok(ListSection { heading: year.map(|year| year.to_string()), rows })
    };
    records_by_year(facts.log, ids).into_iter().map(section).collect()
}
