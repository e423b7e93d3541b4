//! The terms of the domain as plain data: records, their fields, and the log that contains them.
//!
//! Independent of how records are written down (that is `format`) and of where they are stored.

mod fields;
mod file_order;
mod format;
mod links;
mod log;
mod lookup;
mod record;
mod record_id;
mod relations;
mod repository;
mod skipped;
mod translations;

pub use fields::{
    Date, DateOrder, DateStatement, FileName, Layout, Lifecycle, Number, Reference, Relation,
    RelationKind, Role, Stamp, Stated, Status, Transitions, is_index, naming, stem,
};
pub use file_order::file_order;
pub use format::Format;
pub use links::{Folder, NamesIn, Resolver, Target};
pub use log::{LinkMeanings, Log};
pub use lookup::Lookup;
pub(crate) use lookup::{join, slug_of};
pub use record::Record;
pub use record_id::RecordId;
pub use repository::{
    BaseSnapshots, Checkout, Committed, Event, EventKind, Histories, History, RecordVersion,
    Snapshot, Tracked, match_records,
};
pub use skipped::{SkipReason, Skipped};
pub use translations::translations;
