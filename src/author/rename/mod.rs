//! New names and numbers of files, and the links and mentions that follow them.

mod external_addresses;
mod number_moves;
mod references;
mod renumber;
mod renumbering;
mod source_links;

pub(super) use references::Follow;
pub(super) use renumber::NUMBER_KEYS;
pub use renumber::{Doubt, in_doubt, renumber};
pub use renumbering::Renumbering;
