//! Relations between records, added to and removed from both ends.

mod relate;
mod unlink;

pub use relate::{Claim, Revisions, Rules};
pub use unlink::unlink;
