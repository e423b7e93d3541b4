//! Where the work tree around a folder is, and its git directory. Looks at the disk and does not ask git, which would
//! take a folder that looks like a bare repository for one, with a configuration that anyone can commit.

use std::path::{Path, PathBuf};

use crate::project::disk::{read_named, read_regular};

/// The longest `.git` file that is read, in bytes: it holds one path.
const LONGEST: u64 = 8 * 1024;

/// A work tree and its git directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::project) struct WorkTree {
    /// The folder that holds `.git`, in full and with all links followed.
    pub root: PathBuf,
    /// The git directory: of the work tree, if the repository has several.
    pub git_dir: PathBuf,
}

impl WorkTree {
    /// The nearest work tree at or above `folder`; `None` if there is none, or its `.git` is not a git directory.
    pub(in crate::project) fn around(folder: &Path) -> Option<Self> {
        let root = work_tree(folder)?;
        let git_dir = git_dir(&root).filter(|path| is_git_dir(path))?;
        Some(Self { root, git_dir })
    }

    /// What several work trees of one repository share.
    pub(super) fn common_dir(&self) -> PathBuf {
        let common = read_named(&self.git_dir.join("commondir")).unwrap_or_default();
        self.git_dir.join(common.trim())
    }

    /// The configuration files of the repository that git reads.
    pub(super) fn config_files(&self) -> [PathBuf; 2] {
        [self.common_dir().join("config"), self.git_dir.join("config.worktree")]
    }
}

/// The root of the work tree that holds `folder`, in full.
pub(in crate::project) fn work_tree(folder: &Path) -> Option<PathBuf> {
    root_above(&folder.canonicalize().ok()?).map(Path::to_owned)
}

/// The nearest folder at or above `path` that is the root of a work tree, judged by the words of the path: it need not
/// be there, and its links are not followed.
pub(in crate::project) fn root_above(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| is_root(folder))
}

/// Whether a repository has its root in the folder, whatever git says of it.
pub(in crate::project) fn is_root(folder: &Path) -> bool {
    named_git(folder).exists()
}

/// What git finds in the root of a work tree: its git directory, or a file that leads there.
pub(super) fn named_git(root: &Path) -> PathBuf {
    root.join(".git")
}

/// Whether git keeps its own files below a folder of this name, also on a disk that ignores case.
pub(in crate::project) fn is_git_name(name: &std::ffi::OsStr) -> bool {
    name.eq_ignore_ascii_case(".git")
}

fn git_dir(root: &Path) -> Option<PathBuf> {
    let git = named_git(root);
    if git.is_dir() {
        return Some(git);
    }
    // A linked work tree or a submodule: a file that says where the directory is.
    let text = String::from_utf8(read_regular(&git, LONGEST).ok()?).ok()?;
    let named = root.join(text.strip_prefix("gitdir:")?.trim());
    named.is_dir().then_some(named)
}

/// Whether git would take the folder for a git directory: our own files go to no other folder.
fn is_git_dir(path: &Path) -> bool {
    let has_head = path.join("HEAD").symlink_metadata().is_ok();
    has_head && (path.join("objects").is_dir() || path.join("commondir").is_file())
}
