//! What git knows of a log. Runs the `git` program through one door, [`process::Git`], reads only, and does not
//! depend on what is right or wrong about a log.

mod checkout;
mod history;
mod lives;
mod moved;
mod process;
mod refs;
mod repository;
mod root;

pub(super) use checkout::checkout;
pub use history::Tip;
pub(super) use process::Git;
pub use refs::Branches;
pub(super) use refs::{branches, tracked, tracked_among};
pub use repository::{Asked, Repository};
pub(super) use root::{WorkTree, is_git_name, work_tree};
