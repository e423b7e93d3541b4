//! What git knows of a log. Runs the `git` program only in `process`, and never changes the repository.

mod base;
mod branches;
mod checkout;
mod commits;
mod history;
mod log_at_commit;
mod objects;
mod process;
mod rename_detection;
mod rename_tracking;
mod repository;
mod root;
mod snapshots;
mod tracked_files;

pub use base::{BaseRequest, ResolvedBase};
pub use branches::Branches;
pub(super) use checkout::checkout;
pub use history::Tip;
pub(super) use process::Git;
pub use repository::Repository;
pub(super) use root::{WorkTree, is_git_name, is_root, root_above, work_tree};
pub(super) use tracked_files::{tracked, tracked_among};
