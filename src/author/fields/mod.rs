//! The fields of a record: title, date, tags, people, review date.

mod amendment;
mod date_value;
mod field_values;
mod place_edit;
mod title;

pub(super) use amendment::amended;
pub use amendment::{Amendment, amend, date};
pub(super) use date_value::replace_date;
pub(super) use field_values::{Amending, is_same, named, names, unreadable};
pub(super) use title::{escaped, of_title, tidy};
