//! A log as adr-tools finds and reads it, as plain files. Does not depend on their format.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::config::{Compat, Config, Setting};
use super::discover::FoundFolder;
use crate::project::conventions::{CONFIG_FILES, MARKER};
use crate::project::disk::{MAX_FILE, names_in};
use crate::project::path_policy::Boundary;
use crate::project::write::{FileStep, Lock, StateFolders, carry_out, recover, write_file};
use crate::{Error, Result};

/// The folder of new logs of adr-tools.
const DEFAULT_FOLDER: &str = "doc/adr";

/// The folder of a log.
#[derive(Debug)]
pub struct PlainLog {
    /// Relative to the working directory; need not exist.
    pub folder: PathBuf,
    lock: Option<Lock>,
}

/// Whether the nearest `adr.toml` asks for compatibility with adr-tools.
pub fn asks_for_adr_tools(settings: &[Setting]) -> bool {
    let config = nearest_config().and_then(|path| Config::read(&path, settings).ok());
    config.is_some_and(|config| config.compat == Some(Compat::AdrTools))
}

fn nearest_config() -> Option<PathBuf> {
    let config_files = |folder: PathBuf| CONFIG_FILES.iter().map(move |name| folder.join(name));
    folders_upwards().into_iter().flat_map(config_files).find(|path| path.is_file())
}

/// The working directory and its parents without the root: empty, `..`, `../..`. adr-tools prints paths in this form.
fn folders_upwards() -> Vec<PathBuf> {
    let working_directory = Path::new(".").canonicalize().unwrap_or_default();
    let depth = working_directory.components().count().saturating_sub(1).max(1);
    (0..depth).map(|levels| std::iter::repeat_n("..", levels).collect()).collect()
}

/// `folder` in a form that the system accepts: `.` for the working directory.
fn non_empty(folder: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

impl PlainLog {
    /// The log of the nearest `.adr-dir`, or the nearest `doc/adr`, else a new `doc/adr`.
    ///
    /// # Errors
    ///
    /// If a file names a folder outside of the project.
    pub fn find() -> Result<Self> {
        let Some(found_folder) = folders_upwards().iter().find_map(|level| find_in(level)) else {
            return Ok(Self::at(PathBuf::from(DEFAULT_FOLDER)));
        };
        found_folder.check()?;
        Ok(Self::at(found_folder.folder))
    }

    /// The log in `folder`.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, lock: None }
    }

    /// Creates the folder, and keeps other commands from changing the log.
    ///
    /// # Errors
    ///
    /// If the log cannot be locked.
    pub fn lock(&mut self, state: &StateFolders) -> Result<()> {
        let lock = Lock::wait(&self.folder, state)?;
        recover(&lock)?;
        self.lock = Some(lock);
        Ok(())
    }

    /// The names of everything in the folder, sorted; none if it does not exist.
    pub fn names(&self) -> Vec<String> {
        let all_names = names_in(&self.folder).unwrap_or_default();
        let mut names: Vec<String> =
            all_names.into_iter().filter_map(|name| name.into_string().ok()).collect();
        names.sort();
        names
    }

    /// The text of a file in the folder.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn read(&self, name: &str) -> Result<String> {
        let path = self.folder.join(name);
        let text = Boundary::around(&self.folder).read_text(&path);
        text.map_err(|source| Error::Read { path, source })
    }

    /// Writes the files of `after` that differ from `before`, all or none, and lets others change the log.
    ///
    /// # Errors
    ///
    /// If one of them cannot be written, or changed since.
    pub fn write(
        &mut self,
        before: &BTreeMap<String, String>,
        after: &BTreeMap<String, String>,
    ) -> Result<()> {
        let Some(lock) = self.lock.take() else { return Ok(()) };
        let boundary = &lock.files().boundary;
        let mut steps = Vec::new();
        for (name, text) in after.iter().filter(|(name, text)| before.get(*name) != Some(*text)) {
            let path = self.folder.join(name);
            let old_text = before.get(name).map(String::as_str);
            let bytes_on_disk = old_text.and_then(|_| boundary.read(&path, MAX_FILE).ok());
            if bytes_on_disk.as_deref() != old_text.map(str::as_bytes) {
                return Err(Error::Changed { path });
            }
            let step = FileStep::new(boundary, &path, old_text, Some(text.clone()));
            steps.push(step.map_err(|source| Error::Write { path: path.clone(), source })?);
        }
        carry_out(&lock, steps, vec![])
    }

    /// Writes the folder of the log to `.adr-dir` in the working directory.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn write_marker(&self) -> Result<()> {
        write_file(Path::new(MARKER), &format!("{}\n", self.folder.display()))
    }
}

/// The log that a file in `level` names, or the one that is there.
fn find_in(level: &Path) -> Option<FoundFolder> {
    let marker = level.join(MARKER);
    let text = Boundary::around(&non_empty(level)).read_text(&marker).ok();
    let named_folder = text.and_then(|text| text.lines().next().map(str::to_owned));
    let default_folder = level.join(DEFAULT_FOLDER);
    let folder = if let Some(named_folder) = &named_folder {
        level.join(named_folder)
    } else if default_folder.is_dir() {
        default_folder
    } else {
        let config_files = CONFIG_FILES.iter().map(|name| level.join(name));
        let mut config_files = config_files.filter(|path| path.is_file());
        level.join(config_files.find_map(|path| Config::read(&path, &[]).ok()?.dir)?)
    };
    let marker = named_folder.map(|_| marker);
    Some(FoundFolder { folder, marker, found_in: non_empty(level) })
}
