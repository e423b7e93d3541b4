//! Completion of command lines with values from the log: records, tags, people, statuses.

mod completer;
mod context;
mod record_names;
mod sources;

pub(crate) use completer::{requested_shell, run};
