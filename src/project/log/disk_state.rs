//! Detects changes on the disk that a log is read from. Compares states instead of waiting for events: that works the
//! same on every system and kind of drive, and needs no special case for files that are renamed, new or removed.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::location::LogLocation;
use super::relative_path::folders_upwards;
use crate::project::conventions::{CONFIG_FILES, MARKER};
use crate::project::git::{WorkTree, is_root};
use crate::project::write::{ChangeTime, change_time, is_site};

/// The files at one moment; equal as long as nothing changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DiskState(BTreeMap<PathBuf, (u64, ChangeTime, u64)>);

impl DiskState {
    /// The present state: everything in the folder of the log at `location` except hidden files; the files from
    /// `start` upwards that can name another log; the files that git changes with every command; and `others`.
    pub fn at<'p>(
        start: Option<&Path>,
        location: Option<&LogLocation>,
        others: impl Iterator<Item = &'p PathBuf>,
    ) -> Self {
        let mut state = Self::default();
        let start = start.unwrap_or(Path::new("."));
        for folder in folders_upwards(start).unwrap_or_default() {
            for name in CONFIG_FILES.iter().chain([&MARKER]) {
                state.add(folder.join(name));
            }
            if is_root(&folder) {
                if let Some(WorkTree { git_dir, .. }) = WorkTree::around(&folder) {
                    for name in ["HEAD", "index", "logs/HEAD"] {
                        state.add(git_dir.join(name));
                    }
                }
                break;
            }
        }
        for path in others {
            state.add(path.clone());
        }
        if let Some(location) = location {
            state.add_folder(&location.folder);
        }
        state
    }

    fn add_folder(&mut self, folder: &Path) {
        let entries = WalkDir::new(folder).into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            let is_hidden = entry.depth() > 0 && name.starts_with('.');
            let is_built_site = entry.file_type().is_dir() && is_site(entry.path());
            !is_hidden && !is_built_site && name != "node_modules"
        });
        for entry in entries.flatten() {
            // The state of a folder changes with the names in it, which are compared anyway, and with temporary files
            // of other programs.
            if !entry.file_type().is_dir() {
                self.add(entry.into_path());
            }
        }
    }

    fn add(&mut self, path: PathBuf) {
        if let Ok(metadata) = path.metadata() {
            let state = (metadata.len(), change_time(&metadata), file_id(&metadata));
            self.0.insert(path, state);
        }
    }
}

/// Distinguishes a file from the previous one of its name, also within one tick of the clock.
#[cfg(unix)]
fn file_id(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// Other systems have no number for this.
#[cfg(not(unix))]
fn file_id(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{DiskState, LogLocation};

    #[test]
    fn every_change_of_the_log_is_detected() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let log = root.join("log");
        fs::create_dir_all(log.join("templates/site")).unwrap();
        fs::create_dir_all(root.join(".git/logs")).unwrap();
        fs::create_dir_all(root.join(".git/objects")).unwrap();
        fs::write(root.join(".git/HEAD"), "ref: refs/heads/main").unwrap();
        fs::write(log.join("0001-a.md"), "one").unwrap();
        let location = LogLocation { folder: log.clone(), config: None };
        let picture = root.join("a.png");
        let state_now = || DiskState::at(Some(root), Some(&location), [&picture].into_iter());

        let mut before = state_now();
        assert_eq!(state_now(), before);
        let mut is_detected = |what: &str, happens: &dyn Fn(&Path)| {
            happens(root);
            let after = state_now();
            assert_ne!(after, before, "{what}");
            before = after;
        };
        is_detected("another text", &|_| fs::write(log.join("0001-a.md"), "three").unwrap());
        is_detected("a save by renaming", &|_| {
            fs::write(log.join(".0001-a.md.swp"), "seven").unwrap();
            fs::rename(log.join(".0001-a.md.swp"), log.join("0001-a.md")).unwrap();
        });
        is_detected("a new file", &|_| fs::write(log.join("0002-b.md"), "").unwrap());
        is_detected("another name", &|_| {
            fs::rename(log.join("0002-b.md"), log.join("0003-b.md")).unwrap();
        });
        is_detected("a removed file", &|_| fs::remove_file(log.join("0003-b.md")).unwrap());
        is_detected("a template", &|_| fs::write(log.join("templates/site/a.html"), "").unwrap());
        is_detected("a configuration", &|root| fs::write(root.join("adr.toml"), "").unwrap());
        is_detected("another folder", &|root| fs::write(root.join(".adr-dir"), "x").unwrap());
        is_detected("a picture", &|root| fs::write(root.join("a.png"), "").unwrap());
        is_detected("a commit", &|root| fs::write(root.join(".git/logs/HEAD"), "x").unwrap());
        is_detected("all of it", &|_| fs::remove_dir_all(&log).unwrap());
    }

    #[test]
    fn files_of_editors_and_builds_are_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let location = LogLocation { folder: folder.path().to_owned(), config: None };
        let state_now = || DiskState::at(Some(folder.path()), Some(&location), [].into_iter());
        let before = state_now();
        fs::write(folder.path().join(".0001-a.md.swp"), "").unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::write(folder.path().join("site/.adr-build"), "").unwrap();
        fs::write(folder.path().join("site/index.html"), "").unwrap();
        assert_eq!(state_now(), before);
    }
}
