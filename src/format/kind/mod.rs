//! Whether a file is a record, a template, an index or a note.

mod classify;
mod quick_look;

pub(super) use classify::skip_reason;
pub use quick_look::is_plainly_record;
