//! Finds the work tree around a folder, and its git directory. Does not run git, which would accept any folder that looks
//! like a bare repository, with a configuration that anyone can commit.

use std::path::{Path, PathBuf};

use crate::project::disk::{read_named, read_regular};

/// The size limit of a `.git` file, in bytes: it holds one path.
const MAX_GIT_FILE: u64 = 8 * 1024;

/// A work tree and its git directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::project) struct WorkTree {
    /// The folder that holds `.git`, absolute and with all links followed.
    pub root: PathBuf,
    /// The git directory of this work tree; the repository may have several.
    pub git_dir: PathBuf,
}

impl WorkTree {
    /// The nearest work tree at or above `folder`; `None` if there is none, or its `.git` is not a git directory.
    pub(in crate::project) fn around(folder: &Path) -> Option<Self> {
        let root = work_tree(folder)?;
        let git_dir = git_dir(&root).filter(|path| is_git_dir(path))?;
        Some(Self { root, git_dir })
    }

    /// The directory that all work trees of the repository share.
    pub(super) fn common_dir(&self) -> PathBuf {
        let relative_path = read_named(&self.git_dir.join("commondir")).unwrap_or_default();
        self.git_dir.join(relative_path.trim())
    }

    /// The configuration files of the repository that git reads.
    pub(super) fn config_files(&self) -> [PathBuf; 2] {
        [self.common_dir().join("config"), self.git_dir.join("config.worktree")]
    }
}

/// The root of the work tree that holds `folder`, absolute.
pub(in crate::project) fn work_tree(folder: &Path) -> Option<PathBuf> {
    root_above(&folder.canonicalize().ok()?).map(Path::to_owned)
}

/// The nearest folder at or above `path` that is the root of a work tree. `path` need not exist, and its links are not
/// followed.
pub(in crate::project) fn root_above(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| is_root(folder))
}

/// Whether the folder is the root of a repository, even if git would not accept it.
pub(in crate::project) fn is_root(folder: &Path) -> bool {
    named_git(folder).exists()
}

/// The git directory in the root of a work tree, or a file that leads there.
pub(super) fn named_git(root: &Path) -> PathBuf {
    root.join(".git")
}

/// Whether git keeps its own files in a folder of this name, also on a disk that ignores case.
pub(in crate::project) fn is_git_name(name: &std::ffi::OsStr) -> bool {
    name.eq_ignore_ascii_case(".git")
}

fn git_dir(root: &Path) -> Option<PathBuf> {
    let git_entry = named_git(root);
    if git_entry.is_dir() {
        return Some(git_entry);
    }
    // A linked work tree or a submodule: a file with the path of the directory.
    let text = String::from_utf8(read_regular(&git_entry, MAX_GIT_FILE).ok()?).ok()?;
    let git_dir = root.join(text.strip_prefix("gitdir:")?.trim());
    git_dir.is_dir().then_some(git_dir)
}

/// Whether git would accept the folder as a git directory. Our own files are written to no other folder.
fn is_git_dir(path: &Path) -> bool {
    let has_head = path.join("HEAD").symlink_metadata().is_ok();
    has_head && (path.join("objects").is_dir() || path.join("commondir").is_file())
}
