//! Decides which paths may be read and written: the one policy for all of `project`.
//!
//! A checkout comes from a stranger, so its names must lead nowhere. A file is read only if it is regular, inside the
//! project, reached through no link that leaves it, not one of git's own files, and within a size limit. A file is
//! written only inside the project or at a path that the user named, and never through a link that leaves the project.
//! Does not depend on what files hold.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::disk::{Denied, MAX_FILE, decode, is_link, read_regular};
use super::git::{is_git_name, root_above, work_tree};

/// The folder that no path of a checkout may leave: the git work tree, else the folder of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boundary {
    /// Absolute, with all links followed.
    root: PathBuf,
    /// One more writable folder, absolute: the working directory, for a log without git.
    start: Option<PathBuf>,
}

impl Boundary {
    /// The boundary of the project that `folder` belongs to.
    pub(super) fn around(folder: &Path) -> Self {
        work_tree(folder).map_or_else(|| Self::at(folder), |root| Self { root, start: None })
    }

    /// The boundary at this folder.
    pub(super) fn at(root: &Path) -> Self {
        let canonical_root = root.canonicalize().or_else(|_| absolute(root));
        Self { root: canonical_root.unwrap_or_else(|_| root.to_owned()), start: None }
    }

    /// The same, with one more writable folder.
    pub(super) fn with_start(self, start: Option<PathBuf>) -> Self {
        Self { start, ..self }
    }

    /// The additional writable folder.
    pub(super) fn start(&self) -> Option<&Path> {
        self.start.as_deref()
    }

    /// The folder, absolute.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The real location of `path`, which exists.
    ///
    /// # Errors
    ///
    /// If it does not exist, or leads out of the boundary or, through a link, to a hidden file or folder.
    pub(super) fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let real_path = path.canonicalize()?;
        let path_below = real_path.strip_prefix(&self.root).map_err(|_| Denied::Outside)?;
        let is_of_git = path_below.iter().any(is_git_name);
        let is_hidden = || path_below.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        let is_direct = || absolute(path).is_ok_and(|direct_path| direct_path == real_path);
        if is_of_git || is_hidden() && !is_direct() {
            return Err(Denied::Hidden.into());
        }
        Ok(real_path)
    }

    /// The location of a file to be written at `path`. Its last part and some of its folders need not exist.
    ///
    /// # Errors
    ///
    /// If it would be outside of the boundary, or it is a symbolic link.
    pub(super) fn target(&self, path: &Path) -> io::Result<PathBuf> {
        let absolute_path = absolute(path)?;
        if is_link(&absolute_path) {
            return Err(Denied::Link.into());
        }
        self.target_of_name(&absolute_path)
    }

    /// The same for a path that may itself be a link, which is not followed.
    ///
    /// # Errors
    ///
    /// If it would be outside of the boundary.
    pub(super) fn target_of_name(&self, path: &Path) -> io::Result<PathBuf> {
        let absolute_path = absolute(path)?;
        let mut ancestors = absolute_path.ancestors().skip(1);
        let resolved_path = ancestors.find_map(|ancestor| {
            let remaining_path = absolute_path.strip_prefix(ancestor).ok()?;
            // A broken link exists as well: it must fail here and not be skipped.
            if !is_link(ancestor) && !ancestor.exists() {
                return None;
            }
            Some(ancestor.canonicalize().map(|real_path| real_path.join(remaining_path)))
        });
        let real_path = resolved_path.unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()))?;
        let mut roots = [Some(self.root.as_path()), self.start()].into_iter().flatten();
        let path_below =
            roots.find_map(|root| real_path.strip_prefix(root).ok()).ok_or(Denied::Outside)?;
        if path_below.iter().any(is_git_name) {
            return Err(Denied::Hidden.into());
        }
        Ok(real_path)
    }

    /// The bytes of the file at `path`, at most `limit`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or the policy refuses it.
    pub(super) fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        read_regular(&self.resolve(path)?, limit)
    }

    /// The text of the file at `path`.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and if it is not UTF-8.
    pub(super) fn read_text(&self, path: &Path) -> io::Result<String> {
        decode(self.read(path, MAX_FILE)?)
    }

    /// As [`read`](Self::read), for a path that is not itself a link.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and if it is a link.
    pub(super) fn read_no_link(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        if !path.starts_with(&self.root) {
            return Err(Denied::Outside.into());
        }
        if !path.symlink_metadata()?.is_file() {
            return Err(Denied::NotRegular.into());
        }
        read_regular(path, limit)
    }
}

/// The location of a file or folder that the user named for input or output. It need not exist.
///
/// # Errors
///
/// If a link of the project that it is named in, else of the working directory, leads out of there.
pub(super) fn named_path(path: &Path) -> io::Result<PathBuf> {
    let absolute_path = absolute(path)?;
    let working_directory = Path::new(".").canonicalize()?;
    let git_root = absolute_path.parent().and_then(root_above);
    let is_below = absolute_path.starts_with(&working_directory);
    let root = git_root.or_else(|| is_below.then_some(working_directory.as_path()));
    let Some(root) = root else { return Ok(absolute_path) };
    let boundary = Boundary::at(root);
    if is_link(&absolute_path) {
        boundary.resolve(&absolute_path)
    } else {
        boundary.target(&absolute_path)
    }
}

/// The absolute path, computed from its parts. Links are followed only in the working directory.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut absolute_path =
        if path.is_absolute() { PathBuf::new() } else { Path::new(".").canonicalize()? };
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute_path.pop();
            }
            part => absolute_path.push(part),
        }
    }
    Ok(absolute_path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Boundary;

    #[test]
    fn the_boundary_of_an_empty_path_does_not_contain_everything() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("outside.md");
        std::fs::write(&file, "").unwrap();
        assert!(Boundary::at(Path::new("")).resolve(&file).is_err());
        assert!(Boundary::at(folder.path()).resolve(&file).is_ok());
    }
}
