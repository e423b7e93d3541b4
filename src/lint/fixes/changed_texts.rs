//! The texts of files that fixes have changed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::lint::location::displayed_path;
use crate::text::Rewritten;

/// The files that change, by the path that they were read from.
pub type ChangedTexts = BTreeMap<PathBuf, Rewritten>;

/// Maps the present paths of changed files to the paths that they were read from.
pub(super) struct Origins<'t>(HashMap<&'t Path, &'t Path>);

impl<'t> Origins<'t> {
    pub(super) fn new(texts: &'t ChangedTexts) -> Self {
        Self(texts.iter().map(|(old, new)| (new.path.as_path(), old.as_path())).collect())
    }

    /// The path that the file at `path` was read from.
    pub(super) fn of(&self, path: &Path) -> PathBuf {
        self.0.get(path).map_or_else(|| path.to_owned(), |old| (*old).to_owned())
    }

    /// The same as reports show it.
    pub(super) fn displayed(&self, path: &Path) -> String {
        displayed_path(&self.of(path))
    }
}
