//! Relations between records: added to and removed from both records.

mod claim;
mod relate;
mod unlink;

pub use claim::{RelationClaim, RelationEnd};
pub use relate::{Revisions, Rules};
pub use unlink::unlink;
