//! Where a log is begun, and what is in the way.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Request;
use super::config::{Config, Setting};
use super::discover::{FOLDERS, Place, config_above, discover, locate, root_from_here, tidy};
use super::git::is_root;
use super::path_policy::names_in;
use super::read::{self, Extent};
use crate::format::number_of;
use crate::{Error, Result};

/// Where a log goes that nobody has begun yet.
const NEW_FOLDER: &str = "docs/adr";

/// What folders of records are called wherever they lie; those of `FOLDERS` are found without.
const NAMES: [&str; 8] = [
    "decisions",
    "decision-records",
    "decision-log",
    "architecture-decisions",
    "architecture-decision-records",
    "architecture_decisions",
    "adr",
    "adrs",
];

/// The folder of a log that is there, or is to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// As seen from the working directory; need not be there.
    pub folder: PathBuf,
    /// The file that names it, if one does.
    pub by: Option<PathBuf>,
    /// Whether nobody named it and nothing leads to it: its records were found by looking.
    pub is_found: bool,
}

/// See [`Project::beginning`](super::Project::beginning).
pub(super) fn beginning(named: Option<&Path>, request: &Request<'_>) -> Result<Beginning> {
    let (found, config) = locate(&Request { dir: None, ..request.clone() })?;
    if let Some(named) = named {
        let found = found.filter(|found| same(&found.place.folder, named));
        let by = found.and_then(|found| found.by);
        return Ok(Beginning { folder: named.to_owned(), by, is_found: false });
    }
    if let Some(found) = found {
        let folder = found.place.folder;
        // A folder that nothing but its name speaks for may hold something else.
        let is_meant = found.by.is_some() || holds_records(&folder, &config) || is_empty(&folder);
        if is_meant {
            return Ok(Beginning { folder, by: found.by, is_found: false });
        }
    }
    let root = root_from_here()?;
    let mut folders = logs_below(&root.unwrap_or_default(), &config);
    match folders.as_slice() {
        [] => Ok(Beginning { folder: NEW_FOLDER.into(), by: None, is_found: false }),
        [one] if is_of_here(one) => {
            Ok(Beginning { folder: folders.remove(0), by: None, is_found: true })
        }
        _ => Err(Error::LogElsewhere { folders }),
    }
}

/// The configuration that a log in `folder` will have.
pub(super) fn configured(folder: &Path, settings: &[Setting]) -> Result<Config> {
    let there = folder.ancestors().find(|above| above.is_dir()).unwrap_or(Path::new("."));
    match config_above(there)? {
        Some(path) => Config::read(&path, settings),
        None => Config::default_with(settings),
    }
}

/// Whether both paths lead to one folder, or would if it were there.
fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    tidy(one) == tidy(other) || whole(one).is_some() && whole(one) == whole(other)
}

fn is_empty(folder: &Path) -> bool {
    names_in(folder).is_ok_and(|names| names.is_empty())
}

/// Whether the log belongs to the working directory, and not to a package below or a folder beside.
fn is_of_here(folder: &Path) -> bool {
    let of_package = |name: &&str| folder.ends_with(name) && folder != Path::new(name);
    folder.is_relative() && !folder.starts_with("..") && !FOLDERS.iter().any(of_package)
}

/// As [`discover`]; where there is no log, the place where one is to be begun: at the root of the
/// repository, whatever folder of it this is. A folder that was named has to be there all the same:
/// it may be misspelt. Nor is a log begun where the repository has others, which may be meant.
pub(super) fn discover_or_begin(request: &Request<'_>) -> Result<(Place, Config)> {
    if request.dir.is_some() {
        return discover(request);
    }
    let (found, config) = locate(request)?;
    if let Some(found) = found {
        return Ok((found.place, config));
    }
    let path = config_above(Path::new("."))?;
    let root = root_from_here()?;
    let below = match path.as_deref().and_then(Path::parent) {
        Some(below) => below.to_owned(),
        None => root.unwrap_or_default(),
    };
    let folders = if path.is_none() { logs_below(&below, &config) } else { vec![] };
    if !folders.is_empty() {
        return Err(Error::LogElsewhere { folders });
    }
    Ok((Place { folder: tidy(&below.join(NEW_FOLDER)), config: path }, config))
}

/// How many folders below the root of a repository are looked into for logs; and below the working
/// directory, where nothing is a repository and there may be a whole disk.
const DEPTHS: [usize; 2] = [6, 2];

/// The folders with records in the repository at `root`, in the order of their names.
fn logs_below(root: &Path, config: &Config) -> Vec<PathBuf> {
    let root = tidy(root);
    let [deep, shallow] = DEPTHS;
    let depth = if is_root(&root) { deep } else { shallow };
    let walk = WalkDir::new(&root).max_depth(depth).sort_by_file_name().into_iter();
    let folders = walk.filter_entry(|entry| entry.file_type().is_dir() && !is_passed_over(entry));
    let mut found: Vec<PathBuf> = Vec::new();
    for folder in folders.flatten().map(|entry| tidy(entry.path())) {
        let is_known = found.iter().any(|log| folder.starts_with(log));
        if !is_known && may_be_log(&folder) && holds_records(&folder, config) {
            found.push(folder);
        }
    }
    found.truncate(5);
    found
}

fn is_passed_over(folder: &DirEntry) -> bool {
    let name = folder.file_name().to_string_lossy();
    name.starts_with('.') && folder.depth() > 0
        || ["node_modules", "target", "vendor"].contains(&name.as_ref())
}

/// Whether the folder has the name of a log, or files that are numbered like records.
fn may_be_log(folder: &Path) -> bool {
    let is_named = NAMES.iter().chain(&FOLDERS).any(|name| folder.ends_with(name));
    let numbered = || {
        let names = names_in(folder).unwrap_or_default();
        let names = names.iter().map(|name| name.to_string_lossy().into_owned());
        names.filter(|name| read::is_candidate(name) && number_of(name).is_some()).count()
    };
    is_named || numbered() > 1
}

/// Whether a file in the folder is a record, and says where its decision stands.
fn holds_records(folder: &Path, config: &Config) -> bool {
    let log = read::log(folder, config, Extent::Fields, None);
    log.is_ok_and(|log| log.records().iter().any(|record| record.status().is_some()))
}
