//! How records and their files are named.

mod name_search;
mod next_number;
mod observed_scheme;
mod record_link;
mod renaming;
mod scheme;
mod slug;

pub(super) use name_search::{Named, Names};
pub use next_number::next_number;
pub use record_link::Target;
pub(super) use renaming::{Renaming, nameable};
pub use scheme::Scheme;
pub use slug::slug;
