//! Files that somebody named for what the program has to say. Knows no log.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::path_policy::named_place;
use crate::{Error, Result};

/// Makes the file at `path` hold `text`, and the folders that lead there. In place and not by a
/// new file: `path` may be a device or a pipe.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<()> {
    put(path, |path| fs::write(path, text))
}

/// Writes `text` after what the file at `path` holds already.
///
/// # Errors
///
/// Where it cannot be written.
pub fn append(path: &Path, text: &str) -> Result<()> {
    put(path, |path| {
        let mut file = fs::OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(text.as_bytes())
    })
}

fn put(path: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    named_place(path).map_err(failed)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)
            .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })?;
    }
    write(path).map_err(failed)
}
