//! Changes to files, planned and carried out. Does not depend on what the files say.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::journal::{self, NameStep, Step};
use super::lock::Lock;
use super::output::folder_of;
use super::patch;
use super::path_policy::{Boundary, MAX_FILE, is_link, may_write};
use crate::model::{Log, SkipReason};
use crate::text::{Change, Encoding, Source, parent_folder, path_in};
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
        Change::Move { path, to, .. } if is_link(path) => Some((path.as_path(), to.as_path())),
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
    /// The folder of the log.
    pub folder: &'l Path,
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

    /// The links of the log to other files of it, and where they lead.
    fn aliases(&self) -> impl Iterator<Item = (PathBuf, PathBuf)> {
        let skipped = self.log.skipped().iter();
        let links = skipped.filter(|one| one.reason == SkipReason::Alias);
        let links = links.map(|one| path_in(self.folder, &one.file));
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

/// What is known when changes are planned.
struct Planning<'l> {
    sources: Sources<'l>,
    purpose: Purpose,
}

/// Carries out `changes`, all or none, while `lock` is held, and gives the paths that were written.
pub(super) fn apply(known: &Known<'_>, lock: &Lock, changes: &[Change]) -> Result<Vec<PathBuf>> {
    let boundary = &lock.files().boundary;
    let planned = plan_all(known, changes, Purpose::Write)?;
    let renames = Renames::new(changes);
    let mut steps = Vec::new();
    let mut paths = Vec::new();
    for file in planned {
        let failed = |source| Error::Write { path: file.path.clone(), source };
        let is_removed = file.after.is_none();
        // Of a link that only gets another name the text stays.
        if file.before.is_some() && file.before == file.after.as_deref() {
            paths.push(renames.moved(file.path));
            continue;
        }
        let step = Step::new(boundary, &file.path, file.before, file.after).map_err(failed)?;
        folder_of(&file.path)?;
        steps.push(match &file.like {
            Some(like) => step.like(&like.canonicalize().unwrap_or_default()),
            None => step,
        });
        if !is_removed {
            paths.push(renames.moved(file.path));
        }
    }
    let mut moves = Vec::new();
    let mut written: HashSet<PathBuf> = paths.iter().cloned().collect();
    for (from, to) in links(changes).chain(folders(changes)) {
        let step = NameStep::new(boundary, from, to);
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
    journal::carry_out(lock, steps, moves)?;
    Ok(paths)
}

fn plan_all<'l>(
    known: &Known<'l>,
    changes: &[Change],
    purpose: Purpose,
) -> Result<Vec<Planned<'l>>> {
    let known_files = Planning { sources: known.sources(), purpose };
    let mut planned = Vec::new();
    for change in changes {
        plan(&known_files, change, &mut planned)?;
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

fn plan<'l>(known: &Planning<'l>, change: &Change, planned: &mut Vec<Planned<'l>>) -> Result<()> {
    match change {
        Change::Create { path, text } => {
            let after = Some(text.clone());
            planned.push(Planned { path: path.clone(), before: None, after, like: None });
        }
        Change::Edit { path, edits } => {
            let source = unchanged(known, path)?;
            let (before, after) = (source.written(), source.edited(edits));
            let after = Some(after.map_err(|_| Error::Changed { path: path.clone() })?);
            if is_link(path) {
                return Err(Error::Link { path: path.clone() });
            }
            planned.push(Planned { path: path.clone(), before: Some(before), after, like: None });
        }
        Change::Move { path, to, edits } => {
            let source = unchanged(known, path)?;
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
fn unchanged<'l>(known: &Planning<'l>, path: &Path) -> Result<&'l Source> {
    let boundary = Boundary::around(parent_folder(path));
    let now = boundary.read(path, MAX_FILE);
    let now = now.map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let path = path.to_owned();
    match known.sources.get(path.as_path()).copied() {
        Some(source) if matches!(source.encoding(), Encoding::Lossy { .. }) => {
            Err(Error::NotUtf8 { path })
        }
        Some(source) if source.written().as_bytes() != now => Err(Error::Changed { path }),
        None => Err(Error::Changed { path }),
        // Our bytes replace a file no matter who may write to it: that is asked here.
        Some(_) if known.purpose == Purpose::Write && !may_write(&path) => {
            Err(Error::ReadOnly { path })
        }
        Some(source) => Ok(source),
    }
}
