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
        self.names_of(folder)
    }

    /// Of `paths`, from the folder of the log or, with `/` before them, from the root of the repository,
    /// those that lead to nothing in it. `None` outside of a git repository.
    pub fn missing<'p>(&self, paths: impl Iterator<Item = &'p String>) -> Option<BTreeSet<String>> {
        let root = self.root.as_ref()?;
        let mut last: Option<(&str, Option<Arc<Folder>>)> = None;
        let mut missing = BTreeSet::new();
        for path in paths {
            let (folder, name) = path.trim_end_matches('/').rsplit_once('/').unwrap_or(("", path));
            // Paths come sorted, so that a folder is seldom looked for twice.
            if last.as_ref().is_none_or(|(of, _)| *of != folder) {
                let names = if path.starts_with('/') {
                    let folder = root.join(folder.trim_start_matches('/')).canonicalize().ok();
                    let inside = folder.filter(|folder| folder.starts_with(root));
                    inside.map_or_else(|| Some(Arc::default()), |folder| self.names_of(folder))
                } else {
                    self.within(folder)
                };
                last = Some((folder, names));
            }
            let names = last.as_ref().and_then(|(_, names)| names.as_ref());
            let leads_nowhere = names.is_some_and(|names| !names.contains(name));
            if leads_nowhere && !matches!(name, "" | "." | "..") {
                missing.insert(path.clone());
            }
        }
        Some(missing)
    }

    /// Forgets what was read: files have got other names since.
    pub fn forget(&self) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn names_of(&self, folder: PathBuf) -> Option<Arc<Folder>> {
        let mut read = self.read.lock().ok()?;
        let names = read.entry(folder).or_insert_with_key(|folder| Arc::new(names(folder).into()));
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
    use std::collections::BTreeSet;
    use std::fs;

    use super::Names;

    #[test]
    fn what_is_not_there_is_missing_within_a_repository() {
        let place = tempfile::tempdir().unwrap();
        let log = place.path().join("docs/adr");
        fs::create_dir_all(&log).unwrap();
        fs::create_dir(place.path().join("src")).unwrap();
        fs::write(place.path().join("src/Main.rs"), "").unwrap();
        fs::write(log.join("a.txt"), "").unwrap();
        let paths = [
            "",
            "../../..",
            "../../../x",
            "../../src",
            "../../src/",
            "../../src/Main.rs",
            "../../src/main.rs",
            "./a.txt",
            "/docs/adr",
            "/none/x.md",
            "/src/Main.rs",
            "/src/none.rs",
            "b.txt",
            "none/x.md",
        ];
        let paths: BTreeSet<String> = paths.map(str::to_owned).into_iter().collect();
        assert_eq!(Names::around(&log).missing(paths.iter()), None);
        fs::create_dir(place.path().join(".git")).unwrap();
        let missing = Names::around(&log).missing(paths.iter()).unwrap();
        let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
        assert_eq!(
            missing,
            ["../../src/main.rs", "/none/x.md", "/src/none.rs", "b.txt", "none/x.md"]
        );
    }
}
