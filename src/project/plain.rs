//! A log where adr-tools looks for it, as plain files. Knows nothing of their form.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::config::Compat;
use super::discover::{Above, CONFIG_FILES};
use super::journal::{self, Step};
use super::lock::Lock;
use super::path_policy::{Boundary, MAX_FILE, names_in};
use super::{Config, Setting, StateFolders};
use crate::{Error, Result};

/// The folder of a log.
#[derive(Debug)]
pub struct PlainLog {
    /// Relative to the working directory; need not be there.
    pub folder: PathBuf,
    lock: Option<Lock>,
}

/// Whether the nearest `adr.toml` asks for the ways of adr-tools.
pub fn asks_for_adr_tools(settings: &[Setting]) -> bool {
    let config = config_above().and_then(|path| Config::read(&path, settings).ok());
    config.is_some_and(|config| config.compat == Some(Compat::AdrTools))
}

fn config_above() -> Option<PathBuf> {
    let named = |above: PathBuf| CONFIG_FILES.iter().map(move |name| above.join(name));
    levels().into_iter().flat_map(named).find(|path| path.is_file())
}

/// The working directory and all above but the root: empty, `..`, `../..`.
fn levels() -> Vec<PathBuf> {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let depth = here.components().count().saturating_sub(1).max(1);
    (0..depth).map(|up| std::iter::repeat_n("..", up).collect()).collect()
}

/// The working directory has a name in paths only.
fn here(level: &Path) -> PathBuf {
    if level.as_os_str().is_empty() { PathBuf::from(".") } else { level.to_owned() }
}

impl PlainLog {
    /// The log of the nearest `.adr-dir`, or the nearest `doc/adr`, else a `doc/adr` to be made.
    ///
    /// # Errors
    ///
    /// If a file names a folder outside of the project.
    pub fn find() -> Result<Self> {
        let found = levels().into_iter().find_map(|level| {
            let marker = level.join(".adr-dir");
            let named = Boundary::around(&here(&level)).read_text(&marker).ok();
            let named = named.and_then(|text| text.lines().next().map(str::to_owned));
            let folder = if let Some(named) = &named {
                level.join(named)
            } else if level.join("doc/adr").is_dir() {
                level.join("doc/adr")
            } else {
                let configs = CONFIG_FILES.iter().map(|name| level.join(name));
                let mut config = configs.filter(|path| path.is_file());
                let dir = config.find_map(|path| Config::read(&path, &[]).ok()?.dir)?;
                level.join(dir)
            };
            Some(Above { folder, marker: named.map(|_| marker), level: here(&level) })
        });
        let Some(found) = found else { return Ok(Self::at(PathBuf::from("doc/adr"))) };
        found.check()?;
        Ok(Self::at(found.folder))
    }

    /// The log in `folder`.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, lock: None }
    }

    /// Makes the folder, and keeps others from changing the log.
    ///
    /// # Errors
    ///
    /// If the log cannot be locked.
    pub fn lock(&mut self, state: &StateFolders) -> Result<()> {
        let lock = Lock::wait(&self.folder, state)?;
        journal::recover(&lock)?;
        self.lock = Some(lock);
        Ok(())
    }

    /// The names of all that lies in the folder, sorted; none where it is not there.
    pub fn names(&self) -> Vec<String> {
        let names = names_in(&self.folder).unwrap_or_default();
        let mut names: Vec<String> =
            names.into_iter().filter_map(|name| name.into_string().ok()).collect();
        names.sort();
        names
    }

    /// The text of a file of the folder.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn read(&self, name: &str) -> Result<String> {
        let path = self.folder.join(name);
        let text = Boundary::around(&self.folder).read_text(&path);
        text.map_err(|source| Error::Read { path, source })
    }

    /// Writes the files that differ from `before`, all or none, and lets others change the log.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be written, or changed since.
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
            let old = before.get(name).map(String::as_str);
            let now = old.and_then(|_| boundary.read(&path, MAX_FILE).ok());
            if now.as_deref() != old.map(str::as_bytes) {
                return Err(Error::Changed { path });
            }
            let step = Step::new(boundary, &path, old, Some(text.clone()));
            steps.push(step.map_err(|source| Error::Write { path: path.clone(), source })?);
        }
        journal::carry_out(&lock, steps, vec![])
    }

    /// Says in `.adr-dir` of the working directory where the log is.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn name_here(&self) -> Result<()> {
        let text = format!("{}\n", self.folder.display());
        super::write_file(Path::new(".adr-dir"), &text)
    }
}
