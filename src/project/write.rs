//! Changes to files, planned and carried out. Does not depend on what the files say.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::journal::{self, NameStep, Step};
use super::lock::Lock;
use super::patch;
use super::path_policy::{self, Boundary, MAX_FILE, create_new, is_link, may_write, named_place};
use crate::model::{Log, SkipReason};
use crate::text::{Change, Encoding, Source, below};
use crate::{Error, Result};

/// A file as it will be.
struct Planned<'l> {
    path: PathBuf,
    /// What it holds; `None` for one that is made.
    before: Option<&'l str>,
    /// What it will hold; `None` for one that goes.
    after: Option<String>,
    /// Where its permissions come from, if it is made.
    like: Option<PathBuf>,
}

/// What `changes` would do, as a unified diff.
pub(super) fn preview(known: &Known<'_>, changes: &[Change]) -> Result<String> {
    let planned = plan_all(known, changes, Purpose::Preview)?;
    // A file that moves comes and goes; it is shown once.
    let goes = |path: &Path| planned.iter().find(|file| file.after.is_none() && file.path == path);
    let diff = |file: &Planned<'_>| {
        let after = file.after.as_deref().unwrap_or_default();
        let to = moved(file.path.clone(), changes);
        match (&file.like, file.before) {
            (Some(from), _) => {
                let before = goes(from).and_then(|file| file.before).unwrap_or_default();
                patch::renamed(from, &to, before, after)
            }
            (None, Some(before)) if to != file.path => {
                patch::renamed(&file.path, &to, before, after)
            }
            (None, before) => patch::unified(&file.path, before, after),
        }
    };
    let stays = planned.iter().filter(|file| file.after.is_some());
    let mut shown: String = stays.map(diff).collect();
    for (from, _) in folders(changes) {
        for path in files(from)? {
            if planned.iter().all(|file| file.path != path) {
                shown += &patch::renamed(&path, &moved(path.clone(), changes), "", "");
            }
        }
    }
    Ok(shown)
}

/// All files below a folder that is to move, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            Error::Read { path, source: error.into() }
        })?;
        if !entry.file_type().is_dir() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The folders that get another name, and the new ones.
fn folders(changes: &[Change]) -> impl Iterator<Item = (&Path, &Path)> {
    changes.iter().filter_map(|change| match change {
        Change::MoveFolder { from, to } => Some((from.as_path(), to.as_path())),
        _ => None,
    })
}

/// The symbolic links that get another name, and the new ones. What they lead to stays where it is.
fn links(changes: &[Change]) -> impl Iterator<Item = (&Path, &Path)> {
    changes.iter().filter_map(|change| match change {
        Change::Move { path, to, .. } if is_link(path) => Some((path.as_path(), to.as_path())),
        _ => None,
    })
}

/// `path`, where it will be when links and folders have moved.
fn moved(path: PathBuf, changes: &[Change]) -> PathBuf {
    if let Some((_, to)) = links(changes).find(|(from, _)| *from == path) {
        return to.to_owned();
    }
    let new = folders(changes)
        .find_map(|(from, to)| path.strip_prefix(from).ok().map(|rest| to.join(rest)));
    new.unwrap_or(path)
}

/// The texts that changes were planned on.
pub(super) struct Known<'l> {
    /// The folder of the log.
    pub folder: &'l Path,
    /// The records.
    pub log: &'l Log,
    /// Other files.
    pub others: &'l [Source],
}

impl<'l> Known<'l> {
    fn source(&self, path: &Path) -> Option<&'l Source> {
        let records = self.log.records().iter().map(|record| &record.source);
        records.chain(self.others).find(|source| source.path() == path)
    }

    /// The links of the log to other files of it, and where they lead.
    fn aliases(&self) -> impl Iterator<Item = (PathBuf, PathBuf)> {
        let skipped = self.log.skipped().iter();
        let links = skipped.filter(|one| one.reason == SkipReason::Alias);
        let links = links.map(|one| below(self.folder, &one.file));
        links.filter_map(|link| {
            let target = link.canonicalize().ok()?;
            Some((link, target))
        })
    }
}

/// What a plan is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To be shown: the files need not be writable.
    Preview,
    /// To be carried out.
    Write,
}

/// Carries out `changes`, all or none, while `lock` is held, and gives the paths that were written.
pub(super) fn apply(known: &Known<'_>, lock: &Lock, changes: &[Change]) -> Result<Vec<PathBuf>> {
    let boundary = &lock.files().boundary;
    let planned = plan_all(known, changes, Purpose::Write)?;
    let mut steps = Vec::new();
    let mut paths = Vec::new();
    for file in planned {
        let failed = |source| Error::Write { path: file.path.clone(), source };
        let is_removed = file.after.is_none();
        // Of a link that only gets another name the text stays.
        if file.before.is_some() && file.before == file.after.as_deref() {
            paths.push(moved(file.path, changes));
            continue;
        }
        let step = Step::new(boundary, &file.path, file.before, file.after).map_err(failed)?;
        folder_of(&file.path)?;
        steps.push(match &file.like {
            Some(like) => step.like(&like.canonicalize().unwrap_or_default()),
            None => step,
        });
        if !is_removed {
            paths.push(moved(file.path, changes));
        }
    }
    let mut moves = Vec::new();
    for (from, to) in links(changes).chain(folders(changes)) {
        let step = NameStep::new(boundary, from, to);
        moves.push(step.map_err(|source| Error::Write { path: from.to_owned(), source })?);
        let records = known.log.records().iter().map(|record| record.source.path());
        // Records that only move are written, too.
        let unedited = records.filter(|path| path.starts_with(from));
        let unedited = unedited.map(|path| moved(path.to_owned(), changes));
        let unedited: Vec<PathBuf> = unedited.filter(|path| !paths.contains(path)).collect();
        paths.extend(unedited);
    }
    journal::carry_out(lock, steps, moves)?;
    Ok(paths)
}

fn plan_all<'l>(
    known: &Known<'l>,
    changes: &[Change],
    purpose: Purpose,
) -> Result<Vec<Planned<'l>>> {
    let mut planned = Vec::new();
    for change in changes {
        plan((known, purpose), change, &mut planned)?;
    }
    let made = planned.iter().filter(|file| file.before.is_none()).map(|file| file.path.as_path());
    let renamed = links(changes).chain(folders(changes)).map(|(_, to)| to);
    let taken = made.chain(renamed).find(|path| journal::is_there(path));
    if let Some(path) = taken {
        return Err(Error::Exists { path: path.to_owned() });
    }
    match left_behind(known, changes) {
        Some(error) => Err(error),
        None => Ok(planned),
    }
}

/// Why a link of the log would lead nowhere: the file that it leads to gets another name.
fn left_behind(known: &Known<'_>, changes: &[Change]) -> Option<Error> {
    let files = changes.iter().filter_map(|change| match change {
        Change::Move { path, .. } if !is_link(path) => path.canonicalize().ok(),
        Change::MoveFolder { from, .. } => from.canonicalize().ok(),
        _ => None,
    });
    let files: Vec<PathBuf> = files.collect();
    if files.is_empty() {
        return None;
    }
    let mut aliases = known.aliases();
    aliases.find_map(|(link, target)| {
        let moves = files.iter().any(|file| target.starts_with(file) && !link.starts_with(file));
        moves.then(|| Error::LinkLeft { link, target: file_name(&target) })
    })
}

fn file_name(path: &Path) -> PathBuf {
    path.file_name().map(PathBuf::from).unwrap_or_default()
}

fn plan<'l>(
    (known, purpose): (&Known<'l>, Purpose),
    change: &Change,
    planned: &mut Vec<Planned<'l>>,
) -> Result<()> {
    match change {
        Change::Create { path, text } => {
            let after = Some(text.clone());
            planned.push(Planned { path: path.clone(), before: None, after, like: None });
        }
        Change::Edit { path, edits } => {
            let source = unchanged(known, path, purpose)?;
            let (before, after) = (source.written(), source.edited(edits));
            let after = Some(after.map_err(|_| Error::Changed { path: path.clone() })?);
            if is_link(path) {
                return Err(Error::Link { path: path.clone() });
            }
            planned.push(Planned { path: path.clone(), before: Some(before), after, like: None });
        }
        Change::Move { path, to, edits } => {
            let source = unchanged(known, path, purpose)?;
            let (before, after) = (source.written(), source.edited(edits));
            let after = after.map_err(|_| Error::Changed { path: path.clone() })?;
            let path = path.clone();
            if is_link(&path) {
                // Only its name may change: the text is another file's.
                if after != before {
                    return Err(Error::Link { path });
                }
                let after = Some(after);
                planned.push(Planned { path, before: Some(before), after, like: None });
                return Ok(());
            }
            let (like, after) = (Some(path.clone()), Some(after));
            planned.push(Planned { path: to.clone(), before: None, after, like });
            planned.push(Planned { path, before: Some(before), after: None, like: None });
        }
        // Behind all files, see `folders`.
        Change::MoveFolder { .. } => {}
    }
    Ok(())
}

/// The file, if it is what was read before.
fn unchanged<'l>(known: &Known<'l>, path: &Path, purpose: Purpose) -> Result<&'l Source> {
    let boundary = Boundary::around(path.parent().unwrap_or(Path::new("")));
    let now = boundary.read(path, MAX_FILE);
    let now = now.map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let path = path.to_owned();
    match known.source(&path) {
        Some(source) if matches!(source.encoding(), Encoding::Lossy { .. }) => {
            Err(Error::NotUtf8 { path })
        }
        Some(source) if source.written().as_bytes() != now => Err(Error::Changed { path }),
        None => Err(Error::Changed { path }),
        // Our bytes replace a file no matter who may write to it: that is asked here.
        Some(_) if purpose == Purpose::Write && !may_write(&path) => Err(Error::ReadOnly { path }),
        Some(source) => Ok(source),
    }
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
fn folder_of(path: &Path) -> Result<()> {
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
