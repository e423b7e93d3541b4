//! What becomes of a file.

use std::path::PathBuf;

use super::Edit;

/// A file as it would be after changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Where it would lie, relative to the working directory.
    pub path: PathBuf,
    /// All that it would hold.
    pub text: String,
}

/// A change to one file. Only `project` carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file that is not there yet.
    Create {
        /// Where it goes, relative to the working directory.
        path: PathBuf,
        /// All of it.
        text: String,
    },
    /// New bytes for some of the old.
    Edit {
        /// The file, relative to the working directory.
        path: PathBuf,
        /// In any order; they must not overlap.
        edits: Vec<Edit>,
    },
    /// A file gets another name, and new bytes for some of the old.
    Move {
        /// The file, relative to the working directory.
        path: PathBuf,
        /// Where it goes; nothing is there yet.
        to: PathBuf,
        /// In any order; they must not overlap.
        edits: Vec<Edit>,
    },
    /// A folder gets another name, with all that lies in it. Carried out behind all changes to the
    /// files in it, which are named as they were before.
    MoveFolder {
        /// The folder, relative to the working directory.
        from: PathBuf,
        /// Where it goes; nothing is there yet.
        to: PathBuf,
    },
}
