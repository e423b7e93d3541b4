//! The files of a log on all branches, so that numbers are not used twice.

use std::collections::{BTreeSet, HashSet};
use std::io;

use super::base::ResolvedBase;
use super::objects::{Objects, TreeEntry};
use super::repository::Repository;

/// The files of a log on other branches, relative to the log, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    /// The files on the base; `None` if there is none.
    pub base: Option<BTreeSet<String>>,
    /// The files on the base and on all local and remote-tracking branches.
    pub all: BTreeSet<String>,
}

impl Repository {
    /// The files of the log on the base and on all branches; empty if git fails.
    pub fn branches(&self, base: Option<&ResolvedBase>) -> Branches {
        self.read_branches(base).unwrap_or_default()
    }

    fn read_branches(&self, base: Option<&ResolvedBase>) -> Option<Branches> {
        let folder = self.git.below(&self.folder)?;
        let arguments = ["for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes"];
        let output = self.text(&arguments)?;
        let commits: BTreeSet<&str> = output.lines().collect();
        let mut branches = Branches::default();
        if let Some(base) = base {
            let tree = format!("{}:{folder}", base.tip);
            let read_base = |objects: &mut Objects| files(objects, &tree, &mut HashSet::new());
            branches.base = Some(self.with_objects(read_base).ok()?);
        }
        let read_all = |objects: &mut Objects| {
            let (mut all_files, mut read_folders) = (BTreeSet::new(), HashSet::new());
            for commit in commits {
                let tree = format!("{commit}:{folder}");
                all_files.extend(files(objects, &tree, &mut read_folders)?);
            }
            Ok(all_files)
        };
        branches.all = self.with_local_objects(read_all).ok()?;
        branches.all.extend(branches.base.iter().flatten().cloned());
        Some(branches)
    }
}

/// The files of a tree. Skips folders that are already in `read_folders`, because most branches share most folders.
fn files(
    objects: &mut Objects,
    tree: &str,
    read_folders: &mut HashSet<String>,
) -> io::Result<BTreeSet<String>> {
    let is_new =
        |folder: &TreeEntry| read_folders.insert(format!("{}:{}", folder.path, folder.object));
    let entries = objects.tree(tree, is_new)?.unwrap_or_default();
    Ok(entries.into_iter().map(|entry| entry.path).collect())
}
