//! The files that git tracks around a log: all names, and the texts that may mention decisions.
//! Does not run git.

use crate::text::Source;

/// The files of a repository around a log.
#[derive(Clone, Debug, Default)]
pub struct Checkout {
    /// The folder of the log relative to the root of the repository, with `/` at its end; empty
    /// if it is the root.
    pub log: String,
    /// Every tracked file, relative to the root of the repository, with `/`, sorted.
    pub names: Vec<String>,
    /// The files outside of the log in which a decision may be cited or listed, in the same order.
    pub texts: Vec<Tracked>,
}

/// The text of a tracked file.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// Relative to the root of the repository, with `/`.
    pub name: String,
    /// Its text; the path in it is relative to the working directory.
    pub source: Source,
}

impl Checkout {
    /// Whether git tracks the file.
    pub fn tracks(&self, name: &str) -> bool {
        self.names.binary_search_by(|one| one.as_str().cmp(name)).is_ok()
    }

    /// Whether git tracks a file below the folder, which is given without a trailing `/`.
    pub fn has_folder(&self, folder: &str) -> bool {
        let folder_prefix = format!("{folder}/");
        let first_name = self.names.partition_point(|name| *name < folder_prefix);
        self.names.get(first_name).is_some_and(|name| name.starts_with(&folder_prefix))
    }
}
