//! Which log a command works on. Does not look at the disk.

use std::path::Path;

use super::config::Setting;
use crate::project::write::StateFolders;

/// Which log a command works on, and with which settings.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// Its folder; `None` to find it from the working directory upwards.
    pub dir: Option<&'a Path>,
    /// Settings that override `adr.toml`.
    pub settings: Vec<Setting>,
    /// The folders for lock and journal of a log outside of git.
    pub state: StateFolders,
}
