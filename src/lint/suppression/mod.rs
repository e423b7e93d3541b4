//! Findings that a team does not want to see: by comments in records, by file patterns in `adr.toml`, and by a baseline
//! of findings that are already known.

mod baseline;
mod comment;
mod ignored_files;

pub use baseline::Baseline;
pub use comment::IgnoreUsage;
pub(super) use comment::{IgnoreComment, IgnoreComments, IgnoreScope};
pub(super) use ignored_files::IgnoredFiles;
