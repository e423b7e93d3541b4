//! One build at a time writes to a folder. The lock is the system's on a file in it, which is removed in the end: what
//! is published holds nothing of it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::project::lock::wait_for;
use crate::project::manifest::BUILD_LOCK;
use crate::project::output::make_folder;
use crate::project::path_policy::{open_own, remove_empty_folder, remove_file};
use crate::{Error, Result};

/// How long a build waits for another one.
const PATIENCE: Duration = Duration::from_mins(5);

/// The right to write to a folder; ends when it is dropped.
#[derive(Debug)]
pub(super) struct BuildLock {
    file: File,
    path: PathBuf,
    /// Whether the folder was made for it.
    is_folder_new: bool,
}

impl BuildLock {
    /// Waits until no other build writes to `folder`, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to, or another build keeps it.
    pub(super) fn wait(folder: &Path) -> Result<Self> {
        let is_folder_new = !folder.exists();
        make_folder(folder)?;
        wait_for(folder, PATIENCE, || Self::take(folder, is_folder_new))
    }

    /// The right to write to `folder`; `None` if another build has it.
    fn take(folder: &Path, is_folder_new: bool) -> Result<Option<Self>> {
        let failed = |source| Error::Write { path: folder.to_owned(), source };
        let path = folder.join(BUILD_LOCK);
        let file = open_own(&path).map_err(failed)?;
        match file.try_lock() {
            // The build that held it before may have removed the file: then the lock is on nothing.
            Ok(()) => Ok(is_still(&file, &path).then_some(Self { file, path, is_folder_new })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

impl Drop for BuildLock {
    fn drop(&mut self) {
        // A file that stays does no harm: it is hidden, and empty.
        drop(remove_file(&self.path));
        // Fails for a folder that holds something, which is what we want.
        if let Some(folder) = self.path.parent().filter(|_| self.is_folder_new) {
            remove_empty_folder(folder);
        }
        drop(self.file.unlock());
    }
}

/// Whether the file at `path` is the one that is open.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let id = |about: io::Result<fs::Metadata>| about.map(|about| (about.dev(), about.ino())).ok();
    id(file.metadata()) == id(path.symlink_metadata())
}

/// Other systems do not remove a file that is open.
#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
