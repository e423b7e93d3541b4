//! The git repository that a log is in, and how its objects are read.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::objects::{Object, Objects};
use super::process::{Fetch, Git, Request, refused};
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
    pub(super) unsaved: Option<String>,
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
