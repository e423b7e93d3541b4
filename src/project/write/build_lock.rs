//! Lets one build at a time write to a folder. The lock is a file lock of the operating system on a file in the folder.
//! The file is removed in the end, so that it is not published.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::wait_for;
use super::manifest::BUILD_LOCK;
use super::output::create_folder;
use crate::project::disk::{open_own, remove_empty_folder, remove_file};
use crate::{Error, Result};

/// How long a build waits for another one.
const TIMEOUT: Duration = Duration::from_mins(5);

/// The right to write to a folder; ends when it is dropped.
#[derive(Debug)]
pub(super) struct BuildLock {
    file: File,
    path: PathBuf,
    /// Whether the folder was created for it.
    is_folder_new: bool,
}

impl BuildLock {
    /// Waits until no other build writes to `folder`, which is created if necessary.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to, or another build holds it for too long.
    pub(super) fn wait(folder: &Path) -> Result<Self> {
        let is_folder_new = !folder.exists();
        create_folder(folder)?;
        wait_for(folder, TIMEOUT, || Self::take(folder, is_folder_new))
    }

    /// The right to write to `folder`; `None` if another build has it.
    fn take(folder: &Path, is_folder_new: bool) -> Result<Option<Self>> {
        let failed = |source| Error::Write { path: folder.to_owned(), source };
        let path = folder.join(BUILD_LOCK);
        let file = open_own(&path).map_err(failed)?;
        match file.try_lock() {
            // The previous build may have removed the file after it was opened. Then the lock protects nothing.
            Ok(()) => Ok(is_same_file(&file, &path).then_some(Self { file, path, is_folder_new })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

impl Drop for BuildLock {
    fn drop(&mut self) {
        // A remaining file does no harm: it is hidden and empty.
        drop(remove_file(&self.path));
        // Fails for a folder that is not empty, as intended.
        if let Some(folder) = self.path.parent().filter(|_| self.is_folder_new) {
            remove_empty_folder(folder);
        }
        drop(self.file.unlock());
    }
}

/// Whether the file at `path` is the open file.
#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let file_id = |metadata: io::Result<fs::Metadata>| {
        metadata.map(|metadata| (metadata.dev(), metadata.ino())).ok()
    };
    file_id(file.metadata()) == file_id(path.symlink_metadata())
}

/// Other systems do not remove an open file.
#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
