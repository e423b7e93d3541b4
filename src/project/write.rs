//! Changes and sites, written.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::journal::{self, NameStep, Step};
use super::patch;
use crate::model::Log;
use crate::text::{Change, Encoding, Source, apply as apply_edits};
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
    let planned = plan_all(known, changes)?;
    // A file that moves comes and goes; it is shown once.
    let going = planned.iter().filter(|file| file.after.is_none());
    let going: HashMap<&Path, &Planned<'_>> =
        going.map(|file| (file.path.as_path(), file)).collect();
    let renames = Renames::new(changes);
    let diff = |file: &Planned<'_>| {
        let after = file.after.as_deref().unwrap_or_default();
        let to = renames.moved(file.path.clone());
        match (&file.like, file.before) {
            (Some(from), _) => {
                let before = going.get(from.as_path()).and_then(|file| file.before);
                let before = before.unwrap_or_default();
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
    let known: HashSet<&Path> = planned.iter().map(|file| file.path.as_path()).collect();
    for (from, _) in folders(changes) {
        for path in files(from)? {
            if !known.contains(path.as_path()) {
                shown += &patch::renamed(&path, &renames.moved(path.clone()), "", "");
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
        Change::Move { path, to, .. } if path.is_symlink() => Some((path.as_path(), to.as_path())),
        _ => None,
    })
}

/// The links and folders that get other names, by their old ones.
struct Renames<'c> {
    links: HashMap<&'c Path, &'c Path>,
    folders: HashMap<&'c Path, &'c Path>,
}

impl<'c> Renames<'c> {
    fn new(changes: &'c [Change]) -> Self {
        Self { links: links(changes).collect(), folders: folders(changes).collect() }
    }

    /// `path`, where it will be when links and folders have moved.
    fn moved(&self, path: PathBuf) -> PathBuf {
        if let Some(to) = self.links.get(path.as_path()) {
            return (*to).to_owned();
        }
        let above = path.ancestors().find_map(|above| self.folders.get_key_value(above));
        let new = above.and_then(|(from, to)| Some(to.join(path.strip_prefix(from).ok()?)));
        new.unwrap_or(path)
    }
}

/// The texts that changes were planned on.
pub(super) struct Known<'l> {
    /// The records.
    pub log: &'l Log,
    /// Other files.
    pub others: &'l [Source],
}

/// The same by their paths.
type Sources<'l> = HashMap<&'l Path, &'l Source>;

impl<'l> Known<'l> {
    fn sources(&self) -> Sources<'l> {
        let records = self.log.records().iter().map(|record| &record.source);
        // Of two with one path the first, which is the record.
        let all = records.chain(self.others).rev();
        all.map(|source| (source.path(), source)).collect()
    }
}

/// Carries out `changes`, all or none, to the log in `folder`, and gives the paths that were
/// written. The lock of the log is held.
pub(super) fn apply(known: &Known<'_>, folder: &Path, changes: &[Change]) -> Result<Vec<PathBuf>> {
    let planned = plan_all(known, changes)?;
    let renames = Renames::new(changes);
    let mut steps = Vec::new();
    let mut paths = Vec::new();
    for file in planned {
        folder_of(&file.path)?;
        let goes = file.after.is_none();
        // Of a link that only gets another name the text stays.
        if file.before.is_some() && file.before == file.after.as_deref() {
            paths.push(renames.moved(file.path));
            continue;
        }
        let step = Step::new(&file.path, file.before, file.after);
        let step = step.map_err(|source| Error::Write { path: file.path.clone(), source })?;
        steps.push(match &file.like {
            Some(like) => step.like(&like.canonicalize().unwrap_or_default()),
            None => step,
        });
        if !goes {
            paths.push(renames.moved(file.path));
        }
    }
    let mut moves = Vec::new();
    let mut written: HashSet<PathBuf> = paths.iter().cloned().collect();
    for (from, to) in links(changes).chain(folders(changes)) {
        let step = NameStep::new(from, to);
        moves.push(step.map_err(|source| Error::Write { path: from.to_owned(), source })?);
    }
    // Records that only move are written, too.
    for record in known.log.records() {
        let path = record.source.path();
        let new = renames.moved(path.to_owned());
        if new != path && written.insert(new.clone()) {
            paths.push(new);
        }
    }
    journal::carry_out(folder, steps, moves)?;
    Ok(paths)
}

fn plan_all<'l>(known: &Known<'l>, changes: &[Change]) -> Result<Vec<Planned<'l>>> {
    let sources = known.sources();
    let mut planned = Vec::new();
    for change in changes {
        plan(&sources, change, &mut planned)?;
    }
    let made = planned.iter().filter(|file| file.before.is_none()).map(|file| file.path.as_path());
    let renamed = links(changes).chain(folders(changes)).map(|(_, to)| to);
    let taken = made.chain(renamed).find(|path| journal::is_there(path));
    match taken {
        Some(path) => Err(Error::Exists { path: path.to_owned() }),
        None => Ok(planned),
    }
}

fn plan<'l>(known: &Sources<'l>, change: &Change, planned: &mut Vec<Planned<'l>>) -> Result<()> {
    match change {
        Change::Create { path, text } => {
            let after = Some(text.clone());
            planned.push(Planned { path: path.clone(), before: None, after, like: None });
        }
        Change::Edit { path, edits } => {
            let before = unchanged(known, path)?;
            let after = apply_edits(before, edits);
            let after = Some(after.map_err(|_| Error::Changed { path: path.clone() })?);
            planned.push(Planned { path: path.clone(), before: Some(before), after, like: None });
        }
        Change::Move { path, to, edits } => {
            let before = unchanged(known, path)?;
            let after = apply_edits(before, edits);
            let after = Some(after.map_err(|_| Error::Changed { path: path.clone() })?);
            if path.is_symlink() {
                let path = path.clone();
                planned.push(Planned { path, before: Some(before), after, like: None });
                return Ok(());
            }
            let like = Some(path.clone());
            planned.push(Planned { path: to.clone(), before: None, after, like });
            let path = path.clone();
            planned.push(Planned { path, before: Some(before), after: None, like: None });
        }
        // Behind all files, see `folders`.
        Change::MoveFolder { .. } => {}
    }
    Ok(())
}

/// The text of the file, if it is what was read before.
fn unchanged<'l>(known: &Sources<'l>, path: &Path) -> Result<&'l str> {
    let now = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let path = path.to_owned();
    // Our bytes take the place of a file whoever may write into it: that is asked here.
    let may_write = fs::metadata(&path).is_ok_and(|about| !about.permissions().readonly())
        && fs::OpenOptions::new().write(true).open(&path).is_ok();
    match known.get(path.as_path()).copied() {
        Some(source) if matches!(source.encoding(), Encoding::Lossy { .. }) => {
            Err(Error::NotUtf8 { path })
        }
        Some(source) if source.text().as_bytes() != now => Err(Error::Changed { path }),
        None => Err(Error::Changed { path }),
        Some(_) if !may_write => Err(Error::ReadOnly { path }),
        Some(source) => Ok(source.text()),
    }
}

/// Writes a file that is no record, whether or not it is there.
///
/// # Errors
///
/// Where its folder cannot be made, it is protected, or it cannot be written.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    folder_of(path)?;
    if fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
        return Err(Error::ReadOnly { path: path.to_owned() });
    }
    let written = if path.exists() { replace(path, text) } else { create(path, text) };
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Makes the folder that `path` goes to.
fn folder_of(path: &Path) -> Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder)
        .map_err(|source| Error::MakeFolder { path: folder.to_owned(), source })
}

/// A new file; fails where another program was faster.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut new = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()
}

/// A file in the place of one that is there: readers see the old or the new, never a part.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = path.canonicalize()?;
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.adr-new", std::process::id()));
    let temporary = target.with_file_name(name);
    let written = (|| {
        let mut new = fs::File::create(&temporary)?;
        new.write_all(text.as_bytes())?;
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
