//! Opens a decision log on a disk, and changes it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::conventions::is_candidate;
use super::git::{Git, Repository};
use super::log::{
    Config, Extent, LogLocation, NewLogFolder, Request, UnsavedFile, config_for_new_log, discover,
    discover_or_plan, new_log_folder, read_files, read_log, reread,
};
use super::write::{
    self, ControlFiles, Lock, PlanInputs, Recovered, StateFolders, read_consistently,
};
use crate::Result;
use crate::format::Words;
use crate::model::{Log, Skipped};
use crate::text::{Change, Rewritten, Source, link_path, parent_folder};

/// The files of a log.
#[derive(Debug)]
pub struct Files {
    /// The location of the log.
    pub place: LogLocation,
    /// The records, in the order of the log.
    pub paths: Vec<PathBuf>,
    /// The files that are not records by their names alone, and folders that cannot be listed.
    pub skipped: Vec<Skipped>,
}

/// A decision log that was read from a disk.
#[derive(Debug)]
pub struct Project {
    /// The location of the log.
    pub place: LogLocation,
    /// The configuration, or its defaults.
    pub config: Config,
    /// All records.
    pub log: Log,
    /// The file of the log, with `/`, that was passed in instead of read from the disk.
    pub unsaved: Option<String>,
    /// The right to change the log, if requested.
    lock: Option<Lock>,
    state: StateFolders,
    /// The repository around the log, found on demand.
    git: OnceLock<Option<Git>>,
    /// Made on demand, because there are many.
    words: OnceLock<Words>,
}

impl Project {
    fn new(location: LogLocation, config: Config, log: Log, state: StateFolders) -> Self {
        Self {
            place: location,
            config,
            log,
            unsaved: None,
            lock: None,
            state,
            git: OnceLock::new(),
            words: OnceLock::new(),
        }
    }

    /// Finds the log, from the working directory upwards or at `dir`, and reads all of it.
    ///
    /// # Errors
    ///
    /// If there is no log, its folder cannot be listed, or its configuration cannot be used.
    /// Never because of the content of a single file.
    pub fn open(request: &Request<'_>) -> Result<Self> {
        Self::read(request, Extent::Whole)
    }

    /// As [`open`](Self::open), but of the texts of the records, keeps only what their fields need.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_fields(request: &Request<'_>) -> Result<Self> {
        Self::read(request, Extent::Fields)
    }

    fn read(request: &Request<'_>, extent: Extent) -> Result<Self> {
        let (location, config) = discover(request)?;
        let read = || read_log(&location.folder, &config, extent, None);
        let log = undisturbed(&location, request, read)?;
        Ok(Self::new(location, config, log, request.state.clone()))
    }

    /// Finds the log and lists its files, without keeping their texts.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn files(request: &Request<'_>) -> Result<Files> {
        let (location, config) = discover(request)?;
        let read = || read_files(&location.folder, &config);
        let (paths, skipped) = undisturbed(&location, request, read)?;
        Ok(Files { place: location, paths, skipped })
    }

    /// As [`open`](Self::open), with `bytes` as the content of the file at `path`, which need not exist. A file that is
    /// not read with the log changes nothing.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(request: &Request<'_>, path: &Path, bytes: &[u8]) -> Result<Self> {
        let (location, config) = discover(request)?;
        let unsaved = location.file_at(path).filter(|file| is_candidate(file));
        let log = undisturbed(&location, request, || {
            let unsaved_file = |file| UnsavedFile { file, bytes: bytes.to_vec() };
            let unsaved_file = unsaved.clone().map(unsaved_file);
            read_log(&location.folder, &config, Extent::Whole, unsaved_file)
        })?;
        Ok(Self { unsaved, ..Self::new(location, config, log, request.state.clone()) })
    }

    /// As [`open`](Self::open), for a command that changes the log: waits until no other command
    /// does, and keeps others waiting until this value is dropped.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and if the log cannot be locked.
    pub fn open_to_change(request: &Request<'_>) -> Result<Self> {
        let (location, config) = discover(request)?;
        Self::lock_and_read(location, config, request)
    }

    /// As [`open_to_change`](Self::open_to_change). If there is no log, creates its folder and returns an empty log.
    ///
    /// # Errors
    ///
    /// As [`open_to_change`](Self::open_to_change), except for a missing log that no one named.
    pub fn open_or_create(request: &Request<'_>) -> Result<Self> {
        let (location, config) = discover_or_plan(request)?;
        Self::lock_and_read(location, config, request)
    }

    /// The project that [`open_or_create`](Self::open_or_create) would return, without a lock and without creating
    /// anything.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), except for a missing log that no one named.
    pub fn open_or_plan(request: &Request<'_>) -> Result<Self> {
        let (location, config) = discover_or_plan(request)?;
        let log = if location.folder.exists() {
            let read = || read_log(&location.folder, &config, Extent::Whole, None);
            undisturbed(&location, request, read)?
        } else {
            Log::default()
        };
        Ok(Self::new(location, config, log, request.state.clone()))
    }

    /// Reads the log after no other command can change it any more.
    fn lock_and_read(location: LogLocation, config: Config, request: &Request<'_>) -> Result<Self> {
        let lock = Lock::wait(&location.folder, &request.state)?;
        write::recover(&lock)?;
        let log = read_log(&location.folder, &config, Extent::Whole, None)?;
        let project = Self::new(location, config, log, request.state.clone());
        Ok(Self { lock: Some(lock), ..project })
    }

    /// The folder of a new log: `given`, else the one that a configuration names; or an existing log
    /// in a folder that no one has named.
    ///
    /// # Errors
    ///
    /// If the configuration cannot be used, or several logs may be meant.
    pub fn new_log_folder(given: Option<&Path>, request: &Request<'_>) -> Result<NewLogFolder> {
        new_log_folder(given, request)
    }

    /// An empty log in `folder`, which need not exist, with the configuration that applies there.
    ///
    /// # Errors
    ///
    /// If the configuration or `settings` cannot be used.
    pub fn empty(folder: &Path, request: &Request<'_>) -> Result<Self> {
        let config = config_for_new_log(folder, &request.settings)?;
        let location = LogLocation { folder: folder.to_owned(), config: None };
        Ok(Self::new(location, config, Log::default(), request.state.clone()))
    }

    /// Completes or undoes an interrupted change of the log that the request names; `None` if there
    /// is nothing to do, no log, or another command works on it.
    ///
    /// # Errors
    ///
    /// If the journal is not ours or cannot be read, or a file cannot be written.
    pub fn recover(request: &Request<'_>) -> Result<Option<Recovered>> {
        let Ok((location, _)) = discover(request) else { return Ok(None) };
        let files = ControlFiles::existing(&location.folder, &request.state);
        let Some(files) = files.filter(|files| files.journal.exists()) else { return Ok(None) };
        let Some(lock) = Lock::take(&files)? else { return Ok(None) };
        write::recover(&lock)
    }

    /// Lets others change the log.
    pub fn unlock(&mut self) {
        self.lock = None;
    }

    /// The log as it would be with the new `texts`, by the present paths of the files.
    pub fn reread(&self, texts: &BTreeMap<PathBuf, Rewritten>) -> Log {
        reread((&self.place.folder, &self.log), self.words(), texts)
    }

    /// The effect of [`apply`](Self::apply), as one unified diff.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply), as far as they can be known beforehand.
    pub fn preview(&self, changes: &[Change]) -> Result<String> {
        self.preview_with(&[], changes)
    }

    /// As [`preview`](Self::preview), including changes to the files `others`.
    ///
    /// # Errors
    ///
    /// As [`preview`](Self::preview).
    pub fn preview_with(&self, others: &[Source], changes: &[Change]) -> Result<String> {
        write::preview(&self.plan_inputs(others), changes)
    }

    /// Carries out `changes`, all or none, and returns the paths that were written. Every file is compared with what
    /// was read before the first one is written. If the program is killed, the next command completes or undoes the
    /// change.
    ///
    /// # Errors
    ///
    /// If a file changed on disk, exists already, or cannot be written.
    pub fn apply(&self, changes: &[Change]) -> Result<Vec<PathBuf>> {
        self.apply_with(&[], changes)
    }

    /// As [`apply`](Self::apply), including changes to the files `others`.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    pub fn apply_with(&self, others: &[Source], changes: &[Change]) -> Result<Vec<PathBuf>> {
        let inputs = self.plan_inputs(others);
        match &self.lock {
            Some(lock) => write::apply(&inputs, lock, changes),
            None if changes.is_empty() => Ok(vec![]),
            None => {
                let lock = Lock::wait(&self.place.folder, &self.state)?;
                write::recover(&lock)?;
                write::apply(&inputs, &lock, changes)
            }
        }
    }

    fn plan_inputs<'p>(&'p self, others: &'p [Source]) -> PlanInputs<'p> {
        PlanInputs { folder: &self.place.folder, log: &self.log, others }
    }

    /// The name of the project: the folder that holds its git directory or its configuration, else
    /// the nearest folder above the records with a more specific name than `docs` or `adr`.
    pub fn name(&self) -> String {
        self.place.project_name()
    }

    /// The folder of the records relative to the root of the project, with `/` between its parts:
    /// what may be published. Its own name, if the project has no root.
    pub fn folder(&self) -> String {
        self.place.below_root()
    }

    /// The folder of the records relative to the root of its git repository, with `/` between its
    /// parts and all links followed; empty if it is the root.
    pub fn folder_in_repository(&self) -> Option<String> {
        self.place.below_git()
    }

    /// The relative path from the folder of `page` to the folder of the records, as links need it:
    /// empty, or with `/` at its end.
    pub fn link_prefix(&self, page: &Path) -> String {
        let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (page_folder, log_folder) =
            (absolute(parent_folder(page)), absolute(&self.place.folder));
        let shared_levels =
            page_folder.iter().zip(log_folder.iter()).take_while(|(a, b)| a == b).count();
        let parts_up = page_folder.iter().skip(shared_levels).map(|_| "../".to_owned());
        let parts_down = log_folder.iter().skip(shared_levels);
        let parts_down = parts_down.map(|part| link_path(&part.to_string_lossy()) + "/");
        parts_up.chain(parts_down).collect()
    }

    /// The words that the log is written in.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| self.config.words())
    }

    /// The repository around the log, if git works in it.
    pub(super) fn git(&self) -> Option<&Git> {
        let find_git = || Git::around(&self.place.folder).ok().flatten();
        self.git.get_or_init(find_git).as_ref()
    }

    /// The repository around the log; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one, and git cannot be run or refuses it.
    pub fn repository(&self) -> Result<Option<Repository>> {
        let git = match self.git() {
            Some(git) => Some(git.clone()),
            // Repeated for the error, which `git` does not keep.
            None => Git::around(&self.place.folder)?,
        };
        let folder = self.place.folder.clone();
        Ok(git.map(|git| Repository::new(git, folder).with_unsaved(self.unsaved.clone())))
    }
}

/// The result of `read`, during which no command changed the log.
fn undisturbed<T>(
    location: &LogLocation,
    request: &Request<'_>,
    read: impl FnMut() -> Result<T>,
) -> Result<T> {
    let files = ControlFiles::existing(&location.folder, &request.state);
    read_consistently(files.as_ref(), read)
}
