//! How the files of a diff are called, so that `git apply` and `patch -p1` find them. Knows nothing of
//! what is in them.

use std::path::{Path, PathBuf};

use super::git::root_above;
use crate::text;

/// What becomes of the file at `path`, as [`text::unified_diff`] shows it.
pub fn unified(path: &Path, before: Option<&str>, after: &str) -> String {
    // What changes is the file that a symbolic link leads to.
    let file = path.canonicalize().ok().filter(|_| path.is_symlink());
    text::unified_diff(&name(file.as_deref().unwrap_or(path)), before, after)
}

/// What becomes of a file that gets another name, as [`text::rename_diff`] shows it.
pub(super) fn renamed(from: &Path, to: &Path, before: &str, after: &str) -> String {
    text::rename_diff(&name(from), &name(to), before, after)
}

/// `path` as seen from the root of the git repository that holds it: there a diff in the form of git
/// is read, whatever folder it is applied in. Without git, as seen from the working directory.
fn name(path: &Path) -> PathBuf {
    let below = || {
        let whole = whole(path)?;
        let root = whole.parent().and_then(root_above).map(Path::to_owned);
        let root = root.or_else(|| Path::new(".").canonicalize().ok());
        whole.strip_prefix(root?).ok().map(Path::to_owned)
    };
    below().unwrap_or_else(|| path.to_owned())
}

/// The whole path of a file that need not be there, nor its folder.
fn whole(path: &Path) -> Option<PathBuf> {
    let path = Path::new(".").canonicalize().ok()?.join(path);
    path.ancestors().skip(1).find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    })
}
