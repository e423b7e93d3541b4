//! Files that somebody named for what the program has to say. Knows no log.

use std::path::Path;

use super::path_policy::{WriteMode, make_folder, named_place, write_named};
use crate::{Error, Result};

/// Makes the file at `path` hold `text`, and the folders that lead there. In place and not by a
/// new file: `path` may be a device or a pipe.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<()> {
    put(path, text, WriteMode::Replace)
}

/// Writes `text` after what the file at `path` holds already.
///
/// # Errors
///
/// Where it cannot be written.
pub fn append(path: &Path, text: &str) -> Result<()> {
    put(path, text, WriteMode::Append)
}

fn put(path: &Path, text: &str, mode: WriteMode) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    named_place(path).map_err(failed)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder)
            .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })?;
    }
    write_named(path, text, mode).map_err(failed)
}
