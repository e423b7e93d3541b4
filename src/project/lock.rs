//! One command at a time changes a log, and readers can tell whether one did while they read. Does not depend on what
//! is changed.
//!
//! The lock is the system's on a file, so that it ends with the process that holds it, also with one that is killed.
//! The file holds a number that grows with every change.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::control_files::{ControlFiles, StateFolders};
use super::path_policy::{open, open_own, read_regular};
use crate::{Error, Result};

/// How long a command waits for another one that changes the log.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a command that only reads waits for one that changes the log.
const PATIENCE_OF_READERS: Duration = Duration::from_secs(5);

/// How often it looks.
const PAUSE: Duration = Duration::from_millis(10);

/// How many bytes of the file are read: more than the number has.
const LONGEST: u64 = 64;

/// The right to change a log; ends when it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    files: ControlFiles,
}

impl Lock {
    /// Waits for the right to change the log in `folder`, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// If the lock cannot be had, or another command keeps it.
    pub(super) fn wait(folder: &Path, state: &StateFolders) -> Result<Self> {
        super::output::make_folder(folder)?;
        let files = ControlFiles::made(folder, state)?;
        wait_for(folder, PATIENCE, || Self::take(&files))
    }

    /// The right to change the log that has these files; `None` if another command has it.
    ///
    /// # Errors
    ///
    /// If the lock cannot be written to.
    pub(super) fn take(files: &ControlFiles) -> Result<Option<Self>> {
        let failed = |source| Error::Write { path: files.lock.clone(), source };
        let file = open_own(&files.lock).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file, files: files.clone() })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    pub(super) fn files(&self) -> &ControlFiles {
        &self.files
    }

    /// Lets readers know that the log changes.
    ///
    /// # Errors
    ///
    /// If the lock cannot be written to.
    pub(super) fn announce(&self) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        let mut text = String::new();
        file.take(LONGEST).read_to_string(&mut text)?;
        let next = text.trim().parse::<u64>().unwrap_or_default().wrapping_add(1);
        file.seek(SeekFrom::Start(0))?;
        // As long as the one before, so that no reader sees a part of both.
        write!(file, "{next:020}")
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // It ends with the file in any case.
        drop(self.file.unlock());
    }
}

/// What `take` gives, tried again until it gives something.
///
/// # Errors
///
/// As `take`, and [`Error::Busy`] for `folder` if it has given nothing for so long.
pub(super) fn wait_for<T>(
    folder: &Path,
    patience: Duration,
    take: impl Fn() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        match take()? {
            Some(taken) => return Ok(taken),
            None if start.elapsed() < patience => sleep(PAUSE),
            None => return Err(Error::Busy { folder: folder.to_owned() }),
        }
    }
}

/// What `read` gives, read while no command changed the log. After a while, what is there.
pub(super) fn read_consistently<T>(
    files: Option<&ControlFiles>,
    mut read: impl FnMut() -> Result<T>,
) -> Result<T> {
    let Some(files) = files else { return read() };
    // A journal without a holder of the lock was left by a command that was killed.
    let is_changing = || files.journal.exists() && is_held(files);
    let start = Instant::now();
    loop {
        let before = changes(files);
        let is_patient = start.elapsed() < PATIENCE_OF_READERS;
        if is_patient && is_changing() {
            sleep(PAUSE);
            continue;
        }
        let result = read()?;
        if !is_patient || changes(files) == before && !is_changing() {
            return Ok(result);
        }
    }
}

/// What tells one change from the next.
fn changes(files: &ControlFiles) -> Option<Vec<u8>> {
    read_regular(&files.lock, LONGEST).ok()
}

/// Whether a command has the right to change the log now.
fn is_held(files: &ControlFiles) -> bool {
    let Ok(file) = open(&files.lock) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}
