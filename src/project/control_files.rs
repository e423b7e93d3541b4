//! Where the lock and the journal of a log are kept: where no checkout can plant one. That is the git directory, else
//! a folder of the user. Does not depend on what the two hold.

use std::io;
use std::path::{Path, PathBuf};

use super::git::WorkTree;
use super::path_policy::{Boundary, is_mine, make_private_folder};
use crate::text::Fingerprint;
use crate::{Error, Result};

/// The folders of the user that may hold what belongs to no repository, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateFolders(Vec<PathBuf>);

impl StateFolders {
    /// The folders that the environment names: `XDG_STATE_HOME`, else that of the system, else one for temporary files.
    pub fn new<'v>(variable: impl Fn(&str) -> Option<&'v str>) -> Self {
        let folder = |name: &str, below: &str| {
            let named = variable(name).map(|value| Path::new(value).join(below));
            named.filter(|folder| folder.is_absolute())
        };
        let usual = folder("XDG_STATE_HOME", "rationale")
            .or_else(|| folder("LOCALAPPDATA", "rationale"))
            .or_else(|| folder("HOME", ".local/state/rationale"));
        let temporary = std::env::temp_dir().join(format!("rationale-{}", user()));
        Self(usual.into_iter().chain([temporary]).collect())
    }

    /// The first folder that is there and is the user's own.
    fn existing(&self) -> Option<&Path> {
        self.0.iter().map(PathBuf::as_path).find(|folder| is_own_folder(folder))
    }

    /// The first folder that is there or can be made.
    fn made(&self) -> io::Result<&Path> {
        let mut failed = io::ErrorKind::NotFound.into();
        for folder in &self.0 {
            match make_private_folder(folder) {
                Ok(()) if is_own_folder(folder) => return Ok(folder),
                Ok(()) => failed = io::ErrorKind::PermissionDenied.into(),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }
}

/// The files by which commands keep out of each other's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ControlFiles {
    /// Held by the command that changes the log.
    pub lock: PathBuf,
    /// What is to become of which file.
    pub journal: PathBuf,
    /// What a change may not lead out of.
    pub boundary: Boundary,
    /// Whether they are in a folder of the user's, to which no checkout can write.
    pub is_private: bool,
}

impl ControlFiles {
    /// Those of the log in `folder`; `None` if there can be none yet.
    pub(super) fn existing(folder: &Path, state: &StateFolders) -> Option<Self> {
        let in_git = Self::in_git(folder);
        in_git.or_else(|| state.existing().map(|state| Self::in_state(folder, state)))
    }

    /// Those of the log in `folder`, in a folder that is made for them if need be.
    ///
    /// # Errors
    ///
    /// If there is no git directory and no folder of the user's can be made.
    pub(super) fn made(folder: &Path, state: &StateFolders) -> Result<Self> {
        if let Some(files) = Self::in_git(folder) {
            return Ok(files);
        }
        let path = || state.0.first().cloned().unwrap_or_default();
        let made = state.made().map_err(|source| Error::MakeFolder { path: path(), source })?;
        Ok(Self::in_state(folder, made))
    }

    fn in_git(folder: &Path) -> Option<Self> {
        let WorkTree { root, git_dir } = WorkTree::around(folder)?;
        let (lock, journal) = (git_dir.join("adr.lock"), git_dir.join("adr.journal"));
        Some(Self { lock, journal, boundary: Boundary::at(&root), is_private: false })
    }

    fn in_state(folder: &Path, state: &Path) -> Self {
        let boundary = Boundary::around(folder);
        let name = Fingerprint::of(boundary.root().as_os_str().as_encoded_bytes());
        let file = |kind: &str| state.join(format!("{name}.{kind}"));
        let boundary = boundary.with_start(Path::new(".").canonicalize().ok());
        Self { lock: file("lock"), journal: file("journal"), boundary, is_private: true }
    }
}

fn is_own_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_dir() && is_mine(&about))
}

#[cfg(unix)]
fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// On these systems every user has a folder for temporary files.
#[cfg(not(unix))]
fn user() -> &'static str {
    "state"
}
