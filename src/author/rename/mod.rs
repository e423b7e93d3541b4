//! New names and numbers of files, and the links and mentions that follow them.

mod external_addresses;
mod number_moves;
mod references;
mod renumber;
mod renumbering;
mod source_links;

pub(super) use references::RecordRename;
pub use renumber::{AmbiguousMention, ambiguous_mentions, renumber};
pub(super) use renumbering::NUMBER_KEYS;
pub use renumbering::Renumbering;
