//! Planned changes to files.

use std::path::PathBuf;

use super::Edit;

/// The content of a file after changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Its path after the changes, relative to the working directory.
    pub path: PathBuf,
    /// Its whole text after the changes.
    pub text: String,
}

/// A change to one file. Only `project` carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Creates a file.
    Create {
        /// The new file, relative to the working directory.
        path: PathBuf,
        /// Its whole text.
        text: String,
    },
    /// Replaces some bytes of a file.
    Edit {
        /// The file, relative to the working directory.
        path: PathBuf,
        /// In any order; they must not overlap.
        edits: Vec<Edit>,
    },
    /// Renames a file and replaces some of its bytes.
    Move {
        /// The file, relative to the working directory.
        path: PathBuf,
        /// The new path; nothing exists there yet.
        to: PathBuf,
        /// In any order; they must not overlap.
        edits: Vec<Edit>,
    },
    /// Renames a folder with everything in it. It is carried out after all changes to the
    /// files in it, which are given by their old paths.
    MoveFolder {
        /// The folder, relative to the working directory.
        from: PathBuf,
        /// The new path; nothing exists there yet.
        to: PathBuf,
    },
}
