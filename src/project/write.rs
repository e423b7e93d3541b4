//! Changes and sites, written.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::model::{Log, Record};
use crate::text::{Change, apply as apply_edits, unified};
use crate::{Error, Result};

/// A file as it will be.
struct Planned<'l> {
    path: PathBuf,
    /// What it holds; `None` for one that is made.
    before: Option<&'l str>,
    text: String,
}

/// What `changes` would do, as a unified diff.
pub(super) fn preview(log: &Log, changes: &[Change]) -> Result<String> {
    let planned: Vec<Planned<'_>> =
        changes.iter().map(|change| plan(log, change)).collect::<Result<_>>()?;
    Ok(planned.iter().map(|file| unified(&file.path, file.before, &file.text)).collect())
}

/// Carries out `changes` to files of `log`, and gives the paths that were written.
pub(super) fn apply(log: &Log, changes: &[Change]) -> Result<Vec<PathBuf>> {
    let planned: Vec<Planned<'_>> =
        changes.iter().map(|change| plan(log, change)).collect::<Result<_>>()?;
    for file in &planned {
        folder_of(&file.path)?;
        let written = if file.before.is_none() { create(file) } else { replace(file) };
        written.map_err(|source| Error::Write { path: file.path.clone(), source })?;
    }
    Ok(planned.into_iter().map(|file| file.path).collect())
}

fn plan<'l>(log: &'l Log, change: &Change) -> Result<Planned<'l>> {
    match change {
        Change::Create { path, .. } if path.exists() => Err(Error::Exists { path: path.clone() }),
        Change::Create { path, text } => {
            Ok(Planned { path: path.clone(), before: None, text: text.clone() })
        }
        Change::Edit { path, edits } => {
            let known = log.records().iter().find(|record| record.source.path() == path);
            let now =
                fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
            let before = known.map(Record::text).filter(|text| text.as_bytes() == now);
            let before = before.ok_or_else(|| Error::Changed { path: path.clone() })?;
            let text =
                apply_edits(before, edits).map_err(|_| Error::Changed { path: path.clone() })?;
            Ok(Planned { path: path.clone(), before: Some(before), text })
        }
    }
}

/// Writes a file that is no record, whether or not it is there.
///
/// # Errors
///
/// Where its folder cannot be made, or it cannot be written.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    folder_of(path)?;
    let file = Planned { path: path.to_owned(), before: None, text: text.to_owned() };
    let written = if path.exists() { replace(&file) } else { create(&file) };
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Makes the folder that `path` goes to.
fn folder_of(path: &Path) -> Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder)
        .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })
}

/// A new file; fails where another program was faster.
fn create(file: &Planned<'_>) -> io::Result<()> {
    let mut new = fs::OpenOptions::new().write(true).create_new(true).open(&file.path)?;
    new.write_all(file.text.as_bytes())?;
    new.sync_all()
}

/// A file in the place of one that is there: readers see the old or the new, never a part.
fn replace(file: &Planned<'_>) -> io::Result<()> {
    let target = file.path.canonicalize()?;
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.adr-new", std::process::id()));
    let temporary = target.with_file_name(name);
    let written = (|| {
        let mut new = fs::File::create(&temporary)?;
        new.write_all(file.text.as_bytes())?;
        new.set_permissions(fs::metadata(&target)?.permissions())?;
        new.sync_all()?;
        fs::rename(&temporary, &target)
    })();
    if written.is_err() {
        // The error that is reported is the first one; a leftover file is the lesser evil.
        drop(fs::remove_file(&temporary));
    }
    written
}
