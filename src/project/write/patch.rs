//! Names the files of a diff so that `git apply` and `patch -p1` find them. Does not depend on their content.

use std::path::{Path, PathBuf};

use crate::project::disk::canonical_name;
use crate::project::git::root_above;
use crate::text;

/// The change of the file at `path`, as [`text::unified_diff`] shows it.
pub fn unified(path: &Path, before: Option<&str>, after: &str) -> String {
    // A symbolic link is changed through its target.
    let target = path.canonicalize().ok().filter(|_| path.is_symlink());
    text::unified_diff(&diff_name(target.as_deref().unwrap_or(path)), before, after)
}

/// The change of a file that is renamed, as [`text::rename_diff`] shows it.
pub(super) fn renamed(from: &Path, to: &Path, before: &str, after: &str) -> String {
    text::rename_diff(&diff_name(from), &diff_name(to), before, after)
}

/// `path` relative to the root of its git repository: git resolves the names in a diff from there, in every
/// folder. Without git, relative to the working directory.
fn diff_name(path: &Path) -> PathBuf {
    let path_below = || {
        let absolute_path = canonical_name(path)?;
        let git_root = absolute_path.parent().and_then(root_above).map(Path::to_owned);
        let root = git_root.or_else(|| Path::new(".").canonicalize().ok());
        absolute_path.strip_prefix(root?).ok().map(Path::to_owned)
    };
    path_below().unwrap_or_else(|| path.to_owned())
}
