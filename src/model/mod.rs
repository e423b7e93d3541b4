//! The words of the field as plain data: records, their fields, and the log that they make up.
//!
//! Knows neither how records are written down (that is `format`) nor where they are kept.

mod checkout;
mod date;
mod ends;
mod file_name;
mod find;
mod folder;
mod format;
mod history;
mod home;
mod language;
mod log;
mod matching;
mod names;
mod number;
mod record;
mod reference;
mod relation;
mod role;
mod snapshot;
mod status;
mod target;
mod transition;
mod web;

pub use checkout::{Checkout, Tracked};
pub use date::{Date, DateStatement, Order};
pub use file_name::{FileName, Stamp, is_index, naming, stem};
pub use folder::Folder;
pub use format::Format;
pub use history::{Event, EventKind, Histories, History};
pub use language::translations;
pub use log::{Incoming, Log, Lookup, Meanings, RecordId, SkipReason, Skipped, file_order};
pub use matching::{Version, successors};
pub use number::Number;
pub use record::{Layout, Record, Stated};
pub(crate) use reference::{join, slug_of};
pub use relation::{Reference, Relation, RelationKind};
pub use role::Role;
pub use snapshot::{Committed, Snapshot, Trees};
pub use status::{Lifecycle, Status};
pub use target::{NamesIn, Resolver, Target};
pub use transition::Transitions;
