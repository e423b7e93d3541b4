//! The names of files around the log: what links can lead to.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The names in folders, each folder read once, when it is asked for.
#[derive(Debug)]
pub struct Names {
    /// The folder of the log.
    log: PathBuf,
    /// The root of the git repository that the log lies in, if it lies in one.
    root: Option<PathBuf>,
    read: Mutex<HashMap<PathBuf, Arc<BTreeSet<String>>>>,
}

impl Names {
    /// The names around the log in `folder`.
    pub fn around(folder: &Path) -> Self {
        Self { log: folder.to_owned(), root: root(folder), read: Mutex::default() }
    }

    /// The names in `below`, seen from the folder of the log; empty where there is no such folder.
    /// `None` outside of a git repository that holds the log: nobody can say which of the files
    /// there belong together.
    pub fn within(&self, below: &str) -> Option<Arc<BTreeSet<String>>> {
        let root = self.root.as_ref()?;
        let folder = self.log.join(below);
        let Ok(folder) = folder.canonicalize() else {
            // It may be missing within the repository, or lie outside of it.
            return is_below(&self.log.canonicalize().ok()?, below, root).then(Arc::default);
        };
        if !folder.starts_with(root) {
            return None;
        }
        let mut read = self.read.lock().ok()?;
        let names = read.entry(folder).or_insert_with_key(|folder| Arc::new(names(folder)));
        Some(Arc::clone(names))
    }
}

/// The nearest folder at or above `log` that holds `.git`.
fn root(log: &Path) -> Option<PathBuf> {
    let log = log.canonicalize().ok()?;
    log.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
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
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
