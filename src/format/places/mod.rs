//! The places in a file where a record states its fields: front matter, header, sections, notes.

mod edit_places;
mod field_sections;
mod front_matter;
mod header;
mod identity;
mod notes;
mod record_fields;
mod record_reader;
mod record_section;
mod unlabelled_date;
mod unlabelled_status;

pub use edit_places::{FieldPlace, places};
pub(super) use record_fields::RecordFields;
pub(super) use record_reader::{RecordFile, RecordReader};
pub(super) use record_section::RecordSection;
