//! The status of a record, with its reason and its relations.

mod check_box;
mod permitted_changes;
mod reason;
mod relation_statement;
mod removed_words;
mod revise;
mod revision;
mod status_history;
mod status_line;
mod transition;
mod write_status;

pub(super) use permitted_changes::allowed_changes;
pub(super) use revise::{revise, revise_stepwise};
pub(super) use revision::{NewRelation, Revision};
pub use transition::{RequestedStatus, status_named};
pub(super) use write_status::is_editable;
