//! How the value of each field is read: status, date, people, title, relations, badges.

mod badge;
mod date;
mod people;
mod relation;
mod status;
mod team_status;
mod title;
mod unit_status;

pub(super) use badge::{Badge, badges};
pub use date::date_in;
pub(super) use date::{lone_date, read_date};
pub use people::shown_name;
pub(super) use people::{items_of_node, items_of_text};
pub use status::status_history;
pub(super) use status::{is_table_history, read_status, status_of_passage, status_of_word};
pub(super) use title::{NAMES_OF_RECORDS, is_label, read_title};
