//! The files of a log on the branches that git knows. Does not depend on numbers.

use std::collections::{BTreeSet, HashSet};
use std::io;

use super::base::ResolvedBase;
use super::objects::{Entry, Objects};
use super::repository::Repository;

/// The files of a log that are not only in the work tree, relative to the log, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    /// On the base; `None` where none was asked for, or it is not in the repository.
    pub base: Option<BTreeSet<String>>,
    /// On the base and on any local or remote-tracking branch.
    pub all: BTreeSet<String>,
}

impl Repository {
    /// The files of the log on the base and on all branches; none if git cannot tell.
    pub fn branches(&self, base: Option<&ResolvedBase>) -> Branches {
        self.read_branches(base).unwrap_or_default()
    }

    fn read_branches(&self, base: Option<&ResolvedBase>) -> Option<Branches> {
        let folder = self.git.below(&self.folder)?;
        let places = ["refs/heads", "refs/remotes"];
        let commits =
            self.text(&[&["for-each-ref", "--format=%(objectname)"], places.as_slice()].concat())?;
        let commits: BTreeSet<&str> = commits.lines().collect();
        let mut branches = Branches::default();
        if let Some(base) = base {
            let tree = format!("{}:{folder}", base.tip);
            let read = |objects: &mut Objects| files(objects, &tree, &mut HashSet::new());
            branches.base = Some(self.with_objects(read).ok()?);
        }
        let read = |objects: &mut Objects| {
            let (mut all, mut seen) = (BTreeSet::new(), HashSet::new());
            for commit in commits {
                all.extend(files(objects, &format!("{commit}:{folder}"), &mut seen)?);
            }
            Ok(all)
        };
        branches.all = self.with_local_objects(read).ok()?;
        branches.all.extend(branches.base.iter().flatten().cloned());
        Some(branches)
    }
}

/// The files of a tree; not those of folders that were `seen` at the same place.
fn files(
    objects: &mut Objects,
    tree: &str,
    seen: &mut HashSet<String>,
) -> io::Result<BTreeSet<String>> {
    let is_new = |folder: &Entry| seen.insert(format!("{}:{}", folder.path, folder.object));
    let entries = objects.tree(tree, is_new)?.unwrap_or_default();
    Ok(entries.into_iter().map(|entry| entry.path).collect())
}
