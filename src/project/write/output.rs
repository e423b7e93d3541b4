//! Writes files that the user named. Does not depend on a log.

use std::io::{self, Write as _};
use std::path::Path;

use crate::project::disk::{self, WriteMode, create_new, remove_file, rename, write_named};
use crate::project::path_policy::named_path;
use crate::{Error, Result};

/// Replaces the content of the file at `path` by `text`, and creates the folders that lead there. Writes in place and
/// not to a new file, because `path` may be a device or a pipe.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_output(path: &Path, text: &str) -> Result<()> {
    write_with(path, text, WriteMode::Replace)
}

/// Appends `text` to the file at `path`.
///
/// # Errors
///
/// If it cannot be written.
pub fn append_output(path: &Path, text: &str) -> Result<()> {
    write_with(path, text, WriteMode::Append)
}

fn write_with(path: &Path, text: &str, mode: WriteMode) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    named_path(path).map_err(failed)?;
    create_parent(path)?;
    write_named(path, text, mode).map_err(failed)
}

/// Writes a file that is not a record and that the user named, whether or not it exists.
///
/// # Errors
///
/// If its folder cannot be created, it is protected, a link of the project leads it out, or it cannot be written.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let target = named_path(path).map_err(failed)?;
    create_parent(path)?;
    if target.metadata().is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(Error::ReadOnly { path: path.to_owned() });
    }
    let written = if target.exists() { replace(&target, text) } else { create(&target, text) };
    written.map_err(failed)
}

/// Creates the parent folder of `path`.
///
/// # Errors
///
/// If it cannot be created.
pub(super) fn create_parent(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), create_folder)
}

/// Creates a folder and its parents.
///
/// # Errors
///
/// If it cannot be created.
pub(super) fn create_folder(folder: &Path) -> Result<()> {
    disk::create_folder(folder)
        .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })
}

/// Writes a new file; fails if another program was faster.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Replaces the file at `path`, which is not a link. Readers see the old or the new text, never a part.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut temporary_name = path.file_name().unwrap_or_default().to_owned();
    temporary_name.push(format!(".{}.adr-new", std::process::id()));
    let temporary_path = path.with_file_name(temporary_name);
    let written = (|| {
        let mut file = create_new(&temporary_path)?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(path.metadata()?.permissions())?;
        file.sync_all()?;
        rename(&temporary_path, path)
    })();
    if written.is_err() {
        // Report the first error, even if a temporary file stays behind.
        drop(remove_file(&temporary_path));
    }
    written
}
