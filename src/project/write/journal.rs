//! Changes several files together: all of them or none, even if the program is killed in between. Does not depend on
//! records.
//!
//! A journal holds the planned change of every file. While the new texts are being written to temporary files, it
//! makes the next run undo everything. When all of them are on the disk, it is replaced by one that makes the next run
//! finish the change. It is removed when every file has its new text. The command that writes holds the lock of the log,
//! so there is only one journal at a time.
//!
//! A journal is valid only if it is ours: a regular file of this user, of this version, for this project, with targets
//! inside it.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::control_files::ControlFiles;
use super::lock::Lock;
use super::step::{ChangedSince, FileStep, RenameStep, StepState};
use crate::project::disk::{create_new, is_mine, read_regular, remove_file, rename, sync_parent};
use crate::project::path_policy::Boundary;
use crate::{Error, Result};

/// An interrupted change that was completed or undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Whether it was undone; otherwise it was completed.
    pub is_undone: bool,
    /// The files that are now as before the change, or as after it.
    pub settled: Vec<PathBuf>,
    /// The files that a person changed since, which were left alone.
    pub left: Vec<PathBuf>,
}

/// The content of the journal file.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    version: u32,
    /// The project that it belongs to.
    root: OsString,
    /// The working directory of the command, if it could write there as well.
    start: Option<OsString>,
    undo: bool,
    steps: Vec<FileStep>,
    #[serde(rename = "folders")]
    renames: Vec<RenameStep>,
}

const VERSION: u32 = 2;

/// The size limit of a journal, in bytes: it holds two texts of every file.
const MAX_LENGTH: u64 = 1 << 30;

/// Why a change could not be carried out: the path, and the error of the system.
struct Failure {
    path: PathBuf,
    source: io::Error,
}

impl Failure {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { path: path.to_owned(), source }
    }
}

impl From<Failure> for Error {
    fn from(Failure { path, source }: Failure) -> Self {
        if source.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<ChangedSince>) {
            return Self::Changed { path };
        }
        Self::Write { path, source }
    }
}

impl Journal {
    fn new(boundary: &Boundary, steps: Vec<FileStep>, renames: Vec<RenameStep>) -> Self {
        let root = boundary.root().as_os_str().to_owned();
        let start = boundary.start().map(|start| start.as_os_str().to_owned());
        Self { version: VERSION, root, start, undo: true, steps, renames }
    }

    /// Checks that it is a journal of ours for this project.
    ///
    /// # Errors
    ///
    /// The reason why it is not.
    fn check(&self, files: &ControlFiles) -> io::Result<()> {
        if self.version != VERSION {
            let version = self.version;
            return Err(io::Error::other(format!("it has the unknown version {version}")));
        }
        if self.root != files.boundary.root().as_os_str() {
            return Err(io::Error::other("it belongs to another folder"));
        }
        let start = self.start.as_ref().map(PathBuf::from).filter(|_| files.is_private);
        let boundary = files.boundary.clone().with_start(start);
        let is_within = self.steps.iter().all(|step| step.is_within(&boundary))
            && self.renames.iter().all(|rename| rename.is_within(&boundary));
        if !is_within {
            return Err(io::Error::other("it names a file outside of the project, or a link"));
        }
        Ok(())
    }
}

/// Carries out all of `steps` and then of `renames`, or none, while `lock` is held.
///
/// # Errors
///
/// If a file cannot be written, changed on disk meanwhile, or exists although it is to be created. Then everything is
/// as before.
pub(in crate::project) fn carry_out(
    lock: &Lock,
    steps: Vec<FileStep>,
    renames: Vec<RenameStep>,
) -> Result<()> {
    if steps.is_empty() && renames.is_empty() {
        return Ok(());
    }
    let files = lock.files();
    let journal_path = &files.journal;
    let mut journal = Journal::new(&files.boundary, steps, renames);
    write(journal_path, &journal).map_err(Failure::at(journal_path))?;
    let announced = lock.announce().map_err(Failure::at(&files.lock));
    let done = announced.and_then(|()| write_files(journal_path, &mut journal));
    if done.is_err() {
        journal.undo = true;
        // Report the first error. What cannot be undone now stays in the journal for the next run.
        if write(journal_path, &journal).is_ok() && settle(journal).is_ok() {
            drop(remove_file(journal_path));
        }
    } else {
        remove_file(journal_path).map_err(Failure::at(journal_path))?;
    }
    Ok(done?)
}

/// Stages all texts, marks the journal as complete, and puts the texts into place.
fn write_files(journal_path: &Path, journal: &mut Journal) -> std::result::Result<(), Failure> {
    for (index, step) in journal.steps.iter().enumerate() {
        step.stage(index).map_err(Failure::at(step.target()))?;
    }
    journal.undo = false;
    write(journal_path, journal).map_err(Failure::at(journal_path))?;
    for (index, step) in journal.steps.iter().enumerate() {
        step.put_into_place(index).map_err(Failure::at(step.target()))?;
    }
    for rename in &journal.renames {
        rename.carry_out().map_err(Failure::at(rename.target()))?;
    }
    Ok(())
}

/// Completes or undoes an interrupted change; `None` if there is none. The lock is held.
///
/// # Errors
///
/// If the journal is not ours or cannot be read, or a file cannot be written.
pub(in crate::project) fn recover(lock: &Lock) -> Result<Option<Recovered>> {
    let files = lock.files();
    let journal_path = &files.journal;
    let failed = |source| Error::Journal { path: journal_path.clone(), source };
    let Some(journal) = read(files).map_err(failed)? else {
        // Left by a command that was killed before its journal was complete.
        drop(remove_file(&draft_path(journal_path)));
        return Ok(None);
    };
    lock.announce().map_err(failed)?;
    let recovered = settle(journal).map_err(failed)?;
    drop(remove_file(&draft_path(journal_path)));
    remove_file(journal_path).map_err(failed)?;
    Ok(Some(recovered))
}

fn read(files: &ControlFiles) -> io::Result<Option<Journal>> {
    let journal_path = &files.journal;
    let metadata = match journal_path.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() || !is_mine(&metadata) {
        return Err(io::Error::other("it was not written by this user"));
    }
    let journal: Journal = serde_json::from_slice(&read_regular(journal_path, MAX_LENGTH)?)?;
    journal.check(files)?;
    Ok(Some(journal))
}

/// Completes the whole change, or undoes it if the journal is incomplete or a person has changed a file since. Such a
/// file is left as the person saved it.
fn settle(journal: Journal) -> io::Result<Recovered> {
    let is_undone = journal.undo || is_changed_since(&journal)?;
    let mut recovered = Recovered { is_undone, settled: vec![], left: vec![] };
    let settle = if is_undone { undo } else { complete };
    settle(journal, &mut recovered)?;
    Ok(recovered)
}

/// Whether a person has changed a file or a name since.
fn is_changed_since(journal: &Journal) -> io::Result<bool> {
    for (index, step) in journal.steps.iter().enumerate() {
        let step = step.clone().moved_with(&journal.renames);
        step.clear(index)?;
        if step.state()? == StepState::Other {
            return Ok(true);
        }
    }
    Ok(journal.renames.iter().any(|rename| rename.state() == StepState::Other))
}

fn undo(journal: Journal, recovered: &mut Recovered) -> io::Result<()> {
    // The last step is undone first.
    let renames = journal.renames.iter().rev();
    for rename in renames.filter(|rename| rename.state() == StepState::After) {
        rename.reversed().carry_out()?;
    }
    for (index, step) in journal.steps.into_iter().enumerate().rev() {
        step.clear(index)?;
        let state = step.state()?;
        let reversed_step = step.reversed();
        if state == StepState::After {
            reversed_step.stage(index)?;
            reversed_step.put_into_place(index)?;
        }
        let is_left = state == StepState::Other;
        let paths = if is_left { &mut recovered.left } else { &mut recovered.settled };
        paths.push(reversed_step.target().to_owned());
    }
    Ok(())
}

fn complete(journal: Journal, recovered: &mut Recovered) -> io::Result<()> {
    for (index, step) in journal.steps.into_iter().enumerate() {
        let step = step.moved_with(&journal.renames);
        if step.state()? == StepState::Before {
            step.stage(index)?;
            step.put_into_place(index)?;
        }
        recovered.settled.push(step.target().to_owned());
    }
    for rename in &journal.renames {
        rename.carry_out()?;
        recovered.settled.push(rename.target().to_owned());
    }
    Ok(())
}

/// The path of a journal while it is being written.
fn draft_path(journal_path: &Path) -> PathBuf {
    journal_path.with_extension("journal-new")
}

/// Writes the journal. Readers see the whole new journal or the previous one.
fn write(journal_path: &Path, journal: &Journal) -> io::Result<()> {
    let text = serde_json::to_vec(journal)?;
    let draft = draft_path(journal_path);
    drop(remove_file(&draft));
    let mut file = create_new(&draft)?;
    file.write_all(&text)?;
    file.sync_all()?;
    rename(&draft, journal_path)?;
    sync_parent(journal_path);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Journal, VERSION, carry_out, recover, write};
    use crate::project::path_policy::Boundary;
    use crate::project::write::control_files::ControlFiles;
    use crate::project::write::lock::Lock;
    use crate::project::write::step::{FileStep, RenameStep};

    /// A log, and a folder for its lock and journal.
    struct TestLog {
        folder: tempfile::TempDir,
        state: tempfile::TempDir,
    }

    impl TestLog {
        fn new() -> Self {
            Self { folder: tempfile::tempdir().unwrap(), state: tempfile::tempdir().unwrap() }
        }

        fn path(&self) -> &Path {
            self.folder.path()
        }

        fn boundary(&self) -> Boundary {
            Boundary::at(self.path())
        }

        fn lock(&self) -> Lock {
            let (lock, journal) = (self.state.path().join("lock"), self.journal());
            let boundary = self.boundary();
            let files = ControlFiles { lock, journal, boundary, is_private: false };
            Lock::take(&files).unwrap().unwrap()
        }

        fn journal(&self) -> std::path::PathBuf {
            self.state.path().join("journal")
        }

        fn carry_out(&self, steps: Vec<FileStep>) -> crate::Result<()> {
            carry_out(&self.lock(), steps, vec![])
        }

        /// Writes the journal of a killed command.
        fn leave(&self, undo: bool, steps: Vec<FileStep>, renames: Vec<RenameStep>) -> Journal {
            let journal = Journal { undo, ..Journal::new(&self.boundary(), steps, renames) };
            write(&self.journal(), &journal).unwrap();
            journal
        }

        /// A changed file, a new one, and a removed one.
        fn steps(&self) -> Vec<FileStep> {
            fs::write(self.path().join("a"), "old a").unwrap();
            fs::write(self.path().join("c"), "old c").unwrap();
            let boundary = self.boundary();
            let step = |name: &str, before, after: Option<&str>| {
                FileStep::new(&boundary, &self.path().join(name), before, after.map(str::to_owned))
            };
            vec![
                step("a", Some("old a"), Some("new a")).unwrap(),
                step("b", None, Some("new b")).unwrap(),
                step("c", Some("old c"), None).unwrap(),
            ]
        }
    }

    /// All files, including hidden ones.
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
    fn all_steps_are_carried_out_and_no_temporary_file_remains() {
        let log = TestLog::new();
        log.carry_out(log.steps()).unwrap();
        assert_eq!(files(log.path()), pairs(&[("a", "new a"), ("b", "new b")]));
        assert!(!log.journal().exists());
    }

    #[test]
    fn a_failed_step_undoes_the_others() {
        let log = TestLog::new();
        let steps = log.steps();
        // Another program was faster.
        fs::write(log.path().join("b"), "theirs").unwrap();
        let error = log.carry_out(steps).unwrap_err();
        assert!(error.to_string().ends_with("/b`"), "{error}");
        assert_eq!(files(log.path()), pairs(&[("a", "old a"), ("b", "theirs"), ("c", "old c")]));
    }

    #[test]
    fn a_file_that_changed_since_the_plan_is_not_replaced_and_nothing_else_is() {
        for (name, theirs) in [("a", "theirs"), ("c", "theirs")] {
            let log = TestLog::new();
            let steps = log.steps();
            fs::write(log.path().join(name), theirs).unwrap();
            let error = log.carry_out(steps).unwrap_err();
            assert!(matches!(error, crate::Error::Changed { .. }), "{error}");
            let a = if name == "a" { theirs } else { "old a" };
            let c = if name == "c" { theirs } else { "old c" };
            assert_eq!(files(log.path()), pairs(&[("a", a), ("c", c)]));
        }
    }

    #[test]
    fn a_staged_change_is_undone_and_a_started_one_is_completed() {
        for undo in [true, false] {
            for done in 0..=3 {
                let log = TestLog::new();
                let journal = log.leave(undo, log.steps(), vec![]);
                for (index, step) in journal.steps.iter().enumerate() {
                    step.stage(index).unwrap();
                }
                for (index, step) in journal.steps.iter().enumerate().take(done) {
                    step.put_into_place(index).unwrap();
                }
                let recovered = recover(&log.lock()).unwrap().unwrap();
                assert_eq!((recovered.is_undone, recovered.left), (undo, vec![]));
                let (old, new) =
                    ([("a", "old a"), ("c", "old c")], [("a", "new a"), ("b", "new b")]);
                assert_eq!(files(log.path()), pairs(if undo { &old } else { &new }));
                assert_eq!(recover(&log.lock()).unwrap(), None);
            }
        }
    }

    #[test]
    fn the_whole_change_is_undone_if_a_person_changed_a_file_since() {
        for done in 0..=3 {
            let log = TestLog::new();
            let journal = log.leave(false, log.steps(), vec![]);
            for (index, step) in journal.steps.iter().enumerate() {
                step.stage(index).unwrap();
            }
            for (index, step) in journal.steps.iter().enumerate().take(done) {
                step.put_into_place(index).unwrap();
            }
            fs::write(log.path().join("a"), "theirs").unwrap();
            let recovered = recover(&log.lock()).unwrap().unwrap();
            assert!(recovered.is_undone);
            assert_eq!(recovered.left, [log.path().canonicalize().unwrap().join("a")]);
            assert_eq!(files(log.path()), pairs(&[("a", "theirs"), ("c", "old c")]));
        }
    }

    /// Killed after the texts were exchanged and before they were compared.
    #[test]
    fn a_text_that_a_person_saved_during_the_exchange_is_put_back() {
        let log = TestLog::new();
        log.leave(false, log.steps(), vec![]);
        fs::write(log.path().join("a"), "new a").unwrap();
        fs::write(log.path().join(".0.adr-new"), "theirs").unwrap();
        let recovered = recover(&log.lock()).unwrap().unwrap();
        assert_eq!(recovered.left, [log.path().canonicalize().unwrap().join("a")]);
        assert_eq!(files(log.path()), pairs(&[("a", "theirs"), ("c", "old c")]));
    }

    #[test]
    fn a_second_name_of_a_record_is_not_overwritten() {
        let log = TestLog::new();
        fs::write(log.path().join("record"), "theirs").unwrap();
        fs::hard_link(log.path().join("record"), log.path().join(".0.adr-new")).unwrap();
        log.carry_out(log.steps()).unwrap();
        assert_eq!(fs::read_to_string(log.path().join("record")).unwrap(), "theirs");
    }

    #[test]
    fn a_journal_is_valid_only_for_its_own_project_version_and_files() {
        let outside = tempfile::tempdir().unwrap();
        let log = TestLog::new();
        let check = |change: &dyn Fn(&mut Journal), reason: &str| {
            let mut journal = Journal::new(&log.boundary(), log.steps(), vec![]);
            journal.undo = false;
            change(&mut journal);
            write(&log.journal(), &journal).unwrap();
            let error = recover(&log.lock()).unwrap_err();
            let source = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(source, reason);
            assert_eq!(files(log.path()), pairs(&[("a", "old a"), ("c", "old c")]));
        };
        check(&|journal| journal.version = VERSION + 97, "it has the unknown version 99");
        check(&|journal| journal.root = outside.path().into(), "it belongs to another folder");
        let target = outside.path().canonicalize().unwrap().join("x");
        let text = Some("a stranger's".to_owned());
        let boundary = Boundary::at(outside.path());
        let step = FileStep::new(&boundary, &target, None, text).unwrap();
        let reason = "it names a file outside of the project, or a link";
        check(&|journal| journal.steps.push(step.clone()), reason);
        assert_eq!(files(outside.path()), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_journal_with_a_link_for_a_target_is_not_carried_out() {
        let log = TestLog::new();
        log.leave(false, log.steps(), vec![]);
        let target = log.path().join("elsewhere");
        std::os::unix::fs::symlink(&target, log.path().join("b")).unwrap();
        recover(&log.lock()).unwrap_err();
        assert!(!target.exists());
        assert_eq!(fs::read_to_string(log.path().join("a")).unwrap(), "old a");
    }

    #[test]
    fn a_folder_is_renamed_after_its_files_and_both_are_completed_or_undone() {
        for undo in [true, false] {
            for moved in [true, false] {
                let log = TestLog::new();
                let (from, to) = (log.path().join("from"), log.path().join("to"));
                fs::create_dir(&from).unwrap();
                fs::write(from.join("a"), "old").unwrap();
                let boundary = log.boundary();
                let new = Some("new".to_owned());
                let step = FileStep::new(&boundary, &from.join("a"), Some("old"), new).unwrap();
                let folder = RenameStep::new(&boundary, &from, &to).unwrap();
                log.leave(undo, vec![step], vec![folder]);
                if moved {
                    fs::write(from.join("a"), "new").unwrap();
                    fs::rename(&from, &to).unwrap();
                }
                let recovered = recover(&log.lock()).unwrap().unwrap();
                assert_eq!((recovered.is_undone, recovered.left), (undo, vec![]));
                let (there, gone, text) =
                    if undo { (&from, &to, "old") } else { (&to, &from, "new") };
                assert_eq!(fs::read_to_string(there.join("a")).unwrap(), text);
                assert!(!gone.exists());
                assert_eq!(recover(&log.lock()).unwrap(), None);
            }
        }
    }
}
