//! The disk: where the log is, what its files hold, and what becomes of them. The only module that
//! reads or writes files; knows nothing of the terminal.

mod begin;
mod config;
mod control_files;
mod discover;
mod git;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod journal;
mod lock;
mod manifest;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod names;
mod output;
mod patch;
#[expect(clippy::disallowed_methods, reason = "the one module that opens files")]
mod path_policy;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod picture;
mod plain;
mod read;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod site;
mod template;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod watch;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use begin::Beginning;
pub use config::{Config, Setting};
pub use control_files::StateFolders;
pub use discover::{Place, Top};
pub use git::{BaseRequest, Branches, Repository, ResolvedBase, Tip};
pub use journal::Recovered;
pub use names::Names;
pub use output::{append, write, write_file};
pub use patch::unified as preview_file;
pub use picture::{LeftOut, Pictures, read_picture};
pub use plain::{PlainLog, asks_for_adr_tools};
pub use site::{SiteFolder, Written};
pub use watch::Glance;

use control_files::ControlFiles;
use git::Git;
use lock::{Lock, read_consistently};
use path_policy::Boundary;
use picture::Shelf;
use read::Extent;
use write::Known;

use crate::Result;
use crate::format::Words;
use crate::model::{Checkout, Log, Skipped};
use crate::text::{Change, Rewritten, Source, link_path, parent_folder, path_in};

/// Which log a command works on, and how.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// Its folder; `None` for the one that is found from the working directory upwards.
    pub dir: Option<&'a Path>,
    /// Settings over those of `adr.toml`.
    pub settings: Vec<Setting>,
    /// Where files go that belong to no repository.
    pub state: StateFolders,
}

/// The files of a log.
#[derive(Debug)]
pub struct Files {
    /// Where the log is.
    pub place: Place,
    /// The records, in the order of the log.
    pub paths: Vec<PathBuf>,
    /// What is no record by its name alone, and folders that cannot be listed.
    pub skipped: Vec<Skipped>,
}

/// A decision log on a disk, read.
#[derive(Debug)]
pub struct Project {
    /// Where it is.
    pub place: Place,
    /// What `adr.toml` says, or its defaults.
    pub config: Config,
    /// All records.
    pub log: Log,
    /// The file of the log, with `/`, that was read from a text and not from the disk.
    pub unsaved: Option<String>,
    /// The right to change them, if that was asked for.
    lock: Option<Lock>,
    state: StateFolders,
    /// The repository around the log, when it was first asked for.
    git: OnceLock<Option<Git>>,
    /// Made when they are first asked for: they are many.
    words: OnceLock<Words>,
}

impl Project {
    fn new(place: Place, config: Config, log: Log, state: StateFolders) -> Self {
        Self {
            place,
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
    /// Never for what a single file holds.
    pub fn open(request: &Request<'_>) -> Result<Self> {
        Self::read(request, Extent::Whole)
    }

    /// As [`open`](Self::open), with the fields of the records alone: of their texts, what these need.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn survey(request: &Request<'_>) -> Result<Self> {
        Self::read(request, Extent::Fields)
    }

    fn read(request: &Request<'_>, extent: Extent) -> Result<Self> {
        let (place, config) = discover::discover(request)?;
        let log = undisturbed(&place, request, || read::log(&place.folder, &config, extent, None))?;
        Ok(Self::new(place, config, log, request.state.clone()))
    }

    /// The files of the records alone, in the order of the log, and where the log is.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn files(request: &Request<'_>) -> Result<Files> {
        let (place, config) = discover::discover(request)?;
        let found = undisturbed(&place, request, || read::files(&place.folder, &config));
        let (paths, skipped) = found?;
        Ok(Files { place, paths, skipped })
    }

    /// As [`open`](Self::open), with `bytes` for what the file at `path` holds, which
    /// need not be there. A file that would not be read with the log changes nothing.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(request: &Request<'_>, path: &Path, bytes: &[u8]) -> Result<Self> {
        let (place, config) = discover::discover(request)?;
        let unsaved = place.file_at(path).filter(|file| read::is_candidate(file));
        let log = undisturbed(&place, request, || {
            let text = |file| read::Unsaved { file, bytes: bytes.to_vec() };
            read::log(&place.folder, &config, Extent::Whole, unsaved.clone().map(text))
        })?;
        Ok(Self { unsaved, ..Self::new(place, config, log, request.state.clone()) })
    }

    /// As [`open`](Self::open), for a command that changes the log: waits until no other one
    /// does, and keeps others waiting until this value is dropped.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and if the log cannot be locked.
    pub fn open_to_change(request: &Request<'_>) -> Result<Self> {
        let (place, config) = discover::discover(request)?;
        Self::locked(place, config, request)
    }

    /// As [`open_to_change`](Self::open_to_change); if there is no log yet, an empty one in a
    /// folder that is made for it.
    ///
    /// # Errors
    ///
    /// As [`open_to_change`](Self::open_to_change), but for a log that no one named and that is
    /// not there.
    pub fn open_or_begin(request: &Request<'_>) -> Result<Self> {
        let (place, config) = begin::discover_or_begin(request)?;
        Self::locked(place, config, request)
    }

    /// What [`open_or_begin`](Self::open_or_begin) would open, without a lock and without making
    /// anything.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), but for a log that no one named and that is not there.
    pub fn look_or_begin(request: &Request<'_>) -> Result<Self> {
        let (place, config) = begin::discover_or_begin(request)?;
        let log = if place.folder.exists() {
            undisturbed(&place, request, || read::log(&place.folder, &config, Extent::Whole, None))?
        } else {
            Log::default()
        };
        Ok(Self::new(place, config, log, request.state.clone()))
    }

    /// The log is read when no other command may change it any more.
    fn locked(place: Place, config: Config, request: &Request<'_>) -> Result<Self> {
        let lock = Lock::wait(&place.folder, &request.state)?;
        journal::recover(&lock)?;
        let log = read::log(&place.folder, &config, Extent::Whole, None)?;
        let project = Self::new(place, config, log, request.state.clone());
        Ok(Self { lock: Some(lock), ..project })
    }

    /// The way from the folder of a page to that of the records, as links need it: empty, or with
    /// `/` at its end.
    pub fn way_from(&self, page: &Path) -> String {
        let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (here, there) = (absolute(parent_folder(page)), absolute(&self.place.folder));
        let shared = here.iter().zip(there.iter()).take_while(|(a, b)| a == b).count();
        let up = here.iter().skip(shared).map(|_| "../".to_owned());
        let down = there.iter().skip(shared).map(|part| link_path(&part.to_string_lossy()) + "/");
        up.chain(down).collect()
    }

    /// Where a new log goes: to the folder `named`, else to the one that a configuration names; or
    /// the log that is there already, in a folder that nobody has named.
    ///
    /// # Errors
    ///
    /// Where the configuration names another folder than `named`, or several logs may be meant.
    pub fn beginning(named: Option<&Path>, request: &Request<'_>) -> Result<Beginning> {
        begin::beginning(named, request)
    }

    /// Lets others change the log.
    pub fn unlock(&mut self) {
        self.lock = None;
    }

    /// An empty log in `folder`, which need not be there, as the configuration wants it that is there
    /// or above.
    ///
    /// # Errors
    ///
    /// Where the configuration or `settings` cannot be used.
    pub fn begin(folder: &Path, request: &Request<'_>) -> Result<Self> {
        let config = begin::configured(folder, &request.settings)?;
        let place = Place { folder: folder.to_owned(), config: None };
        Ok(Self::new(place, config, Log::default(), request.state.clone()))
    }

    /// The log as it would read with these texts in the place of those of its files, which are
    /// the keys.
    pub fn reread(&self, texts: &BTreeMap<PathBuf, Rewritten>) -> Log {
        read::again((&self.place.folder, &self.log), self.words(), texts)
    }

    /// What [`apply`](Self::apply) would do, as one unified diff.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply), as far as can be told beforehand.
    pub fn preview(&self, changes: &[Change]) -> Result<String> {
        self.preview_with(&[], changes)
    }

    /// As [`preview`](Self::preview), for changes to the files `others` too.
    ///
    /// # Errors
    ///
    /// As [`preview`](Self::preview).
    pub fn preview_with(&self, others: &[Source], changes: &[Change]) -> Result<String> {
        write::preview(&self.known(others), changes)
    }

    /// What changes are planned on.
    fn known<'k>(&'k self, others: &'k [Source]) -> Known<'k> {
        Known { folder: &self.place.folder, log: &self.log, others }
    }

    /// The files of the project that take the place of ours in the site: every text below
    /// `templates/site/` in the folder of the log, by its name there, sorted.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub fn site_templates(&self) -> Result<Vec<(String, String)>> {
        let folder = &self.place.folder;
        read::templates(&Boundary::around(folder), &folder.join("templates/site"))
    }

    /// Of `wanted`, paths from the folder of the log, the pictures that may be published, and where
    /// each of them is; and why the others may not. Nothing that git does not track, no symbolic links, nothing outside the
    /// project.
    pub fn pictures(&self, wanted: &BTreeSet<String>) -> Pictures {
        let (folder, root) = self.place.folder_and_root();
        picture::pictures(&Shelf { folder: &folder, root: &root, git: self.git() }, wanted)
    }

    /// What the project is called: the name of the folder that holds its git directory or its
    /// configuration, else that of the nearest folder above the records that says more than
    /// `docs` or `adr` would.
    pub fn name(&self) -> String {
        self.place.name()
    }

    /// The folder of the records as seen from the root of the project, with `/` between its
    /// parts: what may be published. Its own name, where the project has no root.
    pub fn folder(&self) -> String {
        self.place.below_root()
    }

    /// The folder of the records as seen from the root of the git repository that holds it, with
    /// `/` between its parts and all links followed; empty where it is that root itself.
    pub fn folder_in_repository(&self) -> Option<String> {
        self.place.below_git()
    }

    /// Carries out `changes`, all or none: every file is checked against what was read before the
    /// first one is written, and what a killed program leaves is finished or taken back by the next.
    ///
    /// # Errors
    ///
    /// Where a file changed underneath, is already there, or cannot be written.
    pub fn apply(&self, changes: &[Change]) -> Result<Vec<PathBuf>> {
        self.apply_with(&[], changes)
    }

    /// As [`apply`](Self::apply), for changes to the files `others` too.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    pub fn apply_with(&self, others: &[Source], changes: &[Change]) -> Result<Vec<PathBuf>> {
        let known = self.known(others);
        match &self.lock {
            Some(lock) => write::apply(&known, lock, changes),
            None if changes.is_empty() => Ok(vec![]),
            None => {
                let lock = Lock::wait(&self.place.folder, &self.state)?;
                journal::recover(&lock)?;
                write::apply(&known, &lock, changes)
            }
        }
    }

    /// The words that the log is written in.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| self.config.words())
    }

    /// The repository around the log, if git works in it.
    fn git(&self) -> Option<&Git> {
        let around = || Git::around(&self.place.folder).ok().flatten();
        self.git.get_or_init(around).as_ref()
    }

    /// The repository around the log, with the files that were not read from the disk; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one, and git cannot be run or refuses it.
    pub fn repository(&self) -> Result<Option<Repository>> {
        let git = match self.git() {
            Some(git) => Some(git.clone()),
            // Asked once more, for the reason.
            None => Git::around(&self.place.folder)?,
        };
        let folder = self.place.folder.clone();
        Ok(git.map(|git| Repository::new(git, folder).with_unsaved(self.unsaved.clone())))
    }

    /// The texts in the folder of the log that are no records, such as its own index.
    pub fn beside(&self) -> Vec<Source> {
        let paths = self.log.skipped().iter().map(|one| path_in(&self.place.folder, &one.file));
        let boundary = Boundary::around(&self.place.folder);
        let text = |path: &Path| boundary.read_text(path).ok();
        paths.filter_map(|path| Some(Source::new(&path, text(&path)?))).collect()
    }

    /// Every text file of the repository that git tracks and that is no record, in the order of
    /// their names; none without git.
    pub fn tracked(&self) -> Vec<Source> {
        let full = |path: &Path| path.canonicalize().ok();
        let records = self.log.records().iter();
        let records: BTreeSet<PathBuf> =
            records.filter_map(|record| full(record.source.path())).collect();
        let mut files = self.git().map(git::tracked).unwrap_or_default();
        files.retain(|file| full(file.path()).is_none_or(|path| !records.contains(&path)));
        files
    }

    /// What git tracks around the log; `None` without git. Of programs, those are read in which one
    /// of the `words` occurs, of pages those that hold `page`.
    pub fn checkout(&self, words: &[String], page: &str) -> Option<Checkout> {
        git::checkout(self.git()?, &self.place.folder, words, page)
    }

    /// Finishes or takes back what a killed command left of its work on the log that the request
    /// names; `None` if there is nothing to do, no log, or another command works on it.
    ///
    /// # Errors
    ///
    /// If what was left is not ours or cannot be read, or a file cannot be written.
    pub fn recover(request: &Request<'_>) -> Result<Option<Recovered>> {
        let Ok((place, _)) = discover::discover(request) else { return Ok(None) };
        let files = ControlFiles::existing(&place.folder, &request.state);
        let Some(files) = files.filter(|files| files.journal.exists()) else { return Ok(None) };
        let Some(lock) = Lock::take(&files)? else { return Ok(None) };
        journal::recover(&lock)
    }
}

/// What `read` gives, read while no command changed the log.
fn undisturbed<T>(
    place: &Place,
    request: &Request<'_>,
    read: impl FnMut() -> Result<T>,
) -> Result<T> {
    let files = ControlFiles::existing(&place.folder, &request.state);
    read_consistently(files.as_ref(), read)
}

pub use template::{Found, read_here, read_text};
