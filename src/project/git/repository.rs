//! The git repository that a log is in, and how its objects are read.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::objects::{Object, Objects};
use super::process::{Fetch, Git, GitRequest, git_error};
use crate::{Error, Result};

/// The git repository that a log is in.
#[derive(Debug)]
pub struct Repository {
    pub(super) git: Git,
    /// The folder of the log. Paths of results are relative to it.
    pub(super) folder: PathBuf,
    /// Whether git may fetch objects that a partial clone lacks.
    fetch: Fetch,
    /// A file of the log that always counts as changed, with `/`.
    pub(super) unsaved: Option<String>,
    /// Opened on demand.
    objects: Mutex<Option<Objects>>,
}

impl Repository {
    /// The repository of the log in `folder`.
    pub(in crate::project) fn new(git: Git, folder: PathBuf) -> Self {
        Self { git, folder, fetch: Fetch::Never, unsaved: None, objects: Mutex::default() }
    }

    /// The same, with a file of the log that was not read from the disk.
    #[must_use]
    pub(in crate::project) fn with_unsaved(self, unsaved: Option<String>) -> Self {
        Self { unsaved, ..self }
    }

    /// The same for a base. If the user named it, objects that a partial clone lacks may be fetched.
    #[must_use]
    pub fn for_base(self, is_explicit: bool) -> Self {
        let fetch = if is_explicit { Fetch::Allowed } else { Fetch::Never };
        Self { fetch, objects: Mutex::default(), ..self }
    }

    /// The contents of these objects, in order.
    ///
    /// # Errors
    ///
    /// If one of them is not in the clone.
    pub(super) fn blobs(&self, names: &[&str]) -> Result<Vec<Vec<u8>>> {
        let missing = || git_error(&self.folder, "a file is missing in this clone");
        let objects = self.objects(names)?.into_iter();
        objects.map(|object| object.map(|object| object.bytes).ok_or_else(missing)).collect()
    }

    /// The objects with these names, in order; `None` for one that is not in the clone.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn objects(&self, names: &[&str]) -> Result<Vec<Option<Object>>> {
        if names.is_empty() {
            return Ok(vec![]);
        }
        self.with_objects(|objects| objects.get_all(names))
    }

    /// Calls `read` with the objects of the repository. They are opened once.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn with_objects<T>(
        &self,
        read: impl FnOnce(&mut Objects) -> io::Result<T>,
    ) -> Result<T> {
        let failed = |source| Error::Git { folder: self.folder.clone(), source };
        let mut open_objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let objects = match open_objects.take() {
            Some(objects) => objects,
            None => Objects::open(&self.git, self.fetch).map_err(failed)?,
        };
        // After an error, git may be in the middle of an answer. So its process is not used again.
        read(open_objects.insert(objects)).map_err(|error| {
            *open_objects = None;
            failed(error)
        })
    }

    /// The same with the objects that the clone holds. Never fetches any.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn with_local_objects<T>(
        &self,
        read: impl FnOnce(&mut Objects) -> io::Result<T>,
    ) -> Result<T> {
        if self.fetch == Fetch::Never {
            return self.with_objects(read);
        }
        let failed = |source| Error::Git { folder: self.folder.clone(), source };
        let mut objects = Objects::open(&self.git, Fetch::Never).map_err(failed)?;
        read(&mut objects).map_err(failed)
    }

    /// Ends the process that reads objects, until the next one is needed.
    pub fn close(&self) {
        *self.objects.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The output of a command; `None` if it fails.
    pub(super) fn text(&self, arguments: &[&str]) -> Option<String> {
        String::from_utf8(self.bytes(arguments).ok()?).ok()
    }

    /// The output of a command.
    ///
    /// # Errors
    ///
    /// If git cannot be run; if it fails, with its own reason.
    pub(super) fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        self.git.run(&GitRequest { folder: &self.folder, arguments, fetch: self.fetch })
    }
}
