//! Lists the files around the log, which links can lead to.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Folder;
use crate::project::disk::names_in;
use crate::project::git::work_tree;

/// The names in folders. Each folder is read once, on demand.
#[derive(Debug)]
pub struct FolderNames {
    /// The folder of the log.
    log: PathBuf,
    /// The root of the git repository around the log, if there is one.
    root: Option<PathBuf>,
    read: Mutex<HashMap<PathBuf, Arc<Folder>>>,
}

impl FolderNames {
    /// The names around the log in `folder`.
    pub fn around(folder: &Path) -> Self {
        Self { log: folder.to_owned(), root: work_tree(folder), read: Mutex::default() }
    }

    /// The names in `below`, a path relative to the log; empty if there is no such folder.
    /// `None` outside of the git repository: it is unknown which files belong together there.
    pub fn within(&self, below: &str) -> Option<Arc<Folder>> {
        let root = self.root.as_ref()?;
        let Ok(folder) = self.log.join(below).canonicalize() else {
            // It may be missing within the repository, or be outside of it.
            return is_below(&self.log.canonicalize().ok()?, below, root).then(Arc::default);
        };
        if !folder.starts_with(root) {
            return None;
        }
        self.names_of(folder, root)
    }

    /// Discards all names, because files have been renamed since.
    pub fn forget(&self) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn names_of(&self, folder: PathBuf, root: &Path) -> Option<Arc<Folder>> {
        let mut read_folders = self.read.lock().ok()?;
        let folder_names = read_folders.entry(folder).or_insert_with_key(|folder| {
            let path_parts = folder.strip_prefix(root).unwrap_or(folder).components();
            let path_parts = path_parts.map(|part| part.as_os_str().to_string_lossy());
            Arc::new(Folder::at(names(folder), path_parts.collect::<Vec<_>>().join("/")))
        });
        Some(Arc::clone(folder_names))
    }
}

/// Whether `below`, relative to `log`, is inside `root`, computed from the parts of the path.
fn is_below(log: &Path, below: &str, root: &Path) -> bool {
    let mut joined_path = log.to_owned();
    for part in below.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                joined_path.pop();
            }
            part => joined_path.push(part),
        }
    }
    joined_path.starts_with(root)
}

fn names(folder: &Path) -> BTreeSet<String> {
    let names = names_in(folder).unwrap_or_default();
    names.iter().map(|name| name.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::FolderNames;

    #[test]
    fn names_are_known_only_within_the_repository() {
        let place = tempfile::tempdir().unwrap();
        let log = place.path().join("docs/adr");
        fs::create_dir_all(&log).unwrap();
        fs::create_dir(place.path().join("src")).unwrap();
        fs::write(place.path().join("src/Main.rs"), "").unwrap();
        assert!(FolderNames::around(&log).within("").is_none());
        fs::create_dir(place.path().join(".git")).unwrap();
        let names = FolderNames::around(&log);
        let has = |folder: &str, name: &str| names.within(folder).map(|all| all.contains(name));
        assert_eq!(has("../../src", "Main.rs"), Some(true));
        assert_eq!(has("../../src/", "main.rs"), Some(false));
        assert_eq!(has("../none", "x"), Some(false));
        assert_eq!(has("../..", "docs"), Some(true));
        assert_eq!(has("../../..", "x"), None);
        let at = |folder: &str| names.within(folder).unwrap().place().map(str::to_owned);
        assert_eq!(at("").as_deref(), Some("docs/adr"));
        assert_eq!(at("../..").as_deref(), Some(""));
    }
}
