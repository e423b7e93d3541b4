//! One file, folder or link of a change: how its new text gets to its place, and what is there now. Does not depend on
//! the other steps.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::project::path_policy::{
    Boundary, MAX_FILE, create_new, is_link, link_file, read_regular, remove_file, rename,
    sync_folder,
};

/// What becomes of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::project) struct Step {
    target: OsString,
    /// What it held; `None` if it was not there.
    before: Option<String>,
    /// What it is to hold; `None` if it is removed.
    after: Option<String>,
    /// The file whose permissions a new one takes.
    like: Option<OsString>,
}

/// A folder or a symbolic link that gets another name, when every file has its new text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::project) struct NameStep {
    from: OsString,
    to: OsString,
}

/// What is there of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As it was before the change.
    Before,
    /// As it is to be after the change.
    After,
    /// Neither: a person has changed it since.
    Other,
}

/// A file was not what it was when the change was planned.
#[derive(Debug)]
pub(super) struct ChangedSince;

impl std::fmt::Display for ChangedSince {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it changed on disk")
    }
}

impl std::error::Error for ChangedSince {}

fn changed() -> io::Error {
    io::Error::other(ChangedSince)
}

impl Step {
    /// The file at `path`, which exists if `before` does, is to hold `after`.
    ///
    /// # Errors
    ///
    /// If it would be outside of the boundary, or is a link.
    pub(in crate::project) fn new(
        boundary: &Boundary,
        path: &Path,
        before: Option<&str>,
        after: Option<String>,
    ) -> io::Result<Self> {
        let target = boundary.place(path)?;
        Ok(Self { target: target.into(), before: before.map(str::to_owned), after, like: None })
    }

    /// The same, with the permissions of the file at `path`.
    pub(in crate::project) fn like(self, path: &Path) -> Self {
        Self { like: Some(path.into()), ..self }
    }

    pub(super) fn target(&self) -> &Path {
        Path::new(&self.target)
    }

    /// Whether all its paths are within the boundary and are no links.
    pub(super) fn is_within(&self, boundary: &Boundary) -> bool {
        let is_its_own_place = |path: &Path| boundary.place(path).is_ok_and(|place| place == path);
        is_its_own_place(self.target())
            && self.like.iter().all(|like| is_its_own_place(Path::new(like)))
    }

    /// The same, for a target that is in a folder which has its new name.
    pub(super) fn moved_with(mut self, folders: &[NameStep]) -> Self {
        let new = folders.iter().filter(|folder| folder.state() == State::After);
        let mut new = new.filter_map(|folder| {
            let rest = self.target().strip_prefix(&folder.from).ok()?;
            Some(Path::new(&folder.to).join(rest))
        });
        if let Some(target) = new.next_back() {
            self.target = target.into();
        }
        self
    }

    pub(super) fn reversed(self) -> Self {
        Self { before: self.after, after: self.before, ..self }
    }

    /// Where the new text is until it takes its place. Short, because names have a limit.
    fn temporary(&self, index: usize) -> PathBuf {
        self.target().with_file_name(format!(".{index}.adr-new"))
    }

    /// Puts the new text onto the disk, next to the file.
    pub(super) fn stage(&self, index: usize) -> io::Result<()> {
        let Some(after) = &self.after else { return Ok(()) };
        let temporary = self.temporary(index);
        // What is there may be a second name of a record: it is not written into.
        drop(remove_file(&temporary));
        let mut new = create_new(&temporary)?;
        new.write_all(after.as_bytes())?;
        let like = self.before.as_ref().map_or(self.like.as_ref(), |_| Some(&self.target));
        if let Some(about) = like.and_then(|like| fs::metadata(like).ok()) {
            new.set_permissions(about.permissions())?;
            keep_owner(&new, &about);
        }
        new.sync_all()
    }

    /// Puts what was staged into its place, if the file holds what it held when the change was planned.
    pub(super) fn take_place(&self, index: usize) -> io::Result<()> {
        let temporary = self.temporary(index);
        match (&self.before, &self.after) {
            (Some(before), Some(_)) => self.replace(&temporary, before)?,
            (Some(before), None) => self.remove(&temporary, before)?,
            (None, None) => {}
            (None, Some(_)) => match link_file(&temporary, self.target()) {
                Ok(()) => remove_file(&temporary)?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                // File systems without second names; the lock keeps our own commands apart.
                Err(_) if !self.target().exists() => rename(&temporary, self.target())?,
                Err(error) => return Err(error),
            },
        }
        sync_folder(self.target());
        Ok(())
    }

    /// Exchanges the new text for the old one. What a person saves in the very moment is seen, and stays.
    fn replace(&self, temporary: &Path, before: &str) -> io::Result<()> {
        compare(self.target(), before)?;
        if exchange(temporary, self.target()) {
            if let Err(error) = compare(temporary, before) {
                rename(temporary, self.target())?;
                return Err(error);
            }
            return remove_file(temporary);
        }
        rename(temporary, self.target())
    }

    /// Takes the file away first and looks at it then, so that no text is removed that no one has looked at.
    fn remove(&self, temporary: &Path, before: &str) -> io::Result<()> {
        compare(self.target(), before)?;
        rename(self.target(), temporary)?;
        if let Err(error) = compare(temporary, before) {
            if !is_there(self.target()) {
                rename(temporary, self.target())?;
            }
            return Err(error);
        }
        remove_file(temporary)
    }

    /// What is there now.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(super) fn state(&self) -> io::Result<State> {
        let now = match read_regular(self.target(), MAX_FILE) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) if is_link(self.target()) => return Ok(State::Other),
            Err(error) => return Err(error),
        };
        let holds = |text: &Option<String>| now.as_deref() == text.as_ref().map(String::as_bytes);
        Ok(match () {
            () if holds(&self.after) => State::After,
            () if holds(&self.before) => State::Before,
            () => State::Other,
        })
    }

    /// Removes what was staged. What a person saved while the texts were exchanged is put back.
    ///
    /// # Errors
    ///
    /// If it cannot be removed.
    pub(super) fn clear(&self, index: usize) -> io::Result<()> {
        let temporary = self.temporary(index);
        let Ok(bytes) = read_regular(&temporary, MAX_FILE) else {
            return remove_file(&temporary);
        };
        let is_part = |text: &Option<String>| {
            text.as_ref().is_some_and(|text| text.as_bytes().starts_with(&bytes))
        };
        let is_before = self.before.as_ref().is_some_and(|text| text.as_bytes() == bytes);
        if is_before || is_part(&self.after) || self.state()? != State::After {
            return remove_file(&temporary);
        }
        rename(&temporary, self.target())
    }
}

impl NameStep {
    /// The folder or link `from` is to be called `to`.
    ///
    /// # Errors
    ///
    /// If one of them would be outside of the boundary.
    pub(in crate::project) fn new(boundary: &Boundary, from: &Path, to: &Path) -> io::Result<Self> {
        Ok(Self { from: boundary.place_of_name(from)?.into(), to: boundary.place(to)?.into() })
    }

    pub(super) fn is_within(&self, boundary: &Boundary) -> bool {
        let is_its_own_place =
            |path: &Path| boundary.place_of_name(path).is_ok_and(|place| place == path);
        is_its_own_place(Path::new(&self.from)) && is_its_own_place(Path::new(&self.to))
    }

    /// Its new name.
    pub(super) fn target(&self) -> &Path {
        Path::new(&self.to)
    }

    /// Which of its names is there.
    pub(super) fn state(&self) -> State {
        match (is_there(Path::new(&self.from)), is_there(Path::new(&self.to))) {
            (true, false) => State::Before,
            (false, true) => State::After,
            _ => State::Other,
        }
    }

    /// Gives it the new name, unless it has that already.
    ///
    /// # Errors
    ///
    /// If it is not there, or the new name is taken.
    pub(super) fn carry_out(&self) -> io::Result<()> {
        let (from, to) = (Path::new(&self.from), Path::new(&self.to));
        if self.state() == State::After {
            return Ok(());
        }
        // Some systems would replace an empty folder.
        if is_there(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        rename(from, to)?;
        sync_folder(from);
        sync_folder(to);
        Ok(())
    }

    pub(super) fn reversed(&self) -> Self {
        Self { from: self.to.clone(), to: self.from.clone() }
    }
}

/// Whether the file holds this text.
///
/// # Errors
///
/// If it holds another one, is a link, or cannot be read.
fn compare(path: &Path, text: &str) -> io::Result<()> {
    if is_link(path) {
        return Err(changed());
    }
    let now = read_regular(path, MAX_FILE)?;
    if now == text.as_bytes() { Ok(()) } else { Err(changed()) }
}

/// Whether the name is taken, if only by a symbolic link that leads nowhere.
pub(in crate::project) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Exchanges the names of two files in one step; `false` if the system or the disk cannot.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Gives the new file the owner of the old one: an administrator may edit what belongs to others.
#[cfg(unix)]
fn keep_owner(new: &File, old: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    let is_same = new.metadata().is_ok_and(|new| new.uid() == old.uid() && new.gid() == old.gid());
    if !is_same {
        // No one else may, and the file is as good without.
        drop(std::os::unix::fs::fchown(new, Some(old.uid()), Some(old.gid())));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}
