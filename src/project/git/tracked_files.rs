//! The files that git tracks, and their texts. Does not depend on records.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::process::{Fetch, Git, Request};
use crate::project::path_policy::Boundary;
use crate::text::Source;

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
