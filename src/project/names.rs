//! The names of files around the log: what links can lead to.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::git::work_tree;
use super::path_policy::names_in;
use crate::model::Folder;

/// The names in folders, each folder read once, when it is asked for.
#[derive(Debug)]
pub struct Names {
    /// The folder of the log.
    log: PathBuf,
    /// The root of the git repository that the log lies in, if it lies in one.
    root: Option<PathBuf>,
    read: Mutex<HashMap<PathBuf, Arc<Folder>>>,
}

impl Names {
    /// The names around the log in `folder`.
    pub fn around(folder: &Path) -> Self {
        Self { log: folder.to_owned(), root: work_tree(folder), read: Mutex::default() }
    }

    /// The names in `below`, seen from the folder of the log; empty where there is no such folder.
    /// `None` outside of a git repository that holds the log: nobody can say which of the files
    /// there belong together.
    pub fn within(&self, below: &str) -> Option<Arc<Folder>> {
        let root = self.root.as_ref()?;
        let folder = self.log.join(below);
        let Ok(folder) = folder.canonicalize() else {
            // It may be missing within the repository, or lie outside of it.
            return is_below(&self.log.canonicalize().ok()?, below, root).then(Arc::default);
        };
        if !folder.starts_with(root) {
            return None;
        }
        self.names_of(folder, root)
    }

    /// Forgets what was read: files have got other names since.
    pub fn forget(&self) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn names_of(&self, folder: PathBuf, root: &Path) -> Option<Arc<Folder>> {
        let mut read = self.read.lock().ok()?;
        let names = read.entry(folder).or_insert_with_key(|folder| {
            let place = folder.strip_prefix(root).unwrap_or(folder).components();
            let place = place.map(|part| part.as_os_str().to_string_lossy());
            Arc::new(Folder::at(names(folder), place.collect::<Vec<_>>().join("/")))
        });
        Some(Arc::clone(names))
    }
}

/// Whether `below`, seen from `log`, lies below `root`, judged by the words alone.
fn is_below(log: &Path, below: &str, root: &Path) -> bool {
    let mut path = log.to_owned();
    for part in below.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.starts_with(root)
}

fn names(folder: &Path) -> BTreeSet<String> {
    let names = names_in(folder).unwrap_or_default();
    names.iter().map(|name| name.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Names;

    #[test]
    fn names_are_told_within_the_repository_and_nowhere_else() {
        let place = tempfile::tempdir().unwrap();
        let log = place.path().join("docs/adr");
        fs::create_dir_all(&log).unwrap();
        fs::create_dir(place.path().join("src")).unwrap();
        fs::write(place.path().join("src/Main.rs"), "").unwrap();
        assert!(Names::around(&log).within("").is_none());
        fs::create_dir(place.path().join(".git")).unwrap();
        let names = Names::around(&log);
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
