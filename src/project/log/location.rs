//! The location of a log: its folder, its configuration file, and its project.

use std::path::{Path, PathBuf};

use super::relative_path::{git_root_from_here, without_dots};
use crate::Result;
use crate::project::conventions::CONFIG_FILES;
use crate::project::disk::canonical_name;
use crate::project::git::{root_above, work_tree};
use crate::project::path_policy::Boundary;
use crate::text::parent_folder;

/// The location of a log. All paths are relative to the working directory, or as the user gave them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLocation {
    /// The folder of the records.
    pub folder: PathBuf,
    /// The configuration file that was read, if there is one.
    pub config: Option<PathBuf>,
}

/// Names of folders that do not identify a project.
const GENERIC_NAMES: [&str; 12] = [
    "adr",
    "adrs",
    "architecture",
    "architecture-decisions",
    "decision-records",
    "decisions",
    "doc",
    "docs",
    "documentation",
    "records",
    "rfc",
    "rfcs",
];

/// The root of the git repository around the working directory; without git, the working directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepositoryRoot {
    /// Relative to the working directory; empty if it is the working directory.
    pub path: PathBuf,
    /// The working directory relative to the root, with `/`; empty if it is the root.
    pub path_to_here: String,
}

impl RepositoryRoot {
    /// Finds the root from the working directory upwards.
    ///
    /// # Errors
    ///
    /// If the working directory is gone.
    pub fn find() -> Result<Self> {
        let git_root = git_root_from_here()?.unwrap_or_else(|| PathBuf::from("."));
        let absolute = |path: &Path| path.canonicalize().unwrap_or_default();
        let (root, working_directory) = (absolute(&git_root), absolute(Path::new(".")));
        let is_here = root == working_directory;
        let path = if is_here { PathBuf::new() } else { without_dots(&git_root) };
        let path_below = working_directory.strip_prefix(&root).unwrap_or(Path::new(""));
        Ok(Self { path, path_to_here: with_slashes(path_below) })
    }
}

impl LogLocation {
    /// See [`Project::name`](crate::project::Project::name).
    pub(in crate::project) fn project_name(&self) -> String {
        let folder = self.absolute();
        let is_specific = |path: &&Path| {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
            name.is_some_and(|name| !GENERIC_NAMES.contains(&name.as_str()))
        };
        let root = project_root(&folder).filter(is_specific);
        let named_folder = root.or_else(|| folder.ancestors().find(is_specific));
        named_folder.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
    }

    /// See [`Project::folder`](crate::project::Project::folder).
    pub(in crate::project) fn below_root(&self) -> String {
        let folder = self.absolute();
        let root = project_root(&folder).or_else(|| folder.parent());
        let path_below = root.and_then(|root| folder.strip_prefix(root).ok()).unwrap_or(&folder);
        let path_below = with_slashes(path_below);
        if path_below.is_empty() { ".".to_owned() } else { path_below }
    }

    /// See [`Project::folder_in_repository`](crate::project::Project::folder_in_repository).
    pub(in crate::project) fn below_git(&self) -> Option<String> {
        let folder = self.absolute();
        let root = root_above(&folder)?;
        Some(with_slashes(folder.strip_prefix(root).ok()?))
    }

    /// The folder of the log and the root of its project, both absolute. Without a root, both are
    /// the folder.
    pub(in crate::project) fn folder_and_root(&self) -> (PathBuf, PathBuf) {
        let folder = self.absolute();
        let root = project_root(&folder).unwrap_or(&folder).to_owned();
        (folder, root)
    }

    /// The boundary of files that the configuration names: the work tree, else the folder of the
    /// configuration that names the log, else the log.
    pub(in crate::project) fn boundary(&self) -> Boundary {
        let config_folder = self.config.as_deref().map(parent_folder);
        match (work_tree(&self.folder), config_folder) {
            (None, Some(folder)) => Boundary::at(folder),
            _ => Boundary::around(&self.folder),
        }
    }

    /// The name in the log of the file at `path`, which need not exist: relative to the folder of
    /// the log, with `/`. `None` for a path outside of it.
    pub(in crate::project) fn file_at(&self, path: &Path) -> Option<String> {
        let absolute_path = canonical_name(path)?;
        let file = with_slashes(absolute_path.strip_prefix(self.absolute()).ok()?);
        (!file.is_empty()).then_some(file)
    }

    fn absolute(&self) -> PathBuf {
        self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone())
    }
}

/// The nearest folder at or above `folder` with a git directory, else with a configuration.
fn project_root(folder: &Path) -> Option<&Path> {
    let has_config = |above: &&Path| CONFIG_FILES.iter().any(|name| above.join(name).is_file());
    root_above(folder).or_else(|| folder.ancestors().find(has_config))
}

fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
