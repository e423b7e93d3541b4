//! Files that somebody named for what the program has to say. Knows no log.

use std::io::{self, Write as _};
use std::path::Path;

use super::path_policy::{self, WriteMode, create_new, named_place, write_named};
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
    folder_of(path)?;
    write_named(path, text, mode).map_err(failed)
}

/// Writes a file that is no record and that the user named, whether or not it is there.
///
/// # Errors
///
/// If its folder cannot be made, it is protected, a link of the project leads it out, or it cannot be written.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let place = named_place(path).map_err(failed)?;
    folder_of(path)?;
    if place.metadata().is_ok_and(|about| about.permissions().readonly()) {
        return Err(Error::ReadOnly { path: path.to_owned() });
    }
    let written = if place.exists() { replace(&place, text) } else { create(&place, text) };
    written.map_err(failed)
}

/// Makes the folder that `path` goes to.
pub(super) fn folder_of(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), make_folder)
}

/// Makes a folder, and those above it.
///
/// # Errors
///
/// If it cannot be made.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    path_policy::make_folder(folder)
        .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })
}

/// A new file; fails if another program was faster.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut new = create_new(path)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()
}

/// Replaces the file at `path`, which is no link: readers see the old or the new one, never a part.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.adr-new", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = (|| {
        let mut new = create_new(&temporary)?;
        new.write_all(text.as_bytes())?;
        new.set_permissions(path.metadata()?.permissions())?;
        new.sync_all()?;
        path_policy::rename(&temporary, path)
    })();
    if written.is_err() {
        // The error that is reported is the first one; a leftover file is the lesser evil.
        drop(path_policy::remove_file(&temporary));
    }
    written
}
