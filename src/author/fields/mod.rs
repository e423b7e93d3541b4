//! The fields of a record: title, date, tags, people, review date.

mod amendment;
mod date_value;
mod field_values;
mod place_edit;
mod title;

pub(super) use amendment::amended;
pub use amendment::{Amendment, amend, set_date};
pub(super) use date_value::replace_date;
pub(super) use field_values::{
    FieldEditor, clean_value, is_same_value, unreadable_value, values_of,
};
pub(super) use title::{escaped, insert_heading, single_line, title_span};
