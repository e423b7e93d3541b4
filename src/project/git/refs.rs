//! The files of a log on the branches that git knows of, and the files that git tracks. Does not depend on numbers.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::base::ResolvedBase;
use super::objects::{Entry, Objects};
use super::process::{Fetch, Git, Request};
use super::repository::Repository;
use crate::project::path_policy::Boundary;
use crate::text::Source;

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

/// Every text file that git tracks in the repository, but for large ones.
pub(in crate::project) fn tracked(git: &Git) -> Vec<Source> {
    let names: BTreeSet<String> = names(git).into_iter().collect();
    let boundary = Boundary::at(git.root());
    names.iter().filter_map(|name| text(&boundary, &git.root().join(name), |_| true)).collect()
}

/// The names of all files that git tracks, from the root of the work tree; a file in conflict occurs three times.
pub(super) fn names(git: &Git) -> Vec<String> {
    let output = ask(git, &["ls-files", "-z"]).unwrap_or_default();
    let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// Which of these paths git tracks, as seen from the root of the work tree.
pub(in crate::project) fn tracked_among(git: &Git, paths: &[&Path]) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    // A command line has a limit.
    for some in paths.chunks(200) {
        let patterns = some.iter().map(|path| format!(":(literal){}", path.display()));
        let patterns: Vec<String> = patterns.collect();
        let mut args = vec!["ls-files", "-z", "--"];
        args.extend(patterns.iter().map(String::as_str));
        let output = ask(git, &args).unwrap_or_default();
        let names = String::from_utf8_lossy(&output).into_owned();
        found.extend(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from));
    }
    found
}

/// What a command answers that succeeds, started in the root of the work tree.
fn ask(git: &Git, args: &[&str]) -> Option<Vec<u8>> {
    git.answer(&Request { folder: git.root(), args, fetch: Fetch::Never }).ok()
}

/// Longer files are data, not text that a person wrote, in bytes.
const LONGEST: u64 = 1 << 20;

/// The text of a regular file; `None` for data, and for a file that is not `wanted`.
pub(super) fn text(
    boundary: &Boundary,
    path: &Path,
    wanted: impl Fn(&[u8]) -> bool,
) -> Option<Source> {
    let bytes = boundary.read_no_link(path, LONGEST).ok().filter(|bytes| wanted(bytes))?;
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then(|| Source::new(from_here(path), text))
}

/// `path` as seen from the working directory.
fn from_here(path: &Path) -> PathBuf {
    let Ok(here) = Path::new(".").canonicalize() else {
        return path.to_owned();
    };
    let shared = here.iter().zip(path).take_while(|(a, b)| a == b).count();
    let up = here.iter().skip(shared).map(|_| std::ffi::OsStr::new(".."));
    up.chain(path.iter().skip(shared)).collect()
}
