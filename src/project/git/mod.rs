//! What git knows of a log. Runs the `git` program through one door, [`process::Git`], reads only, and does not
//! depend on what is right or wrong about a log.

mod base;
mod checkout;
mod history;
mod lives;
mod moved;
mod objects;
mod process;
mod refs;
mod renames;
mod repository;
mod root;

pub use base::{BaseRequest, ResolvedBase};
pub(super) use checkout::checkout;
pub use history::Tip;
pub(super) use process::Git;
pub use refs::Branches;
pub(super) use refs::{tracked, tracked_among};
pub use repository::Repository;
pub(super) use root::{WorkTree, is_git_name, is_root, root_above, work_tree};
