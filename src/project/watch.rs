//! Whether anything has changed on the disk that a log is read from. Looks and does not wait: the
//! same on every system and every kind of drive, and nothing has to be told about a file that is
//! renamed over another one, is new or is gone.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Place;
use super::discover::{CONFIG_FILES, MARKER, upwards};
use super::git::{WorkTree, is_root};
use super::manifest::{self, Touched, touched};

/// What the disk showed at one moment; equal as long as nothing changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Glance(BTreeMap<PathBuf, (u64, Touched, u64)>);

impl Glance {
    /// What is there now: everything in the folder of the log at `place`, hidden files apart; what
    /// could say that the log is elsewhere, from `start` upwards; what git last did; and `others`.
    pub fn at<'p>(
        start: Option<&Path>,
        place: Option<&Place>,
        others: impl Iterator<Item = &'p PathBuf>,
    ) -> Self {
        let mut glance = Self::default();
        let start = start.unwrap_or(Path::new("."));
        for folder in upwards(start).unwrap_or_default() {
            for name in CONFIG_FILES.iter().chain([&MARKER]) {
                glance.look(folder.join(name));
            }
            if is_root(&folder) {
                if let Some(WorkTree { git_dir, .. }) = WorkTree::around(&folder) {
                    for name in ["HEAD", "index", "logs/HEAD"] {
                        glance.look(git_dir.join(name));
                    }
                }
                break;
            }
        }
        for path in others {
            glance.look(path.clone());
        }
        if let Some(place) = place {
            glance.walk(&place.folder);
        }
        glance
    }

    fn walk(&mut self, folder: &Path) {
        let walk = WalkDir::new(folder).into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            let is_hidden = entry.depth() > 0 && name.starts_with('.');
            let is_ours = entry.file_type().is_dir() && manifest::is_in(entry.path());
            !is_hidden && !is_ours && name != "node_modules"
        });
        for entry in walk.flatten() {
            // A folder changes with the names in it, which are seen anyway, and with what others
            // write there for a moment.
            if !entry.file_type().is_dir() {
                self.look(entry.into_path());
            }
        }
    }

    fn look(&mut self, path: PathBuf) {
        if let Ok(file) = path.metadata() {
            self.0.insert(path, (file.len(), touched(&file), identity(&file)));
        }
    }
}

/// What tells a file from the one that had its name before, also within one tick of the clock.
#[cfg(unix)]
fn identity(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

/// What tells a file from the one that had its name before, where the system says.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Glance, Place};

    #[test]
    fn whatever_happens_to_the_log_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let log = root.join("log");
        fs::create_dir_all(log.join("templates/site")).unwrap();
        fs::create_dir_all(root.join(".git/logs")).unwrap();
        fs::create_dir_all(root.join(".git/objects")).unwrap();
        fs::write(root.join(".git/HEAD"), "ref: refs/heads/main").unwrap();
        fs::write(log.join("0001-a.md"), "one").unwrap();
        let place = Place { folder: log.clone(), config: None };
        let picture = root.join("a.png");
        let glance = || Glance::at(Some(root), Some(&place), [&picture].into_iter());

        let mut before = glance();
        assert_eq!(glance(), before);
        let mut is_seen = |what: &str, happens: &dyn Fn(&Path)| {
            happens(root);
            let now = glance();
            assert_ne!(now, before, "{what}");
            before = now;
        };
        is_seen("another text", &|_| fs::write(log.join("0001-a.md"), "three").unwrap());
        is_seen("a save by renaming", &|_| {
            fs::write(log.join(".0001-a.md.swp"), "seven").unwrap();
            fs::rename(log.join(".0001-a.md.swp"), log.join("0001-a.md")).unwrap();
        });
        is_seen("a new file", &|_| fs::write(log.join("0002-b.md"), "").unwrap());
        is_seen("another name", &|_| {
            fs::rename(log.join("0002-b.md"), log.join("0003-b.md")).unwrap();
        });
        is_seen("a file that went", &|_| fs::remove_file(log.join("0003-b.md")).unwrap());
        is_seen("a template", &|_| fs::write(log.join("templates/site/a.html"), "").unwrap());
        is_seen("a configuration", &|root| fs::write(root.join("adr.toml"), "").unwrap());
        is_seen("another folder", &|root| fs::write(root.join(".adr-dir"), "x").unwrap());
        is_seen("a picture", &|root| fs::write(root.join("a.png"), "").unwrap());
        is_seen("a commit", &|root| fs::write(root.join(".git/logs/HEAD"), "x").unwrap());
        is_seen("all of it", &|_| fs::remove_dir_all(&log).unwrap());
    }

    #[test]
    fn what_editors_and_builds_leave_is_not_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), config: None };
        let glance = || Glance::at(Some(folder.path()), Some(&place), [].into_iter());
        let before = glance();
        fs::write(folder.path().join(".0001-a.md.swp"), "").unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::write(folder.path().join("site/.adr-build"), "").unwrap();
        fs::write(folder.path().join("site/index.html"), "").unwrap();
        assert_eq!(glance(), before);
    }
}
