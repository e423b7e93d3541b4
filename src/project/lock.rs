//! One command at a time changes a log. Knows nothing of what is changed.
//!
//! The lock is that of the system on a file, so that it ends with the process that holds it, also
//! with one that is killed. The file lies in the git directory, where no tool looks; without git
//! it lies hidden in the log, and goes when the command ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The right to change a log; ends when it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    goes: bool,
}

impl Lock {
    /// Waits for the right to change the log in `folder`, which is made where it is not there.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written to.
    pub(super) fn wait(folder: &Path) -> Result<Self> {
        let locked = Self::take(folder, |file| file.lock().map(|()| true))?;
        // Who waits comes back with the lock.
        locked.ok_or_else(|| Error::Write {
            path: folder.to_owned(),
            source: io::ErrorKind::WouldBlock.into(),
        })
    }

    /// As [`wait`](Self::wait), but `None` where somebody else has the right.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub(super) fn now(folder: &Path) -> Result<Option<Self>> {
        Self::take(folder, |file| match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        })
    }

    /// The lock that `lock` gets; `None` where it says that it has none.
    fn take(folder: &Path, lock: fn(&File) -> io::Result<bool>) -> Result<Option<Self>> {
        fs::create_dir_all(folder)
            .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })?;
        let git = git_dir(folder);
        let goes = git.is_none();
        let path = match git {
            Some(git) => git.join("adr.lock"),
            None => folder.join(".adr.lock"),
        };
        // A hidden file of ours means nothing to anybody: it is the folder that cannot be written to.
        let shown = if goes { folder } else { path.as_path() };
        let failed = |source| Error::Write { path: shown.to_owned(), source };
        loop {
            let file = open(&path).map_err(failed)?;
            if !lock(&file).map_err(failed)? {
                return Ok(None);
            }
            // Who held it before may have removed the file: then the lock is on nothing.
            if !goes || is_still(&file, &path) {
                return Ok(Some(Self { file, path, goes }));
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.goes {
            // A file that stays does no harm: it is hidden, and empty.
            drop(fs::remove_file(&self.path));
        }
        drop(self.file.unlock());
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Whether the file at `path` is the one that is open.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (open, there) = (file.metadata().map(id), fs::metadata(path).map(id));
    matches!((open, there), (Ok(open), Ok(there)) if open == there)
}

/// Other systems do not remove a file that somebody has open.
#[cfg(not(unix))]
fn is_still(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// The work tree that holds `folder`, in full.
pub(super) fn work_tree(folder: &Path) -> Option<PathBuf> {
    let absolute = folder.canonicalize().ok()?;
    absolute.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// The git directory of the repository that holds `folder`: of the work tree, where there are
/// several.
pub(super) fn git_dir(folder: &Path) -> Option<PathBuf> {
    let git = work_tree(folder)?.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    // A work tree or a submodule: a file that says where the directory is.
    let text = fs::read_to_string(&git).ok()?;
    let named = git.parent()?.join(text.strip_prefix("gitdir:")?.trim());
    named.is_dir().then_some(named)
}
