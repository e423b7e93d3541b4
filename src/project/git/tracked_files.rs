//! The files that git tracks, and their texts. Does not depend on records.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::process::{Fetch, Git, GitRequest};
use crate::project::path_policy::Boundary;
use crate::text::Source;

/// The size limit of a text, in bytes. Larger files are data and not written by a person.
const MAX_TEXT: u64 = 1 << 20;

/// How many paths are passed to one git command, because a command line has a limit.
const BATCH_SIZE: usize = 200;

/// Every text file that git tracks in the repository, except large ones.
pub(in crate::project) fn tracked(git: &Git) -> Vec<Source> {
    let names: BTreeSet<String> = tracked_names(git).into_iter().collect();
    let boundary = Boundary::at(git.root());
    let read = |name: &String| read_text(&boundary, &git.root().join(name), |_| true);
    names.iter().filter_map(read).collect()
}

/// The names of all files that git tracks, relative to the root of the work tree. A file in conflict occurs three times.
pub(super) fn tracked_names(git: &Git) -> Vec<String> {
    let output = run(git, &["ls-files", "-z"]).unwrap_or_default();
    let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// The tracked files among `paths`, relative to the root of the work tree.
pub(in crate::project) fn tracked_among(git: &Git, paths: &[&Path]) -> BTreeSet<PathBuf> {
    let mut tracked_files = BTreeSet::new();
    for batch in paths.chunks(BATCH_SIZE) {
        let patterns = batch.iter().map(|path| format!(":(literal){}", path.display()));
        let patterns: Vec<String> = patterns.collect();
        let mut arguments = vec!["ls-files", "-z", "--"];
        arguments.extend(patterns.iter().map(String::as_str));
        let output = run(git, &arguments).unwrap_or_default();
        let names = String::from_utf8_lossy(&output).into_owned();
        tracked_files.extend(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from));
    }
    tracked_files
}

/// The output of a command in the root of the work tree; `None` if it fails.
fn run(git: &Git, arguments: &[&str]) -> Option<Vec<u8>> {
    git.run(&GitRequest { folder: git.root(), arguments, fetch: Fetch::Never }).ok()
}

/// The text of a regular file; `None` for data, and for a file that `is_relevant` rejects.
pub(super) fn read_text(
    boundary: &Boundary,
    path: &Path,
    is_relevant: impl Fn(&[u8]) -> bool,
) -> Option<Source> {
    let bytes = boundary.read_no_link(path, MAX_TEXT).ok().filter(|bytes| is_relevant(bytes))?;
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then(|| Source::new(relative_to_here(path), text))
}

/// `path` relative to the working directory.
fn relative_to_here(path: &Path) -> PathBuf {
    let Ok(working_directory) = Path::new(".").canonicalize() else {
        return path.to_owned();
    };
    let shared_levels = working_directory.iter().zip(path).take_while(|(a, b)| a == b).count();
    let parts_up = working_directory.iter().skip(shared_levels).map(|_| std::ffi::OsStr::new(".."));
    parts_up.chain(path.iter().skip(shared_levels)).collect()
}
