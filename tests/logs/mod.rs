//! Logs to test with: our own, which are next to this file, and those of other people, if they are on
//! this machine. Each log of ours is a folder; what must be read in it is in the JSON of the same name.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Folders of logs. Ours are copies outside of the repository, so that neither its configuration nor
/// its history counts; they are removed with the value.
pub(crate) struct Logs {
    folders: Vec<PathBuf>,
    _home: tempfile::TempDir,
}

impl Logs {
    /// The folders, by origin and name.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }
}

/// The logs of these origins: `ours`, `foreign`.
pub(crate) fn logs(origins: &[&str]) -> Logs {
    let home = tempfile::tempdir().unwrap();
    let mut folders = Vec::new();
    for origin in origins {
        assert!(["ours", "foreign"].contains(origin), "no logs are called {origin}");
        folders.extend(if *origin == "ours" { ours(home.path()) } else { foreign() });
    }
    Logs { folders, _home: home }
}

/// Copies of our own logs in `home`.
fn ours(home: &Path) -> Vec<PathBuf> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
    for entry in walkdir::WalkDir::new(&ours).min_depth(2) {
        let entry = entry.unwrap();
        let copy = home.join(entry.path().strip_prefix(&ours).unwrap());
        if entry.file_type().is_file() {
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::copy(entry.path(), copy).unwrap();
        }
    }
    let folders = folders_in(home);
    // A test with no logs must not pass.
    assert!(folders.len() >= 12, "{} logs in {}", folders.len(), ours.display());
    folders
}

/// The logs of other people, or none with a word about it.
fn foreign() -> Vec<PathBuf> {
    let raw = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/raw");
    let raw = std::env::var_os("ADR_TEST_CORPUS").map_or(raw, PathBuf::from);
    if !raw.is_dir() {
        // Not `eprintln!`, which a test that passes keeps to itself.
        let skipped = writeln!(io::stderr(), "skipped: no logs in {}", raw.display());
        skipped.unwrap();
        return vec![];
    }
    let folders = folders_in(&raw);
    assert!(!folders.is_empty(), "no logs in {}", raw.display());
    folders
}

fn folders_in(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
