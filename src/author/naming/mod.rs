//! How records and their files are named. Does not edit texts.

mod name_search;
mod next_number;
mod observed_scheme;
mod record_link;
mod renaming;
mod scheme;
mod slug;

pub(super) use name_search::{NameIndex, NameMatch};
pub use next_number::next_number;
pub use record_link::RecordLink;
pub(super) use renaming::{Renaming, check_name_is_text};
pub use scheme::Scheme;
pub use slug::slug;
