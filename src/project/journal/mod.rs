//! Files that change together: all of them or none, also when the program is killed in between. Does not depend on
//! records.
//!
//! A journal says what is to become of which file. As long as the new texts are being written to temporary files it
//! tells the next run to take everything back; when all of them are on the disk it is replaced by one that tells it to
//! finish. It is removed when every file has its new text. The command that writes holds the lock of the log, so that
//! there is one journal at a time.
//!
//! A journal counts only if it is ours: a regular file of this user, of this version, for this project, with targets
//! inside it.

mod step;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::control_files::ControlFiles;
use super::lock::Lock;
use super::path_policy::{
    Boundary, create_new, is_mine, read_regular, remove_file, rename, sync_folder,
};
use crate::{Error, Result};
use step::{ChangedSince, State};
pub(super) use step::{NameStep, Step, is_there};

/// What an earlier command left to be done, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Whether it was taken back; else it was finished.
    pub is_undone: bool,
    /// The files that are as they were before, or as they were to be.
    pub settled: Vec<PathBuf>,
    /// Those that a person changed since, which were left alone.
    pub left: Vec<PathBuf>,
}

/// What the journal holds.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    version: u32,
    /// The project that it belongs to.
    root: OsString,
    /// The working directory of the command, if it could write there as well.
    start: Option<OsString>,
    undo: bool,
    steps: Vec<Step>,
    folders: Vec<NameStep>,
}

const VERSION: u32 = 2;

/// The longest journal that is read, in bytes: it holds two texts of every file.
const LONGEST: u64 = 1 << 30;

/// Why a change could not be carried out: the path, and what the system answered.
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

impl Entry {
    fn new(boundary: &Boundary, steps: Vec<Step>, folders: Vec<NameStep>) -> Self {
        let root = boundary.root().as_os_str().to_owned();
        let start = boundary.start().map(|start| start.as_os_str().to_owned());
        Self { version: VERSION, root, start, undo: true, steps, folders }
    }

    /// Why it is not a journal of ours for this project.
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
            && self.folders.iter().all(|folder| folder.is_within(&boundary));
        if !is_within {
            return Err(io::Error::other("it names a file outside of the project, or a link"));
        }
        Ok(())
    }
}

/// Carries out all of `steps` and then of `folders`, or none, while `lock` is held.
///
/// # Errors
///
/// If a file cannot be written, changed on disk meanwhile, or one that was to be made is there; all is as before then.
pub(super) fn carry_out(lock: &Lock, steps: Vec<Step>, folders: Vec<NameStep>) -> Result<()> {
    if steps.is_empty() && folders.is_empty() {
        return Ok(());
    }
    let files = lock.files();
    let journal = &files.journal;
    let mut entry = Entry::new(&files.boundary, steps, folders);
    write(journal, &entry).map_err(Failure::at(journal))?;
    let done = lock.announce().map_err(Failure::at(&files.lock));
    let done = done.and_then(|()| advance(journal, &mut entry));
    if done.is_err() {
        entry.undo = true;
        // The error that is reported is the first one; what cannot be taken back stays in the
        // journal for the next run.
        if write(journal, &entry).is_ok() && settle(entry).is_ok() {
            drop(remove_file(journal));
        }
    } else {
        remove_file(journal).map_err(Failure::at(journal))?;
    }
    Ok(done?)
}

/// Stages, commits and puts into place.
fn advance(journal: &Path, entry: &mut Entry) -> std::result::Result<(), Failure> {
    for (index, step) in entry.steps.iter().enumerate() {
        step.stage(index).map_err(Failure::at(step.target()))?;
    }
    entry.undo = false;
    write(journal, entry).map_err(Failure::at(journal))?;
    for (index, step) in entry.steps.iter().enumerate() {
        step.take_place(index).map_err(Failure::at(step.target()))?;
    }
    for folder in &entry.folders {
        folder.carry_out().map_err(Failure::at(folder.target()))?;
    }
    Ok(())
}

/// Finishes or takes back what an earlier command left; `None` if it left nothing. The lock is held.
///
/// # Errors
///
/// If the journal is not ours or cannot be read, or a file cannot be written.
pub(super) fn recover(lock: &Lock) -> Result<Option<Recovered>> {
    let files = lock.files();
    let journal = &files.journal;
    let failed = |source| Error::Journal { path: journal.clone(), source };
    let Some(entry) = read(files).map_err(failed)? else {
        // What a command left that was killed before it had a journal.
        drop(remove_file(&draft(journal)));
        return Ok(None);
    };
    lock.announce().map_err(failed)?;
    let recovered = settle(entry).map_err(failed)?;
    drop(remove_file(&draft(journal)));
    remove_file(journal).map_err(failed)?;
    Ok(Some(recovered))
}

fn read(files: &ControlFiles) -> io::Result<Option<Entry>> {
    let journal = &files.journal;
    let about = match journal.symlink_metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !about.is_file() || !is_mine(&about) {
        return Err(io::Error::other("it was not written by this user"));
    }
    let entry: Entry = serde_json::from_slice(&read_regular(journal, LONGEST)?)?;
    entry.check(files)?;
    Ok(Some(entry))
}

/// Decides for the whole change: all is as it was to be, unless it is to be taken back or a person has changed a file
/// since. Then all is as it was before, but for what the person changed.
fn settle(entry: Entry) -> io::Result<Recovered> {
    let is_undone = entry.undo || is_other(&entry)?;
    let mut recovered = Recovered { is_undone, settled: vec![], left: vec![] };
    let settle = if is_undone { take_back } else { finish };
    settle(entry, &mut recovered)?;
    Ok(recovered)
}

/// Whether a person has changed a file or a name since.
fn is_other(entry: &Entry) -> io::Result<bool> {
    for (index, step) in entry.steps.iter().enumerate() {
        let step = step.clone().moved_with(&entry.folders);
        step.clear(index)?;
        if step.state()? == State::Other {
            return Ok(true);
        }
    }
    Ok(entry.folders.iter().any(|folder| folder.state() == State::Other))
}

fn take_back(entry: Entry, recovered: &mut Recovered) -> io::Result<()> {
    // What was done last is taken back first.
    for folder in entry.folders.iter().rev().filter(|folder| folder.state() == State::After) {
        folder.reversed().carry_out()?;
    }
    for (index, step) in entry.steps.into_iter().enumerate().rev() {
        step.clear(index)?;
        let state = step.state()?;
        let step = step.reversed();
        if state == State::After {
            step.stage(index)?;
            step.take_place(index)?;
        }
        let list = if state == State::Other { &mut recovered.left } else { &mut recovered.settled };
        list.push(step.target().to_owned());
    }
    Ok(())
}

fn finish(entry: Entry, recovered: &mut Recovered) -> io::Result<()> {
    for (index, step) in entry.steps.into_iter().enumerate() {
        let step = step.moved_with(&entry.folders);
        if step.state()? == State::Before {
            step.stage(index)?;
            step.take_place(index)?;
        }
        recovered.settled.push(step.target().to_owned());
    }
    for folder in &entry.folders {
        folder.carry_out()?;
        recovered.settled.push(folder.target().to_owned());
    }
    Ok(())
}

/// Where a journal is until it is whole.
fn draft(journal: &Path) -> PathBuf {
    journal.with_extension("journal-new")
}

/// Readers see the whole journal or the one before.
fn write(journal: &Path, entry: &Entry) -> io::Result<()> {
    let text = serde_json::to_vec(entry)?;
    let new = draft(journal);
    drop(remove_file(&new));
    let mut file = create_new(&new)?;
    file.write_all(&text)?;
    file.sync_all()?;
    rename(&new, journal)?;
    sync_folder(journal);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Entry, NameStep, Step, VERSION, carry_out, recover, write};
    use crate::project::control_files::ControlFiles;
    use crate::project::lock::Lock;
    use crate::project::path_policy::Boundary;

    /// A log, and a folder for lock and journal next to it.
    struct Place {
        folder: tempfile::TempDir,
        state: tempfile::TempDir,
    }

    impl Place {
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

        fn carry_out(&self, steps: Vec<Step>) -> crate::Result<()> {
            carry_out(&self.lock(), steps, vec![])
        }

        /// Leaves the journal of a command that was killed.
        fn leave(&self, undo: bool, steps: Vec<Step>, folders: Vec<NameStep>) -> Entry {
            let entry = Entry { undo, ..Entry::new(&self.boundary(), steps, folders) };
            write(&self.journal(), &entry).unwrap();
            entry
        }

        /// One file that changes, one that comes, one that goes.
        fn steps(&self) -> Vec<Step> {
            fs::write(self.path().join("a"), "old a").unwrap();
            fs::write(self.path().join("c"), "old c").unwrap();
            let boundary = self.boundary();
            let step = |name: &str, before, after: Option<&str>| {
                Step::new(&boundary, &self.path().join(name), before, after.map(str::to_owned))
            };
            vec![
                step("a", Some("old a"), Some("new a")).unwrap(),
                step("b", None, Some("new b")).unwrap(),
                step("c", Some("old c"), None).unwrap(),
            ]
        }
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
        let place = Place::new();
        place.carry_out(place.steps()).unwrap();
        assert_eq!(files(place.path()), pairs(&[("a", "new a"), ("b", "new b")]));
        assert!(!place.journal().exists());
    }

    #[test]
    fn a_step_that_fails_takes_the_others_back() {
        let place = Place::new();
        let steps = place.steps();
        // Another program was faster.
        fs::write(place.path().join("b"), "theirs").unwrap();
        let error = place.carry_out(steps).unwrap_err();
        assert!(error.to_string().ends_with("/b`"), "{error}");
        assert_eq!(files(place.path()), pairs(&[("a", "old a"), ("b", "theirs"), ("c", "old c")]));
    }

    #[test]
    fn a_file_that_changed_since_the_plan_is_not_replaced_and_nothing_else_is() {
        for (name, theirs) in [("a", "theirs"), ("c", "theirs")] {
            let place = Place::new();
            let steps = place.steps();
            fs::write(place.path().join(name), theirs).unwrap();
            let error = place.carry_out(steps).unwrap_err();
            assert!(matches!(error, crate::Error::Changed { .. }), "{error}");
            let a = if name == "a" { theirs } else { "old a" };
            let c = if name == "c" { theirs } else { "old c" };
            assert_eq!(files(place.path()), pairs(&[("a", a), ("c", c)]));
        }
    }

    #[test]
    fn what_was_staged_is_taken_back_and_what_was_begun_is_finished() {
        for undo in [true, false] {
            for done in 0..=3 {
                let place = Place::new();
                let entry = place.leave(undo, place.steps(), vec![]);
                for (index, step) in entry.steps.iter().enumerate() {
                    step.stage(index).unwrap();
                }
                for (index, step) in entry.steps.iter().enumerate().take(done) {
                    step.take_place(index).unwrap();
                }
                let recovered = recover(&place.lock()).unwrap().unwrap();
                assert_eq!((recovered.is_undone, recovered.left), (undo, vec![]));
                let (old, new) =
                    ([("a", "old a"), ("c", "old c")], [("a", "new a"), ("b", "new b")]);
                assert_eq!(files(place.path()), pairs(if undo { &old } else { &new }));
                assert_eq!(recover(&place.lock()).unwrap(), None);
            }
        }
    }

    #[test]
    fn where_a_person_changed_a_file_since_the_whole_change_is_taken_back() {
        for done in 0..=3 {
            let place = Place::new();
            let entry = place.leave(false, place.steps(), vec![]);
            for (index, step) in entry.steps.iter().enumerate() {
                step.stage(index).unwrap();
            }
            for (index, step) in entry.steps.iter().enumerate().take(done) {
                step.take_place(index).unwrap();
            }
            fs::write(place.path().join("a"), "theirs").unwrap();
            let recovered = recover(&place.lock()).unwrap().unwrap();
            assert!(recovered.is_undone);
            assert_eq!(recovered.left, [place.path().canonicalize().unwrap().join("a")]);
            assert_eq!(files(place.path()), pairs(&[("a", "theirs"), ("c", "old c")]));
        }
    }

    /// Killed after the texts were exchanged and before they were compared.
    #[test]
    fn what_a_person_saved_while_texts_were_exchanged_is_put_back() {
        let place = Place::new();
        place.leave(false, place.steps(), vec![]);
        fs::write(place.path().join("a"), "new a").unwrap();
        fs::write(place.path().join(".0.adr-new"), "theirs").unwrap();
        let recovered = recover(&place.lock()).unwrap().unwrap();
        assert_eq!(recovered.left, [place.path().canonicalize().unwrap().join("a")]);
        assert_eq!(files(place.path()), pairs(&[("a", "theirs"), ("c", "old c")]));
    }

    #[test]
    fn a_second_name_of_a_record_is_not_written_into() {
        let place = Place::new();
        fs::write(place.path().join("record"), "theirs").unwrap();
        fs::hard_link(place.path().join("record"), place.path().join(".0.adr-new")).unwrap();
        place.carry_out(place.steps()).unwrap();
        assert_eq!(fs::read_to_string(place.path().join("record")).unwrap(), "theirs");
    }

    #[test]
    fn a_journal_counts_only_for_its_own_project_version_and_files() {
        let outside = tempfile::tempdir().unwrap();
        let place = Place::new();
        let check = |change: &dyn Fn(&mut Entry), reason: &str| {
            let mut entry = Entry::new(&place.boundary(), place.steps(), vec![]);
            entry.undo = false;
            change(&mut entry);
            write(&place.journal(), &entry).unwrap();
            let error = recover(&place.lock()).unwrap_err();
            let source = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(source, reason);
            assert_eq!(files(place.path()), pairs(&[("a", "old a"), ("c", "old c")]));
        };
        check(&|entry| entry.version = VERSION + 97, "it has the unknown version 99");
        check(&|entry| entry.root = outside.path().into(), "it belongs to another folder");
        let target = outside.path().canonicalize().unwrap().join("x");
        let text = Some("a stranger's".to_owned());
        let boundary = Boundary::at(outside.path());
        let step = Step::new(&boundary, &target, None, text).unwrap();
        let reason = "it names a file outside of the project, or a link";
        check(&|entry| entry.steps.push(step.clone()), reason);
        assert_eq!(files(outside.path()), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_journal_with_a_link_for_a_target_is_not_carried_out() {
        let place = Place::new();
        place.leave(false, place.steps(), vec![]);
        let target = place.path().join("elsewhere");
        std::os::unix::fs::symlink(&target, place.path().join("b")).unwrap();
        recover(&place.lock()).unwrap_err();
        assert!(!target.exists());
        assert_eq!(fs::read_to_string(place.path().join("a")).unwrap(), "old a");
    }

    #[test]
    fn a_folder_moves_when_its_files_are_written_and_both_are_finished_or_taken_back() {
        for undo in [true, false] {
            for moved in [true, false] {
                let place = Place::new();
                let (from, to) = (place.path().join("from"), place.path().join("to"));
                fs::create_dir(&from).unwrap();
                fs::write(from.join("a"), "old").unwrap();
                let boundary = place.boundary();
                let new = Some("new".to_owned());
                let step = Step::new(&boundary, &from.join("a"), Some("old"), new).unwrap();
                let folder = NameStep::new(&boundary, &from, &to).unwrap();
                place.leave(undo, vec![step], vec![folder]);
                if moved {
                    fs::write(from.join("a"), "new").unwrap();
                    fs::rename(&from, &to).unwrap();
                }
                let recovered = recover(&place.lock()).unwrap().unwrap();
                assert_eq!((recovered.is_undone, recovered.left), (undo, vec![]));
                let (there, gone, text) =
                    if undo { (&from, &to, "old") } else { (&to, &from, "new") };
                assert_eq!(fs::read_to_string(there.join("a")).unwrap(), text);
                assert!(!gone.exists());
                assert_eq!(recover(&place.lock()).unwrap(), None);
            }
        }
    }
}
