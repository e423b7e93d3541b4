//! Texts of files, and changes to them.

mod change;
mod edit;
mod line_ending;
mod local_edit;
mod source;

pub use change::{Change, Rewritten};
pub use edit::{Edit, Overlap, apply};
pub use line_ending::{LineEnding, line_endings, with_line_feeds};
pub use source::{Encoding, LineColumn, Source};
