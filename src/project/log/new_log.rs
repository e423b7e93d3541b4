//! Chooses the folder of a new log.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::config::{Config, Setting};
use super::discover::{discover, find_config, locate};
use super::location::LogLocation;
use super::read::{Extent, read_log};
use super::relative_path::{git_root_from_here, without_dots};
use super::request::Request;
use crate::format::number_of;
use crate::project::conventions::{LOG_FOLDERS, is_candidate};
use crate::project::disk::names_in;
use crate::project::git::is_root;
use crate::{Error, Result};

/// The folder of a new log.
const NEW_FOLDER: &str = "docs/adr";

/// Names of folders of records, wherever they are; `LOG_FOLDERS` are found without these.
const LOG_NAMES: [&str; 8] = [
    "decisions",
    "decision-records",
    "decision-log",
    "architecture-decisions",
    "architecture-decision-records",
    "architecture_decisions",
    "adr",
    "adrs",
];

/// The folder of a log that exists or is to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLogFolder {
    /// As seen from the working directory; need not exist.
    pub folder: PathBuf,
    /// The file that names it, if one does.
    pub named_by: Option<PathBuf>,
    /// Whether its records were found by searching: neither the user nor a configuration names it.
    pub is_found: bool,
}

/// See [`Project::new_log_folder`](crate::project::Project::new_log_folder).
pub(in crate::project) fn new_log_folder(
    given: Option<&Path>,
    request: &Request<'_>,
) -> Result<NewLogFolder> {
    let (expected_log, config) = locate(&Request { dir: None, ..request.clone() })?;
    if let Some(given) = given {
        let same_log = expected_log.filter(|log| is_same_folder(&log.location.folder, given));
        let named_by = same_log.and_then(|log| log.named_by);
        return Ok(NewLogFolder { folder: given.to_owned(), named_by, is_found: false });
    }
    if let Some(expected_log) = expected_log {
        let (folder, named_by) = (expected_log.location.folder, expected_log.named_by);
        // A folder that is known only by its name may hold something else.
        if named_by.is_some() || holds_records(&folder, &config) || is_empty(&folder) {
            return Ok(NewLogFolder { folder, named_by, is_found: false });
        }
    }
    let root = git_root_from_here()?;
    let mut folders = find_logs(&root.unwrap_or_default(), &config);
    match folders.as_slice() {
        [] => Ok(NewLogFolder { folder: NEW_FOLDER.into(), named_by: None, is_found: false }),
        [folder] if is_of_working_directory(folder) => {
            Ok(NewLogFolder { folder: folders.remove(0), named_by: None, is_found: true })
        }
        _ => Err(Error::LogElsewhere { folders }),
    }
}

/// The configuration of a log in `folder`, which need not exist.
///
/// # Errors
///
/// If the configuration cannot be used.
pub(in crate::project) fn config_for_new_log(
    folder: &Path,
    settings: &[Setting],
) -> Result<Config> {
    let existing_folder = folder.ancestors().find(|folder| folder.is_dir());
    match find_config(existing_folder.unwrap_or(Path::new(".")))? {
        Some(path) => Config::read(&path, settings),
        None => Config::default_with(settings),
    }
}

/// Whether both paths lead to the same folder, or would if it existed.
fn is_same_folder(one: &Path, other: &Path) -> bool {
    let canonical = |path: &Path| path.canonicalize().ok();
    without_dots(one) == without_dots(other)
        || canonical(one).is_some() && canonical(one) == canonical(other)
}

fn is_empty(folder: &Path) -> bool {
    names_in(folder).is_ok_and(|names| names.is_empty())
}

/// Whether the log belongs to the working directory, and not to a package in it or a folder next to it.
fn is_of_working_directory(folder: &Path) -> bool {
    let is_of_package = |name: &&str| folder.ends_with(name) && folder != Path::new(name);
    folder.is_relative() && !folder.starts_with("..") && !LOG_FOLDERS.iter().any(is_of_package)
}

/// As [`discover`]. If there is no log, returns the location of a new one, at the root of the
/// repository. A folder that the user named must exist, because the name may be misspelt. No log is
/// started if the repository has other logs, which may be meant.
///
/// # Errors
///
/// As [`discover`], and [`Error::LogElsewhere`].
pub(in crate::project) fn discover_or_plan(request: &Request<'_>) -> Result<(LogLocation, Config)> {
    if request.dir.is_some() {
        return discover(request);
    }
    let (expected_log, config) = locate(request)?;
    if let Some(expected_log) = expected_log {
        return Ok((expected_log.location, config));
    }
    let config_path = find_config(Path::new("."))?;
    let git_root = git_root_from_here()?;
    let root = match config_path.as_deref().and_then(Path::parent) {
        Some(config_folder) => config_folder.to_owned(),
        None => git_root.unwrap_or_default(),
    };
    let folders = if config_path.is_none() { find_logs(&root, &config) } else { vec![] };
    if !folders.is_empty() {
        return Err(Error::LogElsewhere { folders });
    }
    let folder = without_dots(&root.join(NEW_FOLDER));
    Ok((LogLocation { folder, config: config_path }, config))
}

/// How many levels of folders are searched for logs in a repository.
const DEPTH_IN_GIT: usize = 6;

/// The same below a working directory outside of git, which may hold a whole disk.
const DEPTH_WITHOUT_GIT: usize = 2;

/// How many logs an error lists.
const MAX_LOGS: usize = 5;

/// The folders with records in the repository at `root`, sorted by name.
fn find_logs(root: &Path, config: &Config) -> Vec<PathBuf> {
    let root = without_dots(root);
    let depth = if is_root(&root) { DEPTH_IN_GIT } else { DEPTH_WITHOUT_GIT };
    let entries = WalkDir::new(&root).max_depth(depth).sort_by_file_name().into_iter();
    let entries =
        entries.filter_entry(|entry| entry.file_type().is_dir() && !is_ignored(entry)).flatten();
    let mut logs: Vec<PathBuf> = Vec::new();
    for folder in entries.map(|entry| without_dots(entry.path())) {
        let is_in_log = logs.iter().any(|log| folder.starts_with(log));
        if !is_in_log && may_be_log(&folder) && holds_records(&folder, config) {
            logs.push(folder);
        }
    }
    logs.truncate(MAX_LOGS);
    logs
}

fn is_ignored(folder: &DirEntry) -> bool {
    let name = folder.file_name().to_string_lossy();
    name.starts_with('.') && folder.depth() > 0
        || ["node_modules", "target", "vendor"].contains(&name.as_ref())
}

/// Whether the folder has the name of a log, or several files that are numbered like records.
fn may_be_log(folder: &Path) -> bool {
    let has_log_name = LOG_NAMES.iter().chain(&LOG_FOLDERS).any(|name| folder.ends_with(name));
    let count_numbered = || {
        let names = names_in(folder).unwrap_or_default();
        let names = names.iter().map(|name| name.to_string_lossy().into_owned());
        names.filter(|name| is_candidate(name) && number_of(name).is_some()).count()
    };
    has_log_name || count_numbered() > 1
}

/// Whether a file in the folder is a record with a status.
fn holds_records(folder: &Path, config: &Config) -> bool {
    let log = read_log(folder, config, Extent::Fields, None);
    log.is_ok_and(|log| log.records().iter().any(|record| record.status().is_some()))
}
