//! Where the log is, when nobody says so.

use std::path::{Component, Path, PathBuf};

use super::Request;
use super::config::Config;
use super::git::{is_root, root_above, work_tree};
use super::path_policy::Boundary;
use crate::text::parent_folder;
use crate::{Error, Result};

/// The folders that are looked for below every folder from the working directory upwards, the
/// first that is there wins. adr-tools makes `doc/adr`, MADR `docs/decisions`, log4brains
/// `docs/adr`; the others are what the real logs that we know use most.
pub(super) const FOLDERS: [&str; 12] = [
    "docs/adr",
    "doc/adr",
    "docs/decisions",
    "doc/decisions",
    "docs/adrs",
    "doc/adrs",
    "docs/architecture/decisions",
    "doc/architecture/decisions",
    "docs/architecture/adr",
    "architecture/decisions",
    "adr",
    "adrs",
];

/// The names of our configuration file, the first that is there wins.
pub(super) const CONFIG_FILES: [&str; 2] = ["adr.toml", ".adr.toml"];

/// The name of the file that names the folder of the log, as adr-tools writes it.
pub(super) const MARKER: &str = ".adr-dir";

/// Where a log is. All paths are relative to the working directory, or as they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder of the records.
    pub folder: PathBuf,
    /// The configuration file that was read, if there is one.
    pub config: Option<PathBuf>,
}

/// Names of folders that say nothing about a project.
const GENERIC: [&str; 12] = [
    "adr",
    "adrs",
    "architecture",
    "architecture-decisions",
    "decision-records",
    "decisions",
    "doc",
    "docs",
    "documentation",
    "records",
    "rfc",
    "rfcs",
];

/// The root of the git repository around the working directory; where there is none, that directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Top {
    /// The way there from the working directory; empty where that is it.
    pub way: PathBuf,
    /// The way back, with `/` between its parts; empty where there is none to go.
    pub here: String,
}

impl Top {
    /// Looks for it.
    ///
    /// # Errors
    ///
    /// Where the working directory is gone.
    pub fn find() -> Result<Self> {
        let above = root_from_here()?.unwrap_or_else(|| PathBuf::from("."));
        let full = |path: &Path| path.canonicalize().unwrap_or_default();
        let (top, here) = (full(&above), full(Path::new(".")));
        let way = if top == here { PathBuf::new() } else { tidy(&above) };
        let parts = here.strip_prefix(&top).unwrap_or(Path::new(""));
        let parts: Vec<_> = parts.iter().map(|part| part.to_string_lossy()).collect();
        Ok(Self { way, here: parts.join("/") })
    }
}

impl Place {
    /// See [`Project::name`](super::Project::name).
    pub(super) fn name(&self) -> String {
        let folder = self.absolute();
        let says_something = |path: &&Path| {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
            name.is_some_and(|name| !GENERIC.contains(&name.as_str()))
        };
        let root = root(&folder).filter(says_something);
        let named = root.or_else(|| folder.ancestors().find(says_something));
        named.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
    }

    /// See [`Project::folder`](super::Project::folder).
    pub(super) fn below_root(&self) -> String {
        let folder = self.absolute();
        let root = root(&folder).or_else(|| folder.parent());
        let below = root.and_then(|root| folder.strip_prefix(root).ok()).unwrap_or(&folder);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
    }

    /// See [`Project::folder_in_repository`](super::Project::folder_in_repository).
    pub(super) fn below_git(&self) -> Option<String> {
        let folder = self.absolute();
        let root = root_above(&folder)?;
        let parts = folder.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy());
        Some(parts.collect::<Vec<_>>().join("/"))
    }

    /// The folder of the log, and the root of the project that it belongs to: the folder itself,
    /// where there is none.
    pub(super) fn folder_and_root(&self) -> (PathBuf, PathBuf) {
        let folder = self.absolute();
        let root = root(&folder).unwrap_or(&folder).to_owned();
        (folder, root)
    }

    /// What a file that the configuration names may not lead out of: the work tree, else the folder of the
    /// configuration that names the log, else the log.
    pub(super) fn boundary(&self) -> Boundary {
        let configured = self.config.as_deref().map(parent_folder);
        match (work_tree(&self.folder), configured) {
            (None, Some(folder)) => Boundary::at(folder),
            _ => Boundary::around(&self.folder),
        }
    }

    /// The name that a file at `path`, which need not be there, has in the log: relative to its
    /// folder, with `/`. `None` for a path that lies outside of it.
    pub(super) fn file_at(&self, path: &Path) -> Option<String> {
        let start = Path::new(".").canonicalize().ok()?;
        let path = start.join(path);
        // What is there may be reached by symbolic links; the rest is only a name.
        let there = path.ancestors().skip(1).find_map(|above| {
            let rest = path.strip_prefix(above).ok()?;
            Some(above.canonicalize().ok()?.join(rest))
        })?;
        let below = there.strip_prefix(self.absolute()).ok()?;
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        (!parts.is_empty()).then(|| parts.join("/"))
    }

    fn absolute(&self) -> PathBuf {
        self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone())
    }
}

/// The nearest folder at or above `folder` with a git directory, else with a configuration.
fn root(folder: &Path) -> Option<&Path> {
    let has_config = |above: &&Path| CONFIG_FILES.iter().any(|name| above.join(name).is_file());
    root_above(folder).or_else(|| folder.ancestors().find(has_config))
}

/// The log at `dir`, or the one that is found from the working directory upwards.
pub(super) fn discover(request: &Request<'_>) -> Result<(Place, Config)> {
    let (found, config) = locate(request)?;
    let start = request.dir.unwrap_or(Path::new("."));
    let found = found.ok_or_else(|| Error::NoLog { searched: start.to_owned() })?;
    if !found.place.folder.is_dir() {
        return Err(Error::NoFolder { path: found.place.folder, by: found.by });
    }
    Ok((found.place, config))
}

/// Where the log should be.
pub(super) struct Found {
    pub place: Place,
    /// The file that says so, if one does.
    pub by: Option<PathBuf>,
}

/// Where the log should be, whether or not there is a folder; `None` where nothing says so.
pub(super) fn locate(request: &Request<'_>) -> Result<(Option<Found>, Config)> {
    let Request { dir, settings, .. } = request;
    let start = dir.unwrap_or(Path::new("."));
    let path = config_above(start)?;
    let config = match &path {
        Some(path) => Config::read(path, settings)?,
        None => Config::default_with(settings)?,
    };
    let configured = path.as_deref().and_then(Path::parent).zip(config.dir.as_deref());
    let named = match dir {
        Some(dir) => Some((dir.to_path_buf(), None)),
        None => match folder_above(start, configured)? {
            Some(above) => {
                above.check()?;
                Some((short(&above.folder), above.marker))
            }
            None => None,
        },
    };
    let found = named.map(|(folder, marker)| {
        let is_configured = dir.is_none() && marker.is_none() && configured.is_some();
        let by = marker.or_else(|| path.clone().filter(|_| is_configured));
        Found { place: Place { folder, config: path.clone() }, by }
    });
    Ok((found, config))
}

/// The nearest configuration file at or above `start`, up to the root of the git repository.
pub(super) fn config_above(start: &Path) -> Result<Option<PathBuf>> {
    for folder in upwards(start)? {
        if let Some(file) = CONFIG_FILES.iter().map(|name| folder.join(name)).find(|f| f.is_file())
        {
            return Ok(Some(tidy(&file)));
        }
        if is_root(&folder) {
            break;
        }
    }
    Ok(None)
}

/// A folder that a file of the checkout names, or that has a known name.
pub(super) struct Above {
    pub folder: PathBuf,
    /// The `.adr-dir` that names it, if one does.
    pub marker: Option<PathBuf>,
    /// The folder that it was found in.
    pub level: PathBuf,
}

impl Above {
    /// Refuses a folder outside of the project: a file of a checkout, or a link in it, may not lead there.
    ///
    /// # Errors
    ///
    /// If it is outside of the work tree, else of the folder that it was found in.
    pub(super) fn check(&self) -> Result<()> {
        let boundary = work_tree(&self.level).unwrap_or_else(|| self.level.clone());
        let boundary = Boundary::at(&boundary);
        let is_inside = match self.folder.canonicalize() {
            Ok(real) => real.starts_with(boundary.root()),
            Err(_) => boundary.place(&self.folder).is_ok(),
        };
        if is_inside {
            return Ok(());
        }
        Err(Error::LeadsOut { folder: tidy(&self.folder), by: self.marker.clone() })
    }
}

/// The nearest folder at or above `start`, up to the root of the git repository, that a configuration or an `.adr-dir`
/// names, or that has a known name. `configured` is the folder of the configuration with the one that it names; a
/// package with a log of its own comes before that of the repository around it.
fn folder_above(start: &Path, configured: Option<(&Path, &Path)>) -> Result<Option<Above>> {
    for level in upwards(start)? {
        if let Some((_, dir)) = configured.filter(|(above, _)| tidy(above) == tidy(&level)) {
            return Ok(Some(Above { folder: tidy(&level.join(dir)), marker: None, level }));
        }
        let marker = level.join(MARKER);
        if marker.is_file() {
            let text = Boundary::around(&level).read_text(&marker);
            let text = text.map_err(|source| Error::Read { path: tidy(&marker), source })?;
            let (folder, marker) = (tidy(&level.join(text.trim())), Some(tidy(&marker)));
            return Ok(Some(Above { folder, marker, level }));
        }
        if let Some(known) = FOLDERS.iter().map(|name| level.join(name)).find(|f| f.is_dir()) {
            return Ok(Some(Above { folder: tidy(&known), marker: None, level }));
        }
        // The log of what is around the repository is not the log of the repository.
        if is_root(&level) {
            break;
        }
    }
    Ok(None)
}

/// `path`, which leads up from the working directory, without going down again the way it went up.
fn short(path: &Path) -> PathBuf {
    let up = path.components().take_while(|part| *part == Component::ParentDir).count();
    let Ok(here) = Path::new(".").canonicalize() else { return path.to_owned() };
    let Some(above) = here.iter().count().checked_sub(up + 1) else { return path.to_owned() };
    let (left, down) = (here.iter().skip(above + 1), path.iter().skip(up));
    let shared = left.zip(down).take_while(|(left, down)| left == down).count();
    let still_up = std::iter::repeat_n("..".as_ref(), up - shared);
    tidy(&still_up.chain(path.iter().skip(up + shared)).collect::<PathBuf>())
}

/// The root of the repository around the working directory, as a path that leads there from it.
pub(super) fn root_from_here() -> Result<Option<PathBuf>> {
    Ok(upwards(Path::new("."))?.into_iter().find(|folder| is_root(folder)))
}

/// `start`, its parent, and so on, as paths that lead there from the working directory.
pub(super) fn upwards(start: &Path) -> Result<Vec<PathBuf>> {
    let absolute =
        start.canonicalize().map_err(|_| Error::NoFolder { path: start.to_owned(), by: None })?;
    let mut folders = vec![start.to_owned()];
    let depth = absolute.ancestors().count().saturating_sub(1);
    let mut above = start.to_owned();
    for _ in 0..depth {
        above = if above.as_os_str().is_empty() || above.ends_with("..") || above == Path::new(".")
        {
            above.join("..")
        } else if above.parent().is_some_and(|parent| parent.as_os_str().is_empty()) {
            PathBuf::from(".")
        } else {
            above.parent().map_or_else(|| above.join(".."), Path::to_owned)
        };
        folders.push(above.clone());
    }
    Ok(folders)
}

/// The path without `.` parts.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let tidied: PathBuf =
        path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect();
    if tidied.as_os_str().is_empty() { PathBuf::from(".") } else { tidied }
}
