//! Where a log was in a commit, when its folder has got another name since. Reads trees only.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::objects::{Entry, EntryKind};
use super::repository::Repository;
use crate::Result;
use crate::project::conventions::{LOG_FOLDERS, is_candidate};

/// The log in a commit.
#[derive(Debug)]
pub(super) struct Listing {
    /// The files that may be records, from the folder of the log, each with its object.
    pub files: BTreeMap<String, String>,
    /// Whether that folder is another one than today.
    pub is_moved: bool,
}

impl Repository {
    /// The log in `commit`: in the folder that it is in now, `here` as seen from the root of the repository, else in the
    /// one that its files have left; `None` if the commit has no log.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn listing(&self, commit: &str, here: &str) -> Result<Option<Listing>> {
        let files = self.log_in(commit, here)?;
        if !files.is_empty() {
            return Ok(Some(Listing { files, is_moved: false }));
        }
        let entries = self.with_objects(|objects| objects.tree(&format!("{commit}:"), |_| true))?;
        let entries = entries.unwrap_or_default();
        let names: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
        let below = |folder: &str| {
            let mut files = names.iter().filter_map(|name| inside(folder, name));
            files.any(is_candidate)
        };
        let root = self.git.root();
        let known =
            || LOG_FOLDERS.iter().find(|folder| below(folder) && !root.join(folder).exists());
        let there = self.left(root, &names).or_else(|| known().map(|folder| (*folder).to_owned()));
        let Some(there) = there else { return Ok(None) };
        let in_log =
            |entry: &Entry| Some((inside(&there, &entry.path)?.to_owned(), entry.object.clone()));
        let files = entries.iter().filter(|entry| is_text(entry)).filter_map(in_log);
        let files = files.filter(|(file, _)| is_candidate(file)).collect();
        Ok(Some(Listing { files, is_moved: true }))
    }

    /// The files in `folder` of a commit that may be records, each with its object.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or ends.
    pub(super) fn log_in(&self, commit: &str, folder: &str) -> Result<BTreeMap<String, String>> {
        let may_hold_records = |entry: &Entry| is_candidate(&format!("{}/x.md", entry.path));
        let place = format!("{commit}:{folder}");
        let entries = self.with_objects(|objects| objects.tree(&place, may_hold_records))?;
        let files = entries.into_iter().flatten().filter(is_text);
        let files = files.filter(|entry| is_candidate(&entry.path));
        Ok(files.map(|entry| (entry.path, entry.object)).collect())
    }

    /// The folder of the commit that most of the log's files have left: that had files of their
    /// names, which are gone.
    fn left(&self, root: &Path, names: &[&str]) -> Option<String> {
        let here = walkdir::WalkDir::new(&self.folder).into_iter().flatten();
        let here: HashSet<String> = here
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| is_candidate(name) && !is_index(name))
            .collect();
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            if here.contains(file) && !root.join(name).exists() {
                *left.entry(folder).or_default() += 1;
            }
        }
        // Of two that are as likely, the first.
        let most = left.iter().max_by_key(|(folder, count)| (**count, std::cmp::Reverse(**folder)));
        most.map(|(folder, _)| (*folder).to_owned())
    }
}

/// Whether the entry is a regular file.
fn is_text(entry: &Entry) -> bool {
    entry.kind == EntryKind::Regular
}

/// `path` as seen from `folder`, if it is in there; an empty folder is the root.
fn inside<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// Whether files of this name are in many folders.
fn is_index(name: &str) -> bool {
    ["readme.", "index.", "template."].iter().any(|one| name.to_lowercase().starts_with(one))
}
