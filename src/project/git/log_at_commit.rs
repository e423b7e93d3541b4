//! Finds the files of a log in a commit, also if its folder has been renamed since. Reads trees only.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::objects::{EntryKind, TreeEntry};
use super::repository::Repository;
use crate::Result;
use crate::project::conventions::{LOG_FOLDERS, is_candidate};

/// The log in a commit.
#[derive(Debug)]
pub(super) struct LogAtCommit {
    /// The files that may be records, relative to the folder of the log, each with its object.
    pub files: BTreeMap<String, String>,
    /// Whether the log was in another folder than today.
    pub is_moved: bool,
}

impl Repository {
    /// The log in `commit`: in `present_folder`, relative to the root of the repository, else in the folder that its
    /// files have left; `None` if the commit has no log.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn log_at(&self, commit: &str, present_folder: &str) -> Result<Option<LogAtCommit>> {
        let files = self.log_in(commit, present_folder)?;
        if !files.is_empty() {
            return Ok(Some(LogAtCommit { files, is_moved: false }));
        }
        let entries = self.with_objects(|objects| objects.tree(&format!("{commit}:"), |_| true))?;
        let entries = entries.unwrap_or_default();
        let paths: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
        let had_records = |folder: &str| {
            let mut files = paths.iter().filter_map(|path| path_inside(folder, path));
            files.any(is_candidate)
        };
        let root = self.git.root();
        let known_folder = || {
            let mut folders = LOG_FOLDERS.iter();
            folders.find(|folder| had_records(folder) && !root.join(folder).exists())
        };
        let former_folder = self.former_folder(root, &paths);
        let folder = former_folder.or_else(|| known_folder().map(|folder| (*folder).to_owned()));
        let Some(folder) = folder else { return Ok(None) };
        let file_in_log = |entry: &TreeEntry| {
            Some((path_inside(&folder, &entry.path)?.to_owned(), entry.object.clone()))
        };
        let files = entries.iter().filter(|entry| is_regular(entry)).filter_map(file_in_log);
        let files = files.filter(|(file, _)| is_candidate(file)).collect();
        Ok(Some(LogAtCommit { files, is_moved: true }))
    }

    /// The files in `folder` of a commit that may be records, each with its object.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn log_in(&self, commit: &str, folder: &str) -> Result<BTreeMap<String, String>> {
        let may_hold_records = |entry: &TreeEntry| is_candidate(&format!("{}/x.md", entry.path));
        let tree = format!("{commit}:{folder}");
        let entries = self.with_objects(|objects| objects.tree(&tree, may_hold_records))?;
        let files = entries.into_iter().flatten().filter(is_regular);
        let files = files.filter(|entry| is_candidate(&entry.path));
        Ok(files.map(|entry| (entry.path, entry.object)).collect())
    }

    /// The folder of the commit that most files of the log have left: it had files with their names, which no longer
    /// exist there.
    fn former_folder(&self, root: &Path, paths: &[&str]) -> Option<String> {
        let entries = walkdir::WalkDir::new(&self.folder).into_iter().flatten();
        let present_names: HashSet<String> = entries
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| is_candidate(name) && !is_common_name(name))
            .collect();
        let mut file_counts: BTreeMap<&str, usize> = BTreeMap::new();
        for path in paths {
            let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
            if present_names.contains(file) && !root.join(path).exists() {
                *file_counts.entry(folder).or_default() += 1;
            }
        }
        // Of two folders with the same count, the first.
        let former_folder =
            file_counts.iter().max_by_key(|(folder, count)| (**count, std::cmp::Reverse(**folder)));
        former_folder.map(|(folder, _)| (*folder).to_owned())
    }
}

/// Whether the entry is a regular file.
fn is_regular(entry: &TreeEntry) -> bool {
    entry.kind == EntryKind::Regular
}

/// `path` relative to `folder`, if it is inside; an empty folder is the root.
fn path_inside<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// Whether many folders have a file of this name.
fn is_common_name(name: &str) -> bool {
    ["readme.", "index.", "template."].iter().any(|start| name.to_lowercase().starts_with(start))
}
