//! Finds records by name: for references in other records, and for users.

mod find;
mod name_index;
mod record_index;

pub use find::Lookup;
pub(super) use find::{find, has_name};
pub(super) use record_index::RecordIndex;
pub(crate) use record_index::{join, slug_of};
