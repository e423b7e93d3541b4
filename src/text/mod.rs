//! Texts, the places in them, and the changes to them. Knows nothing of records or Markdown.

mod change;
mod comment;
mod compare;
mod cover;
mod diff;
mod edit;
mod escape;
mod fingerprint;
mod markup;
mod nearest;
mod path;
mod source;
mod span;
mod unique;

pub use change::{Change, Rewritten};
pub use comment::{comments, has_comments};
pub use compare::{Part, compare};
pub use cover::Cover;
pub use diff::{renamed, unified};
pub use edit::{Edit, Overlap, apply};
pub use escape::{escape, escaped};
pub use fingerprint::Fingerprint;
pub use markup::entity;
pub use nearest::{Budget, LONGEST, beginning, nearest, slips};
pub use path::below;
pub use source::{Encoding, LineColumn, Source};
pub use span::{Span, Spanned};
pub use unique::UniqueNames;
