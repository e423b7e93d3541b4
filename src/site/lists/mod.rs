//! Lists of records: rows, sections by year, filters, and groups.

mod filters;
mod group_page;
mod row;
mod sections;
mod years;

pub(super) use filters::insert_status_filters;
pub(super) use group_page::{group_page_values, overview_values};
pub(super) use sections::{list_sections, list_sections_with};
pub(super) use years::records_by_year;
