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
    Date, DateStatement, FileName, Layout, Lifecycle, Number, DateOrder, Reference, Relation,
    RelationKind, Role, Stamp, Stated, Status, Transitions, is_index, naming, stem,
};
pub use file_order::file_order;
pub use format::Format;
pub use links::{Folder, NamesIn, Resolver, Target};
pub use log::{Log, LinkMeanings};
pub use lookup::Lookup;
pub(crate) use lookup::{join, slug_of};
pub use record::Record;
pub use record_id::RecordId;
pub use repository::{
    Checkout, Committed, Event, EventKind, Histories, History, Snapshot, Tracked, Trees, Version,
    successors,
};
pub use skipped::{SkipReason, Skipped};
pub use translations::translations;
