//! What a check reports: findings with their places and fixes.

mod diagnostic;
mod edit_request;
mod findings;
mod fix;
mod summary;

pub use diagnostic::{Diagnostic, FindingSite, Related};
pub use edit_request::{BackLink, EditRequest, RecordEditor};
pub use findings::Findings;
pub use fix::{Fix, Safety};
pub use summary::Coverage;
pub(super) use summary::summarized;
