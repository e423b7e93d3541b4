//! Files that change together: all of them or none, also when the program is killed in between.
//! Knows nothing of records.
//!
//! A journal says what is to become of which file. As long as the new texts are being written to
//! temporary files it tells the next run to take everything back; when all of them are on the disk
//! it is replaced by one that tells it to finish. It is removed when every file has its new text.
//! Whoever writes holds the lock of the log, so that there is one journal at a time.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::lock::git_dir;
use crate::{Error, Result};

/// What becomes of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Step {
    target: OsString,
    /// What it held; `None` where it was not there.
    before: Option<String>,
    /// What it is to hold; `None` where it goes.
    after: Option<String>,
    /// The file whose permissions a new one takes.
    like: Option<OsString>,
}

/// A folder or a symbolic link that gets another name, when every file has its new text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct NameStep {
    from: OsString,
    to: OsString,
}

/// What an earlier command left to be done, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Whether it was taken back; else it was finished.
    pub is_undone: bool,
    /// The files that are as they were before, or as they were to be.
    pub settled: Vec<PathBuf>,
    /// Those that somebody changed since, which were left alone.
    pub left: Vec<PathBuf>,
}

/// What the journal holds.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    version: u32,
    undo: bool,
    steps: Vec<Step>,
    #[serde(default)]
    folders: Vec<NameStep>,
}

const VERSION: u32 = 1;

impl Step {
    /// The file at `path`, which exists if `before` does, is to hold `after`.
    ///
    /// # Errors
    ///
    /// Where the way to the file does not exist.
    pub(super) fn new(
        path: &Path,
        before: Option<&str>,
        after: Option<String>,
    ) -> io::Result<Self> {
        // What changes is the file that a symbolic link leads to.
        let target = if before.is_some() { path.canonicalize()? } else { absolute(path)? };
        Ok(Self { target: target.into(), before: before.map(str::to_owned), after, like: None })
    }

    /// The same, with the permissions of the file at `path`.
    pub(super) fn like(self, path: &Path) -> Self {
        Self { like: Some(path.into()), ..self }
    }

    fn target(&self) -> &Path {
        Path::new(&self.target)
    }

    /// Where the new text lies until it takes its place. Short, because names have a limit.
    fn temporary(&self, at: usize) -> PathBuf {
        self.target().with_file_name(format!(".{at}.adr-new"))
    }

    /// Puts the new text onto the disk, beside the file.
    fn stage(&self, at: usize) -> io::Result<()> {
        let Some(after) = &self.after else { return Ok(()) };
        let temporary = self.temporary(at);
        // What is there may be a second name of a record: it is not written into.
        drop(fs::remove_file(&temporary));
        let mut new = File::options().write(true).create_new(true).open(&temporary)?;
        new.write_all(after.as_bytes())?;
        let like = self.before.as_ref().map_or(self.like.as_ref(), |_| Some(&self.target));
        if let Some(permissions) = like.and_then(|like| fs::metadata(like).ok()) {
            new.set_permissions(permissions.permissions())?;
        }
        new.sync_all()
    }

    /// Puts what was staged into its place. A file that was not there is not written over.
    fn take_place(&self, at: usize) -> io::Result<()> {
        let temporary = self.temporary(at);
        match (&self.before, &self.after) {
            (_, None) => fs::remove_file(self.target())?,
            (Some(_), Some(_)) => fs::rename(&temporary, self.target())?,
            (None, Some(_)) => match fs::hard_link(&temporary, self.target()) {
                Ok(()) => fs::remove_file(&temporary)?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                // File systems without second names; the lock keeps our own commands apart.
                Err(_) if !self.target().exists() => fs::rename(&temporary, self.target())?,
                Err(error) => return Err(error),
            },
        }
        sync_folder(self.target());
        Ok(())
    }

    /// Lets the file hold what it is to hold; `false` where it holds neither that nor the old text.
    fn settle(&self, at: usize) -> io::Result<bool> {
        drop(fs::remove_file(self.temporary(at)));
        let now = match fs::read(self.target()) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let holds = |text: &Option<String>| now.as_deref() == text.as_ref().map(String::as_bytes);
        if holds(&self.after) {
            return Ok(true);
        }
        if !holds(&self.before) {
            return Ok(false);
        }
        self.stage(at)?;
        self.take_place(at)?;
        Ok(true)
    }

    fn reversed(self) -> Self {
        Self { before: self.after, after: self.before, ..self }
    }
}

/// Whether the name is taken, if only by a symbolic link that leads nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The whole path of a file or folder that need not be there; a symbolic link is not followed.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}

impl NameStep {
    /// The folder or link `from` is to be called `to`.
    ///
    /// # Errors
    ///
    /// Where the way to either does not exist.
    pub(super) fn new(from: &Path, to: &Path) -> io::Result<Self> {
        Ok(Self { from: absolute(from)?.into(), to: absolute(to)?.into() })
    }

    /// Whether it has its new name.
    fn is_done(&self) -> bool {
        !is_there(Path::new(&self.from)) && is_there(Path::new(&self.to))
    }

    /// Gives it the new name, unless it has that already.
    fn carry_out(&self) -> io::Result<()> {
        let (from, to) = (Path::new(&self.from), Path::new(&self.to));
        if self.is_done() {
            return Ok(());
        }
        // Some systems would replace an empty folder.
        if is_there(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(from, to)?;
        sync_folder(from);
        sync_folder(to);
        Ok(())
    }

    fn reversed(&self) -> Self {
        Self { from: self.to.clone(), to: self.from.clone() }
    }

    /// Whether the file lies in the folder, under its old name.
    fn held(&self, file: &Path) -> bool {
        file.starts_with(Path::new(&self.from))
    }
}

/// Carries out all of `steps` and then of `folders`, or none; `folder` is that of the log, whose lock is held.
///
/// # Errors
///
/// Where a file cannot be written, or one that was to be made is there; all is as before then.
pub(super) fn carry_out(folder: &Path, steps: Vec<Step>, folders: Vec<NameStep>) -> Result<()> {
    if steps.is_empty() && folders.is_empty() {
        return Ok(());
    }
    let journal = path(folder);
    let mut entry = Entry { version: VERSION, undo: true, steps, folders };
    let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
    write(&journal, &entry).map_err(|source| failed(&journal, source))?;
    let done = advance(&journal, &mut entry);
    if done.is_err() {
        entry.undo = true;
        // The error that is reported is the first one; what cannot be taken back stays in the
        // journal for the next run.
        if write(&journal, &entry).is_ok() && settle(entry).is_ok() {
            drop(fs::remove_file(&journal));
        }
    } else {
        fs::remove_file(&journal).map_err(|source| failed(&journal, source))?;
    }
    done.map_err(|(path, source)| failed(&path, source))
}

/// Stages, commits and puts into place; the path at which that failed, and why.
fn advance(journal: &Path, entry: &mut Entry) -> std::result::Result<(), (PathBuf, io::Error)> {
    for (at, step) in entry.steps.iter().enumerate() {
        step.stage(at).map_err(|source| (step.target().to_owned(), source))?;
    }
    entry.undo = false;
    write(journal, entry).map_err(|source| (journal.to_owned(), source))?;
    for (at, step) in entry.steps.iter().enumerate() {
        step.take_place(at).map_err(|source| (step.target().to_owned(), source))?;
    }
    for folder in &entry.folders {
        folder.carry_out().map_err(|source| (PathBuf::from(&folder.to), source))?;
    }
    Ok(())
}

/// Finishes or takes back what an earlier command left; `None` where it left nothing. The lock of
/// the log is held.
///
/// # Errors
///
/// Where the journal cannot be read, or a file cannot be written.
pub(super) fn recover(folder: &Path) -> Result<Option<Recovered>> {
    let journal = path(folder);
    let failed = |source| Error::Journal { path: journal.clone(), source };
    let bytes = match fs::read(&journal) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let entry: Entry = serde_json::from_slice(&bytes).map_err(|error| failed(error.into()))?;
    let recovered = settle(entry).map_err(failed)?;
    fs::remove_file(&journal).map_err(failed)?;
    Ok(Some(recovered))
}

/// Whether a command is at work on the log in `folder`, or was interrupted.
pub(super) fn is_open(folder: &Path) -> bool {
    path(folder).exists()
}

fn settle(entry: Entry) -> io::Result<Recovered> {
    let is_undone = entry.undo;
    let mut recovered = Recovered { is_undone, settled: vec![], left: vec![] };
    let mut steps: Vec<(usize, Step)> = entry.steps.into_iter().enumerate().collect();
    if is_undone {
        // What was done last is taken back first.
        for folder in entry.folders.iter().rev().filter(|folder| folder.is_done()) {
            folder.reversed().carry_out()?;
        }
        steps = steps.into_iter().rev().map(|(at, step)| (at, step.reversed())).collect();
    }
    // A folder moves when all files in it are settled.
    let gone = |file: &Path| entry.folders.iter().any(|one| one.is_done() && one.held(file));
    for (at, step) in steps {
        let is_settled = !is_undone && gone(step.target()) || step.settle(at)?;
        let list = if is_settled { &mut recovered.settled } else { &mut recovered.left };
        list.push(step.target().to_owned());
    }
    for folder in entry.folders.iter().filter(|_| !is_undone) {
        folder.carry_out()?;
        recovered.settled.push(PathBuf::from(&folder.to));
    }
    Ok(recovered)
}

/// In the git directory, else hidden in the log.
fn path(folder: &Path) -> PathBuf {
    match git_dir(folder) {
        Some(git) => git.join("adr.journal"),
        None => folder.join(".adr.journal"),
    }
}

/// Readers see the whole journal or the one before.
fn write(journal: &Path, entry: &Entry) -> io::Result<()> {
    let text = serde_json::to_vec(entry)?;
    let new = journal.with_extension("journal-new");
    let mut file = File::create(&new)?;
    file.write_all(&text)?;
    file.sync_all()?;
    fs::rename(&new, journal)?;
    sync_folder(journal);
    Ok(())
}

/// Puts the names of the folder that holds `path` onto the disk, where the system can do that.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        drop(folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Entry, NameStep, Step, VERSION, carry_out, path, recover, write};

    /// One file that changes, one that comes, one that goes.
    fn steps(folder: &Path) -> Vec<Step> {
        fs::write(folder.join("a"), "old a").unwrap();
        fs::write(folder.join("c"), "old c").unwrap();
        let step = |name: &str, before, after: Option<&str>| {
            Step::new(&folder.join(name), before, after.map(str::to_owned)).unwrap()
        };
        vec![
            step("a", Some("old a"), Some("new a")),
            step("b", None, Some("new b")),
            step("c", Some("old c"), None),
        ]
    }

    /// All files, hidden ones too.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn all_steps_are_carried_out_and_nothing_stays_behind() {
        let folder = tempfile::tempdir().unwrap();
        carry_out(folder.path(), steps(folder.path()), vec![]).unwrap();
        assert_eq!(files(folder.path()), pairs(&[("a", "new a"), ("b", "new b")]));
    }

    #[test]
    fn a_step_that_fails_takes_the_others_back() {
        let folder = tempfile::tempdir().unwrap();
        let steps = steps(folder.path());
        // Somebody was faster.
        fs::write(folder.path().join("b"), "theirs").unwrap();
        let error = carry_out(folder.path(), steps, vec![]).unwrap_err();
        assert!(error.to_string().ends_with("/b`"), "{error}");
        assert_eq!(files(folder.path()), pairs(&[("a", "old a"), ("b", "theirs"), ("c", "old c")]));
    }

    #[test]
    fn what_was_staged_is_taken_back_and_what_was_begun_is_finished() {
        for undo in [true, false] {
            for done in 0..=3 {
                let folder = tempfile::tempdir().unwrap();
                let steps = steps(folder.path());
                let entry = Entry { version: VERSION, undo, steps, folders: vec![] };
                write(&path(folder.path()), &entry).unwrap();
                for (at, step) in entry.steps.iter().enumerate() {
                    step.stage(at).unwrap();
                }
                for (at, step) in entry.steps.iter().enumerate().take(done) {
                    step.take_place(at).unwrap();
                }
                let recovered = recover(folder.path()).unwrap().unwrap();
                assert_eq!((recovered.is_undone, recovered.left), (undo, vec![]));
                let (old, new) =
                    ([("a", "old a"), ("c", "old c")], [("a", "new a"), ("b", "new b")]);
                assert_eq!(files(folder.path()), pairs(if undo { &old } else { &new }));
                assert_eq!(recover(folder.path()).unwrap(), None);
            }
        }
    }

    #[test]
    fn a_file_that_somebody_changed_since_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let steps = steps(folder.path());
        let entry = Entry { version: VERSION, undo: false, steps, folders: vec![] };
        write(&path(folder.path()), &entry).unwrap();
        fs::write(folder.path().join("a"), "theirs").unwrap();
        let recovered = recover(folder.path()).unwrap().unwrap();
        assert_eq!(recovered.left, [folder.path().canonicalize().unwrap().join("a")]);
        assert_eq!(files(folder.path()), pairs(&[("a", "theirs"), ("b", "new b")]));
    }

    #[test]
    fn a_second_name_of_a_record_is_not_written_into() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("record"), "theirs").unwrap();
        fs::hard_link(folder.path().join("record"), folder.path().join(".0.adr-new")).unwrap();
        carry_out(folder.path(), steps(folder.path()), vec![]).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("record")).unwrap(), "theirs");
    }

    #[test]
    fn a_folder_moves_when_its_files_are_written_and_both_are_finished_or_taken_back() {
        for undo in [true, false] {
            for moved in [true, false] {
                let folder = tempfile::tempdir().unwrap();
                let (from, to) = (folder.path().join("from"), folder.path().join("to"));
                fs::create_dir(&from).unwrap();
                fs::write(from.join("a"), "old").unwrap();
                let step = Step::new(&from.join("a"), Some("old"), Some("new".to_owned()));
                let folders = vec![NameStep::new(&from, &to).unwrap()];
                let entry = Entry { version: VERSION, undo, steps: vec![step.unwrap()], folders };
                write(&path(folder.path()), &entry).unwrap();
                if moved {
                    fs::write(from.join("a"), "new").unwrap();
                    fs::rename(&from, &to).unwrap();
                }
                let recovered = recover(folder.path()).unwrap().unwrap();
                assert_eq!((recovered.is_undone, recovered.left), (undo, vec![]));
                let (there, gone, text) =
                    if undo { (&from, &to, "old") } else { (&to, &from, "new") };
                assert_eq!(fs::read_to_string(there.join("a")).unwrap(), text);
                assert!(!gone.exists());
                assert_eq!(recover(folder.path()).unwrap(), None);
            }
        }
    }
}
