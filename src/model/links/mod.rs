//! Resolves the paths of links.

mod folder;
mod log_folder;
mod resolver;

pub use folder::Folder;
pub(super) use log_folder::LogFolder;
pub use resolver::{NamesIn, Resolver, Target};
