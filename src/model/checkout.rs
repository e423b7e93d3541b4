//! What git tracks around a log: the names of all files, and the texts that may speak of decisions.
//! Knows no git.

use crate::text::Source;

/// The files of a repository around a log.
#[derive(Clone, Debug, Default)]
pub struct Checkout {
    /// The folder of the log as seen from the root of the repository, with `/` at its end; empty
    /// where it is that root.
    pub log: String,
    /// Every tracked file, as seen from that root, with `/`, sorted.
    pub names: Vec<String>,
    /// The files outside of the log in which a decision may be cited or listed, in the same order.
    pub texts: Vec<Tracked>,
}

/// A tracked file, read.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// As seen from the root of the repository, with `/`.
    pub name: String,
    /// Its text, under its path as seen from the working directory.
    pub source: Source,
}

impl Checkout {
    /// Whether git tracks the file.
    pub fn tracks(&self, name: &str) -> bool {
        self.names.binary_search_by(|one| one.as_str().cmp(name)).is_ok()
    }

    /// Whether git tracks a file below the folder, which is given without `/` at its end.
    pub fn has_folder(&self, folder: &str) -> bool {
        let first = format!("{folder}/");
        let at = self.names.partition_point(|name| *name < first);
        self.names.get(at).is_some_and(|name| name.starts_with(&first))
    }
}
