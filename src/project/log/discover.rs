//! Finds the log that a command works on.

use std::path::{Path, PathBuf};

use super::config::Config;
use super::location::LogLocation;
use super::relative_path::{folders_upwards, shortened, without_dots};
use super::request::Request;
use crate::project::conventions::{CONFIG_FILES, LOG_FOLDERS, MARKER};
use crate::project::git::{is_root, work_tree};
use crate::project::path_policy::Boundary;
use crate::{Error, Result};

/// The log at `dir`, or the one that is found from the working directory upwards.
///
/// # Errors
///
/// If there is no log, or its configuration cannot be used.
pub(in crate::project) fn discover(request: &Request<'_>) -> Result<(LogLocation, Config)> {
    let (expected_log, config) = locate(request)?;
    let start = request.dir.unwrap_or(Path::new("."));
    let expected_log = expected_log.ok_or_else(|| Error::NoLog { searched: start.to_owned() })?;
    let ExpectedLog { location, named_by } = expected_log;
    if !location.folder.is_dir() {
        return Err(Error::NoFolder { path: location.folder, by: named_by });
    }
    Ok((location, config))
}

/// The expected location of a log.
pub(super) struct ExpectedLog {
    pub location: LogLocation,
    /// The file that names the folder, if one does.
    pub named_by: Option<PathBuf>,
}

/// The expected location of the log, whether or not the folder exists; `None` if nothing names one.
///
/// # Errors
///
/// If the configuration cannot be used, or names a folder outside of the project.
pub(super) fn locate(request: &Request<'_>) -> Result<(Option<ExpectedLog>, Config)> {
    let Request { dir, settings, .. } = request;
    let start = dir.unwrap_or(Path::new("."));
    let config_path = find_config(start)?;
    let config = match &config_path {
        Some(path) => Config::read(path, settings)?,
        None => Config::default_with(settings)?,
    };
    let configured = config_path.as_deref().and_then(Path::parent).zip(config.dir.as_deref());
    let (folder, marker) = match dir {
        Some(dir) => (dir.to_path_buf(), None),
        None => match find_folder(start, configured)? {
            Some(found) => {
                found.check()?;
                (shortened(&found.folder), found.marker)
            }
            None => return Ok((None, config)),
        },
    };
    let is_configured = dir.is_none() && marker.is_none() && configured.is_some();
    let named_by = marker.or_else(|| config_path.clone().filter(|_| is_configured));
    let location = LogLocation { folder, config: config_path };
    Ok((Some(ExpectedLog { location, named_by }), config))
}

/// The nearest configuration file at or above `start`, up to the root of the git repository.
///
/// # Errors
///
/// If `start` does not exist.
pub(super) fn find_config(start: &Path) -> Result<Option<PathBuf>> {
    for folder in folders_upwards(start)? {
        let mut config_files = CONFIG_FILES.iter().map(|name| folder.join(name));
        if let Some(file) = config_files.find(|file| file.is_file()) {
            return Ok(Some(without_dots(&file)));
        }
        if is_root(&folder) {
            break;
        }
    }
    Ok(None)
}

/// A folder that a file of the checkout names, or that has a known name.
pub(super) struct FoundFolder {
    pub folder: PathBuf,
    /// The `.adr-dir` that names it, if one does.
    pub marker: Option<PathBuf>,
    /// The folder that it was found in.
    pub found_in: PathBuf,
}

impl FoundFolder {
    /// Refuses a folder outside of the project: no file of a checkout and no link in it may lead there.
    ///
    /// # Errors
    ///
    /// If it is outside of the work tree, else of the folder that it was found in.
    pub(super) fn check(&self) -> Result<()> {
        let boundary = work_tree(&self.found_in).unwrap_or_else(|| self.found_in.clone());
        let boundary = Boundary::at(&boundary);
        let is_inside = match self.folder.canonicalize() {
            Ok(real_path) => real_path.starts_with(boundary.root()),
            Err(_) => boundary.target(&self.folder).is_ok(),
        };
        if is_inside {
            return Ok(());
        }
        Err(Error::LeadsOut { folder: without_dots(&self.folder), by: self.marker.clone() })
    }
}

/// The nearest folder at or above `start`, up to the root of the git repository, that a configuration or an `.adr-dir`
/// names, or that has a known name. `configured` is the folder of the configuration with the one that it names. The
/// log of a package takes precedence over the log of its repository.
fn find_folder(start: &Path, configured: Option<(&Path, &Path)>) -> Result<Option<FoundFolder>> {
    for level in folders_upwards(start)? {
        let is_level = |folder: &Path| without_dots(folder) == without_dots(&level);
        if let Some((_, dir)) = configured.filter(|(config_folder, _)| is_level(config_folder)) {
            let folder = without_dots(&level.join(dir));
            return Ok(Some(FoundFolder { folder, marker: None, found_in: level }));
        }
        let marker = level.join(MARKER);
        if marker.is_file() {
            let text = Boundary::around(&level).read_text(&marker);
            let marker = without_dots(&marker);
            let text = text.map_err(|source| Error::Read { path: marker.clone(), source })?;
            let folder = without_dots(&level.join(text.trim()));
            return Ok(Some(FoundFolder { folder, marker: Some(marker), found_in: level }));
        }
        let mut known_folders = LOG_FOLDERS.iter().map(|name| level.join(name));
        if let Some(folder) = known_folders.find(|folder| folder.is_dir()) {
            let folder = without_dots(&folder);
            return Ok(Some(FoundFolder { folder, marker: None, found_in: level }));
        }
        // A log outside of the repository is not the log of the repository.
        if is_root(&level) {
            break;
        }
    }
    Ok(None)
}
