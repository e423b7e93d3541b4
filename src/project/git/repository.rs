//! The trees that a change to a log is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::base::ResolvedBase;
use super::moved::Listing;
use super::objects::{Object, Objects};
use super::process::{Fetch, Git, Request, refused};
use crate::format::{Recognised, Words, recognise};
use crate::model::{BaseSnapshots, Committed, Snapshot};
use crate::text::Source;
use crate::{Error, Result};

/// The git repository that a log is in.
#[derive(Debug)]
pub struct Repository {
    pub(super) git: Git,
    /// The folder of the log: what git gives out is relative to it.
    pub(super) folder: PathBuf,
    /// Whether git may fetch what a clone of a part of the objects lacks.
    fetch: Fetch,
    /// A file of the log that is compared whatever the disk holds, with `/`.
    unsaved: Option<String>,
    /// Opened when the first of them is asked for.
    objects: Mutex<Option<Objects>>,
}

impl Repository {
    /// What `git` knows of the log in `folder`.
    pub(in crate::project) fn new(git: Git, folder: PathBuf) -> Self {
        Self { git, folder, fetch: Fetch::Never, unsaved: None, objects: Mutex::default() }
    }

    /// The same, with a file of the log that was not read from the disk.
    #[must_use]
    pub(in crate::project) fn with_unsaved(self, unsaved: Option<String>) -> Self {
        Self { unsaved, ..self }
    }

    /// The same, for a base: if the user asked for it, what a partial clone lacks may be fetched.
    #[must_use]
    pub fn for_base(self, is_asked: bool) -> Self {
        let fetch = if is_asked { Fetch::Allowed } else { Fetch::Never };
        Self { fetch, objects: Mutex::default(), ..self }
    }

    /// The log at the tip of the base and where the change began.
    ///
    /// # Errors
    ///
    /// If it cannot be determined where HEAD left the base, or a file of the log is missing in this clone.
    pub fn trees(&self, base: &ResolvedBase, words: &Words) -> Result<BaseSnapshots> {
        let start = self.start(base)?;
        let here = self.git.below(&self.folder);
        let listing = |commit: &str| match &here {
            Some(here) => self.listing(commit, here),
            None => Ok(None),
        };
        let at_start = listing(&start)?;
        let changed = if here.is_some() { self.changed_since(&start)? } else { BTreeSet::new() };
        let before = Arc::new(self.snapshot_at_start(at_start.as_ref(), &changed, words)?);
        let name = base.request.name.clone();
        if start == base.tip {
            return Ok(BaseSnapshots {
                name,
                tip: Arc::clone(&before),
                before,
                has_log: at_start.is_some(),
            });
        }
        let at_tip = listing(&base.tip)?;
        let is_same = |file: &str, object: &str| {
            let unmoved = at_start.as_ref().filter(|one| !one.is_moved);
            let object_at_start = unmoved.and_then(|one| one.files.get(file));
            before.has_same(file) && object_at_start.is_some_and(|there| there == object)
        };
        let tip = Arc::new(self.snapshot(at_tip.as_ref(), &is_same, words)?);
        Ok(BaseSnapshots { name, tip, before, has_log: at_tip.is_some() })
    }

    /// The names of files that are not in the work tree as they are in the commit, relative to the folder of the log;
    /// without those that git does not track.
    fn changed_since(&self, commit: &str) -> Result<BTreeSet<String>> {
        let options = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"];
        let place = ["--ignore-submodules", "--relative", commit, "--", "."];
        let changed = self.bytes(&[&["diff"], options.as_slice(), &place].concat())?;
        let names = changed.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// The log where the change began.
    fn snapshot_at_start(
        &self,
        listing: Option<&Listing>,
        changed: &BTreeSet<String>,
        words: &Words,
    ) -> Result<Snapshot> {
        let is_moved = listing.is_some_and(|listing| listing.is_moved);
        let is_same = |file: &str, _: &str| {
            !is_moved && !changed.contains(file) && self.unsaved.as_deref() != Some(file)
        };
        let snapshot = self.snapshot(listing, &is_same, words)?;
        Ok(Snapshot { changed: changed.clone(), ..snapshot })
    }

    /// The files of the log in a commit. Of those that the work tree holds as they are, only the names are kept:
    /// `is_same` is asked for a file and the name of its object.
    fn snapshot(
        &self,
        listing: Option<&Listing>,
        is_same: &dyn Fn(&str, &str) -> bool,
        words: &Words,
    ) -> Result<Snapshot> {
        let Some(listing) = listing else { return Ok(Snapshot::default()) };
        let (same, others): (Vec<_>, Vec<_>) =
            listing.files.iter().partition(|(file, object)| is_same(file, object));
        let objects: Vec<&str> = others.iter().map(|(_, object)| object.as_str()).collect();
        let read: Vec<(String, Committed)> = others
            .into_par_iter()
            .zip(self.blobs(&objects)?)
            .map(|((file, _), bytes)| {
                let source = Source::decode(self.folder.join(file), bytes);
                let committed = match recognise(source, file, words) {
                    Recognised::Record(record) => Committed::Record(Box::new(record)),
                    Recognised::Skipped(_) => Committed::Other,
                };
                (file.clone(), committed)
            })
            .collect();
        let mut files: BTreeMap<String, Committed> = read.into_iter().collect();
        files.extend(same.into_iter().map(|(file, _)| (file.clone(), Committed::Same)));
        Ok(Snapshot { files, changed: BTreeSet::new() })
    }

    /// The contents of these objects, in their order.
    ///
    /// # Errors
    ///
    /// If one of them is not in the clone.
    pub(super) fn blobs(&self, names: &[&str]) -> Result<Vec<Vec<u8>>> {
        let missing = || refused(&self.folder, "a file is missing in this clone");
        let objects = self.objects(names)?.into_iter();
        objects.map(|object| object.map(|object| object.bytes).ok_or_else(missing)).collect()
    }

    /// The objects that these names mean, in their order; `None` for one that is not in the clone.
    pub(super) fn objects(&self, names: &[&str]) -> Result<Vec<Option<Object>>> {
        if names.is_empty() {
            return Ok(vec![]);
        }
        self.with_objects(|objects| objects.all(names))
    }

    /// What `ask` gets from the objects of the repository. They are opened once.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn with_objects<T>(
        &self,
        ask: impl FnOnce(&mut Objects) -> io::Result<T>,
    ) -> Result<T> {
        let failed = |source| Error::Git { folder: self.folder.clone(), source };
        let mut open = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let objects = match open.take() {
            Some(objects) => objects,
            None => Objects::open(&self.git, self.fetch).map_err(failed)?,
        };
        // One that failed is not asked again: it may be in the midst of an answer.
        ask(open.insert(objects)).map_err(|error| {
            *open = None;
            failed(error)
        })
    }

    /// The same with the objects that the clone holds: nothing is fetched, whatever was asked for.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn with_local_objects<T>(
        &self,
        ask: impl FnOnce(&mut Objects) -> io::Result<T>,
    ) -> Result<T> {
        if self.fetch == Fetch::Never {
            return self.with_objects(ask);
        }
        let failed = |source| Error::Git { folder: self.folder.clone(), source };
        let mut objects = Objects::open(&self.git, Fetch::Never).map_err(failed)?;
        ask(&mut objects).map_err(failed)
    }

    /// Ends the program that gives out objects, until the next one is asked for.
    pub fn close(&self) {
        *self.objects.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What a command prints if it succeeds.
    pub(super) fn text(&self, args: &[&str]) -> Option<String> {
        String::from_utf8(self.bytes(args).ok()?).ok()
    }

    /// What a command prints that must succeed.
    ///
    /// # Errors
    ///
    /// If git cannot be run; and if it fails, with its own reason.
    pub(super) fn bytes(&self, args: &[&str]) -> Result<Vec<u8>> {
        let request = Request { folder: &self.folder, args, fetch: self.fetch };
        self.git.answer(&request)
    }
}
