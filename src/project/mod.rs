//! The disk: where the log is, what its files hold, and what becomes of them. The only module that
//! reads or writes files; knows nothing of the terminal.

mod begin;
mod checkout;
mod config;
mod discover;
mod git;
mod history;
mod journal;
mod lives;
mod lock;
mod manifest;
mod moved;
mod names;
mod output;
mod patch;
mod picture;
mod plain;
mod read;
mod refs;
mod site;
mod template;
mod watch;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use begin::Beginning;
pub use config::{Config, Setting};
pub use discover::{Place, Top};
pub use git::{Asked, Repository};
pub use history::Tip;
pub use journal::Recovered;
pub use names::Names;
pub use output::{append, write};
pub use patch::unified as preview_file;
pub use picture::{LeftOut, Pictures, read_picture};
pub use plain::{PlainLog, asks_for_adr_tools};
pub use refs::Branches;
pub use site::{SiteFolder, Written};
pub use watch::Glance;

use lock::Lock;
use read::Extent;
use write::Known;

use crate::Result;
use crate::model::{Checkout, Log};
use crate::text::{Change, Rewritten, Source, below};

/// A decision log on a disk, read.
#[derive(Debug)]
pub struct Project {
    /// Where it is.
    pub place: Place,
    /// What `adr.toml` says, or its defaults.
    pub config: Config,
    /// All records.
    pub log: Log,
    /// The file of the log, with `/`, that was read from a text in the place of the disk.
    pub unsaved: Option<String>,
    /// The right to change them, where that was asked for.
    lock: Option<Lock>,
}

impl Project {
    /// Finds the log, from the working directory upwards or at `dir`, and reads all of it.
    ///
    /// # Errors
    ///
    /// Where there is no log, its folder cannot be listed, or its configuration cannot be used.
    /// Never for what a single file holds.
    pub fn open(dir: Option<&Path>, settings: &[Setting]) -> Result<Self> {
        let (place, config) = discover::discover(dir, settings)?;
        let log = read::log(&place.folder, &config, Extent::Whole, None)?;
        Ok(Self { place, config, log, unsaved: None, lock: None })
    }

    /// As [`open`](Self::open), with the fields of the records alone: of their texts, what these need.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn survey(dir: Option<&Path>, settings: &[Setting]) -> Result<Self> {
        let (place, config) = discover::discover(dir, settings)?;
        let log = read::log(&place.folder, &config, Extent::Fields, None)?;
        Ok(Self { place, config, log, unsaved: None, lock: None })
    }

    /// The files of the records alone, in the order of the log, and where the log is.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn files(dir: Option<&Path>, settings: &[Setting]) -> Result<(Place, Vec<PathBuf>)> {
        let (place, config) = discover::discover(dir, settings)?;
        let files = read::files(&place.folder, &config)?;
        Ok((place, files))
    }

    /// As [`open`](Self::open), with `bytes` in the place of what the file at `path` holds, which
    /// need not be there. A file that would not be read with the log changes nothing.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(
        dir: Option<&Path>,
        settings: &[Setting],
        path: &Path,
        bytes: Vec<u8>,
    ) -> Result<Self> {
        let (place, config) = discover::discover(dir, settings)?;
        let unsaved = place.file_at(path).filter(|file| read::is_candidate(file));
        let text = unsaved.clone().map(|file| read::Unsaved { file, bytes });
        let log = read::log(&place.folder, &config, Extent::Whole, text)?;
        Ok(Self { place, config, log, unsaved, lock: None })
    }

    /// As [`open`](Self::open), for a command that changes the log: waits until no other one
    /// does, and keeps others waiting until this value is dropped.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and where the log cannot be locked.
    pub fn open_to_change(dir: Option<&Path>, settings: &[Setting]) -> Result<Self> {
        let (place, config) = discover::discover(dir, settings)?;
        Self::locked(place, config)
    }

    /// As [`open_to_change`](Self::open_to_change); where there is no log yet, an empty one in a
    /// folder that is made for it.
    ///
    /// # Errors
    ///
    /// As [`open_to_change`](Self::open_to_change), but for a log that nobody named and that is
    /// not there.
    pub fn open_or_begin(dir: Option<&Path>, settings: &[Setting]) -> Result<Self> {
        let (place, config) = begin::discover_or_begin(dir, settings)?;
        Self::locked(place, config)
    }

    /// What [`open_or_begin`](Self::open_or_begin) would open, without a lock and without making
    /// anything.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), but for a log that nobody named and that is not there.
    pub fn look_or_begin(dir: Option<&Path>, settings: &[Setting]) -> Result<Self> {
        let (place, config) = begin::discover_or_begin(dir, settings)?;
        let log = if place.folder.exists() {
            read::log(&place.folder, &config, Extent::Whole, None)?
        } else {
            Log::default()
        };
        Ok(Self { place, config, log, unsaved: None, lock: None })
    }

    /// The log is read when nobody else may change it any more.
    fn locked(place: Place, config: Config) -> Result<Self> {
        let lock = Some(Lock::wait(&place.folder)?);
        journal::recover(&place.folder)?;
        let log = read::log(&place.folder, &config, Extent::Whole, None)?;
        Ok(Self { place, config, log, unsaved: None, lock })
    }

    /// The way from the folder of a page to that of the records, as links need it: empty, or with
    /// `/` at its end.
    pub fn way_from(&self, page: &Path) -> String {
        let folder = page.parent().filter(|folder| !folder.as_os_str().is_empty());
        let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (here, there) =
            (absolute(folder.unwrap_or(Path::new("."))), absolute(&self.place.folder));
        let shared = here.iter().zip(there.iter()).take_while(|(a, b)| a == b).count();
        let up = here.iter().skip(shared).map(|_| "../".to_owned());
        let down = there.iter().skip(shared).map(|part| part.to_string_lossy() + "/");
        up.chain(down.map(String::from)).collect()
    }

    /// Where a new log goes: to the folder `named`, else to the one that a configuration names; or
    /// the log that is there already, in a folder that nobody has named.
    ///
    /// # Errors
    ///
    /// Where the configuration names another folder than `named`, or several logs may be meant.
    pub fn beginning(named: Option<&Path>, settings: &[Setting]) -> Result<Beginning> {
        begin::beginning(named, settings)
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
    pub fn begin(folder: &Path, settings: &[Setting]) -> Result<Self> {
        let config = begin::configured(folder, settings)?;
        let place = Place { folder: folder.to_owned(), config: None };
        Ok(Self { place, config, log: Log::default(), unsaved: None, lock: None })
    }

    /// The log as it would read with these texts in the place of those of its files, which are
    /// the keys.
    pub fn reread(&self, texts: &BTreeMap<PathBuf, Rewritten>) -> Log {
        read::again((&self.place.folder, &self.log), &self.config, texts)
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
        write::preview(&Known { log: &self.log, others }, changes)
    }

    /// The files of the project that take the place of ours in the site: every text below
    /// `templates/site/` in the folder of the log, by its name there, sorted.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub fn site_templates(&self) -> Result<Vec<(String, String)>> {
        read::templates(&self.place.folder.join("templates/site"))
    }

    /// Of `wanted`, paths from the folder of the log, the pictures that may be published, and where
    /// each of them is; and why the others may not. Nothing that git does not track, no symbolic links, nothing outside the
    /// project.
    pub fn pictures(&self, wanted: &BTreeSet<String>) -> Pictures {
        let (folder, root) = self.place.folder_and_root();
        picture::pictures(&folder, &root, wanted)
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
        let folder = &self.place.folder;
        let _lock = match &self.lock {
            Some(_) => None,
            None if changes.is_empty() => None,
            None => Some(Lock::wait(folder)?),
        };
        write::apply(&Known { log: &self.log, others }, folder, changes)
    }

    /// The files of the log on the base and on all branches that git knows; none without git.
    pub fn branches(&self, base: Option<&str>) -> Branches {
        refs::branches(&self.place.folder, base)
    }

    /// The texts in the folder of the log that are no records, such as its own index.
    pub fn beside(&self) -> Vec<Source> {
        let paths = self.log.skipped().iter().map(|one| below(&self.place.folder, &one.file));
        paths.filter_map(|path| Some(Source::new(&path, read_text(&path).ok()?))).collect()
    }

    /// Every text file of the repository that git tracks and that is no record, in the order of
    /// their names; none without git.
    pub fn tracked(&self) -> Vec<Source> {
        let full = |path: &Path| path.canonicalize().ok();
        let records = self.log.records().iter();
        let records: BTreeSet<PathBuf> =
            records.filter_map(|record| full(record.source.path())).collect();
        let mut files = refs::tracked(&self.place.folder);
        files.retain(|file| full(file.path()).is_none_or(|path| !records.contains(&path)));
        files
    }

    /// What git tracks around the log; `None` without git. Of programs, those are read in which one
    /// of the `words` occurs, of pages those that hold `page`.
    pub fn checkout(&self, words: &[String], page: &str) -> Option<Checkout> {
        checkout::checkout(&self.place.folder, words, page)
    }

    /// Finishes or takes back what a killed command left of its work on the log that the options
    /// name; `None` where there is nothing to do, no log, or somebody at work on it.
    ///
    /// # Errors
    ///
    /// Where what was left cannot be read, or a file cannot be written.
    pub fn recover(dir: Option<&Path>) -> Result<Option<Recovered>> {
        let Ok((place, _)) = discover::discover(dir, &[]) else { return Ok(None) };
        if !journal::is_open(&place.folder) {
            return Ok(None);
        }
        let Some(_lock) = Lock::now(&place.folder)? else { return Ok(None) };
        journal::recover(&place.folder)
    }
}

pub use template::{Found, read_text};
pub use write::write_file;
