//! Plans changes to files: what each file holds before and after, and whether the change is possible. Writes nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::model::{Log, SkipReason};
use crate::project::disk::{MAX_FILE, is_link, is_taken, may_write};
use crate::project::path_policy::Boundary;
use crate::text::{Change, Encoding, Source, parent_folder, path_in};
use crate::{Error, Result};

/// The texts that changes are planned on.
pub(in crate::project) struct PlanInputs<'l> {
    /// The folder of the log.
    pub folder: &'l Path,
    /// The records.
    pub log: &'l Log,
    /// Other files.
    pub others: &'l [Source],
}

/// The sources by path.
type Sources<'l> = HashMap<&'l Path, &'l Source>;

impl<'l> PlanInputs<'l> {
    fn sources(&self) -> Sources<'l> {
        let records = self.log.records().iter().map(|record| &record.source);
        // Collected in reverse, so that a record wins over another file with its path.
        let sources = records.chain(self.others).rev();
        sources.map(|source| (source.path(), source)).collect()
    }

    /// The links in the log to other files of it, with their targets.
    fn aliases(&self) -> impl Iterator<Item = (PathBuf, PathBuf)> {
        let skipped = self.log.skipped().iter();
        let links = skipped.filter(|skipped| skipped.reason == SkipReason::Alias);
        let links = links.map(|skipped| path_in(self.folder, &skipped.file));
        links.filter_map(|link| {
            let target = link.canonicalize().ok()?;
            Some((link, target))
        })
    }
}

/// The planned change of a file.
pub(super) struct PlannedFile<'l> {
    pub path: PathBuf,
    /// The present text; `None` for a new file.
    pub before: Option<&'l str>,
    /// The new text; `None` for a file that is removed.
    pub after: Option<String>,
    /// The file that a new file gets its permissions from.
    pub permissions_of: Option<PathBuf>,
}

/// The purpose of a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PlanPurpose {
    /// To be shown: the files need not be writable.
    Preview,
    /// To be carried out.
    Write,
}

/// Plans all of `changes`.
///
/// # Errors
///
/// If a file changed on disk, cannot be written, or exists already, or a link would be broken.
pub(super) fn plan<'l>(
    inputs: &PlanInputs<'l>,
    changes: &[Change],
    purpose: PlanPurpose,
) -> Result<Vec<PlannedFile<'l>>> {
    let planner = Planner { sources: inputs.sources(), purpose };
    let mut planned_files = Vec::new();
    for change in changes {
        planner.plan(change, &mut planned_files)?;
    }
    let new_files = planned_files.iter().filter(|file| file.before.is_none());
    let new_paths = new_files.map(|file| file.path.as_path());
    let new_names = renamed_links(changes).chain(renamed_folders(changes)).map(|(_, to)| to);
    if let Some(path) = new_paths.chain(new_names).find(|path| is_taken(path)) {
        return Err(Error::Exists { path: path.to_owned() });
    }
    match broken_alias(inputs, changes) {
        Some(error) => Err(error),
        None => Ok(planned_files),
    }
}

/// The link of the log that would lead nowhere because its target is renamed.
fn broken_alias(inputs: &PlanInputs<'_>, changes: &[Change]) -> Option<Error> {
    let renamed = changes.iter().filter_map(|change| match change {
        Change::Move { path, .. } if !is_link(path) => path.canonicalize().ok(),
        Change::MoveFolder { from, .. } => from.canonicalize().ok(),
        _ => None,
    });
    let renamed: Vec<PathBuf> = renamed.collect();
    if renamed.is_empty() {
        return None;
    }
    let mut aliases = inputs.aliases();
    aliases.find_map(|(link, target)| {
        let is_broken =
            renamed.iter().any(|path| target.starts_with(path) && !link.starts_with(path));
        let target_name = || target.file_name().map(PathBuf::from).unwrap_or_default();
        is_broken.then(|| Error::LinkLeft { link, target: target_name() })
    })
}

struct Planner<'l> {
    sources: Sources<'l>,
    purpose: PlanPurpose,
}

impl<'l> Planner<'l> {
    fn plan(&self, change: &Change, planned_files: &mut Vec<PlannedFile<'l>>) -> Result<()> {
        match change {
            Change::Create { path, text } => planned_files.push(PlannedFile {
                path: path.clone(),
                before: None,
                after: Some(text.clone()),
                permissions_of: None,
            }),
            Change::Edit { path, edits } => {
                let source = self.unchanged(path)?;
                let after = source.edited(edits);
                let after = after.map_err(|_| Error::Changed { path: path.clone() })?;
                if is_link(path) {
                    return Err(Error::Link { path: path.clone() });
                }
                planned_files.push(edited_file(path.clone(), source.written(), after));
            }
            Change::Move { path, to, edits } => {
                let source = self.unchanged(path)?;
                let (before, after) = (source.written(), source.edited(edits));
                let after = after.map_err(|_| Error::Changed { path: path.clone() })?;
                planned_files.extend(moved_file(path.clone(), to, before, after)?);
            }
            // Moved after all files, see `renamed_folders`.
            Change::MoveFolder { .. } => {}
        }
        Ok(())
    }

    /// The source of the file at `path`, if the disk still holds its text.
    fn unchanged(&self, path: &Path) -> Result<&'l Source> {
        let boundary = Boundary::around(parent_folder(path));
        let bytes_on_disk = boundary.read(path, MAX_FILE);
        let bytes_on_disk =
            bytes_on_disk.map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let path = path.to_owned();
        match self.sources.get(path.as_path()).copied() {
            Some(source) if matches!(source.encoding(), Encoding::Lossy { .. }) => {
                Err(Error::NotUtf8 { path })
            }
            Some(source) if source.written().as_bytes() != bytes_on_disk => {
                Err(Error::Changed { path })
            }
            None => Err(Error::Changed { path }),
            // A file is replaced by renaming, which the system allows without write permission. So check it here.
            Some(_) if self.purpose == PlanPurpose::Write && !may_write(&path) => {
                Err(Error::ReadOnly { path })
            }
            Some(source) => Ok(source),
        }
    }
}

/// The plan for a renamed file: a new one and a removed one. A link stays one file.
fn moved_file<'l>(
    path: PathBuf,
    to: &Path,
    before: &'l str,
    after: String,
) -> Result<Vec<PlannedFile<'l>>> {
    if is_link(&path) {
        // Only its name may change: the text belongs to another file.
        if after != before {
            return Err(Error::Link { path });
        }
        return Ok(vec![edited_file(path, before, after)]);
    }
    let new_file = PlannedFile {
        path: to.to_owned(),
        before: None,
        after: Some(after),
        permissions_of: Some(path.clone()),
    };
    let removed_file =
        PlannedFile { path, before: Some(before), after: None, permissions_of: None };
    Ok(vec![new_file, removed_file])
}

fn edited_file(path: PathBuf, before: &str, after: String) -> PlannedFile<'_> {
    PlannedFile { path, before: Some(before), after: Some(after), permissions_of: None }
}

/// The folders that are renamed, with their new names.
pub(super) fn renamed_folders(changes: &[Change]) -> impl Iterator<Item = (&Path, &Path)> {
    changes.iter().filter_map(|change| match change {
        Change::MoveFolder { from, to } => Some((from.as_path(), to.as_path())),
        _ => None,
    })
}

/// The symbolic links that are renamed, with their new names. Their targets stay in place.
pub(super) fn renamed_links(changes: &[Change]) -> impl Iterator<Item = (&Path, &Path)> {
    changes.iter().filter_map(|change| match change {
        Change::Move { path, to, .. } if is_link(path) => Some((path.as_path(), to.as_path())),
        _ => None,
    })
}

/// The links and folders that are renamed: new names by old ones.
pub(super) struct NewNames<'c> {
    links: HashMap<&'c Path, &'c Path>,
    folders: HashMap<&'c Path, &'c Path>,
}

impl<'c> NewNames<'c> {
    pub(super) fn of(changes: &'c [Change]) -> Self {
        Self {
            links: renamed_links(changes).collect(),
            folders: renamed_folders(changes).collect(),
        }
    }

    /// The new path of a file, after links and folders were renamed.
    pub(super) fn new_path(&self, path: PathBuf) -> PathBuf {
        if let Some(new_link) = self.links.get(path.as_path()) {
            return (*new_link).to_owned();
        }
        let folder = path.ancestors().find_map(|ancestor| self.folders.get_key_value(ancestor));
        let new_path = folder.and_then(|(from, to)| Some(to.join(path.strip_prefix(from).ok()?)));
        new_path.unwrap_or(path)
    }
}
