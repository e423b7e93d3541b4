//! The paths of the lock and the journal of a log. They are in the git directory, else in a folder of the user, so that
//! no checkout can plant one.

use std::io;
use std::path::{Path, PathBuf};

use crate::project::disk::{create_private_folder, is_mine};
use crate::project::git::WorkTree;
use crate::project::path_policy::Boundary;
use crate::text::Fingerprint;
use crate::{Error, Result};

/// The user's folders for files that belong to no repository, in order of preference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateFolders(Vec<PathBuf>);

impl StateFolders {
    /// The folders that the environment names: `XDG_STATE_HOME`, else the system's own, else one for temporary files.
    pub fn new<'v>(variable: impl Fn(&str) -> Option<&'v str>) -> Self {
        let folder = |name: &str, subfolder: &str| {
            let folder = variable(name).map(|value| Path::new(value).join(subfolder));
            folder.filter(|folder| folder.is_absolute())
        };
        let state_folder = folder("XDG_STATE_HOME", "rationale")
            .or_else(|| folder("LOCALAPPDATA", "rationale"))
            .or_else(|| folder("HOME", ".local/state/rationale"));
        let temporary_folder = std::env::temp_dir().join(format!("rationale-{}", user_id()));
        Self(state_folder.into_iter().chain([temporary_folder]).collect())
    }

    /// The first folder that exists and belongs to the user.
    fn existing(&self) -> Option<&Path> {
        self.0.iter().map(PathBuf::as_path).find(|folder| is_own_folder(folder))
    }

    /// The first folder that exists or can be created.
    fn create(&self) -> io::Result<&Path> {
        let mut last_error = io::ErrorKind::NotFound.into();
        for folder in &self.0 {
            match create_private_folder(folder) {
                Ok(()) if is_own_folder(folder) => return Ok(folder),
                Ok(()) => last_error = io::ErrorKind::PermissionDenied.into(),
                Err(error) => last_error = error,
            }
        }
        Err(last_error)
    }
}

/// The files by which commands avoid changing a log at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::project) struct ControlFiles {
    /// Locked by the command that changes the log.
    pub lock: PathBuf,
    /// The planned content of every file that changes.
    pub journal: PathBuf,
    /// The folder that no change may leave.
    pub boundary: Boundary,
    /// Whether they are in a folder of the user, which no checkout can write to.
    pub is_private: bool,
}

impl ControlFiles {
    /// The control files of the log in `folder`; `None` if there cannot be any yet.
    pub(in crate::project) fn existing(folder: &Path, state: &StateFolders) -> Option<Self> {
        let files_in_git = Self::in_git(folder);
        files_in_git.or_else(|| state.existing().map(|state| Self::in_state(folder, state)))
    }

    /// The control files of the log in `folder`. Creates the folder for them if necessary.
    ///
    /// # Errors
    ///
    /// If there is no git directory and no folder of the user can be created.
    pub(super) fn create(folder: &Path, state: &StateFolders) -> Result<Self> {
        if let Some(files) = Self::in_git(folder) {
            return Ok(files);
        }
        let path = || state.0.first().cloned().unwrap_or_default();
        let state_folder =
            state.create().map_err(|source| Error::MakeFolder { path: path(), source })?;
        Ok(Self::in_state(folder, state_folder))
    }

    fn in_git(folder: &Path) -> Option<Self> {
        let WorkTree { root, git_dir } = WorkTree::around(folder)?;
        let (lock, journal) = (git_dir.join("adr.lock"), git_dir.join("adr.journal"));
        Some(Self { lock, journal, boundary: Boundary::at(&root), is_private: false })
    }

    fn in_state(folder: &Path, state: &Path) -> Self {
        let boundary = Boundary::around(folder);
        // One pair of files for each log, named by the path of its project.
        let name = Fingerprint::of(boundary.root().as_os_str().as_encoded_bytes());
        let file = |kind: &str| state.join(format!("{name}.{kind}"));
        let boundary = boundary.with_start(Path::new(".").canonicalize().ok());
        Self { lock: file("lock"), journal: file("journal"), boundary, is_private: true }
    }
}

fn is_own_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir() && is_mine(&metadata))
}

#[cfg(unix)]
fn user_id() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// On these systems every user has a folder for temporary files.
#[cfg(not(unix))]
fn user_id() -> &'static str {
    "state"
}
