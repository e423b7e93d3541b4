//! Lets one command at a time change a log, and lets readers notice that it changed while they read. Does not depend
//! on the change.
//!
//! The lock is a file lock of the operating system, so it ends with the process that holds it, even if that is killed.
//! The file holds a number that grows with every change.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::control_files::{ControlFiles, StateFolders};
use super::output::create_folder;
use crate::project::disk::{open, open_own, read_regular};
use crate::{Error, Result};

/// How long a command waits for another one that changes the log.
const WRITER_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a command that only reads waits for one that changes the log.
const READER_TIMEOUT: Duration = Duration::from_secs(5);

/// How long it waits between two attempts.
const PAUSE: Duration = Duration::from_millis(10);

/// How many bytes of the file are read: more than the number has.
const MAX_LENGTH: u64 = 64;

/// The right to change a log; ends when it is dropped.
#[derive(Debug)]
pub(in crate::project) struct Lock {
    file: File,
    files: ControlFiles,
}

impl Lock {
    /// Waits for the right to change the log in `folder`, which is created if necessary.
    ///
    /// # Errors
    ///
    /// If the lock cannot be written, or another command holds it for too long.
    pub(in crate::project) fn wait(folder: &Path, state: &StateFolders) -> Result<Self> {
        create_folder(folder)?;
        let files = ControlFiles::create(folder, state)?;
        wait_for(folder, WRITER_TIMEOUT, || Self::take(&files))
    }

    /// The right to change the log with these files; `None` if another command has it.
    ///
    /// # Errors
    ///
    /// If the lock cannot be written.
    pub(in crate::project) fn take(files: &ControlFiles) -> Result<Option<Self>> {
        let failed = |source| Error::Write { path: files.lock.clone(), source };
        let file = open_own(&files.lock).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file, files: files.clone() })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    pub(in crate::project) fn files(&self) -> &ControlFiles {
        &self.files
    }

    /// Lets readers notice that the log changes.
    ///
    /// # Errors
    ///
    /// If the lock cannot be written.
    pub(super) fn announce(&self) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        let mut text = String::new();
        file.take(MAX_LENGTH).read_to_string(&mut text)?;
        let next_number = text.trim().parse::<u64>().unwrap_or_default().wrapping_add(1);
        file.seek(SeekFrom::Start(0))?;
        // Always the same length, so that no reader sees parts of two numbers.
        write!(file, "{next_number:020}")
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock ends with the file in any case.
        drop(self.file.unlock());
    }
}

/// Calls `take` until it returns a value.
///
/// # Errors
///
/// As `take`, and [`Error::Busy`] for `folder` after `timeout`.
pub(super) fn wait_for<T>(
    folder: &Path,
    timeout: Duration,
    take: impl Fn() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        match take()? {
            Some(taken) => return Ok(taken),
            None if start.elapsed() < timeout => sleep(PAUSE),
            None => return Err(Error::Busy { folder: folder.to_owned() }),
        }
    }
}

/// Calls `read` until no command changed the log meanwhile, and returns its last result. After a timeout, reads once
/// more and returns that.
///
/// # Errors
///
/// As `read`.
pub(in crate::project) fn read_consistently<T>(
    files: Option<&ControlFiles>,
    mut read: impl FnMut() -> Result<T>,
) -> Result<T> {
    let Some(files) = files else { return read() };
    // A journal without a held lock was left by a command that was killed.
    let is_changing = || files.journal.exists() && is_held(files);
    let start = Instant::now();
    loop {
        let number_before = change_number(files);
        let may_wait = start.elapsed() < READER_TIMEOUT;
        if may_wait && is_changing() {
            sleep(PAUSE);
            continue;
        }
        let result = read()?;
        if !may_wait || change_number(files) == number_before && !is_changing() {
            return Ok(result);
        }
    }
}

/// Distinguishes one change from the next.
fn change_number(files: &ControlFiles) -> Option<Vec<u8>> {
    read_regular(&files.lock, MAX_LENGTH).ok()
}

/// Whether a command is changing the log.
fn is_held(files: &ControlFiles) -> bool {
    let Ok(file) = open(&files.lock) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}
