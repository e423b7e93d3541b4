//! Finds a log, and reads it with its configuration.

mod adr_tools_log;
mod config;
mod discover;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod disk_state;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod folder_names;
mod location;
mod new_log;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod pictures;
mod read;
mod relative_path;
mod request;

pub use adr_tools_log::{PlainLog, asks_for_adr_tools};
pub use config::{Config, Setting};
pub(super) use discover::discover;
pub use disk_state::DiskState;
pub use folder_names::FolderNames;
pub use location::{LogLocation, RepositoryRoot};
pub use new_log::NewLogFolder;
pub(super) use new_log::{config_for_new_log, discover_or_plan, new_log_folder};
pub use pictures::{LeftOut, Pictures, read_picture};
pub(super) use pictures::{PictureScope, find_pictures};
pub(super) use read::{Extent, UnsavedFile, read_files, read_log, read_templates, reread};
pub use request::Request;
