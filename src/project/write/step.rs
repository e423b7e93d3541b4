//! One file, folder or link of a change: how the new text gets into place, and the present state. Does not depend on
//! the other steps.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::project::disk::{
    MAX_FILE, create_new, is_link, is_taken, link_file, read_regular, remove_file, rename,
    sync_parent,
};
use crate::project::path_policy::Boundary;

/// The change of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::project) struct FileStep {
    target: OsString,
    /// The text before; `None` if the file did not exist.
    before: Option<String>,
    /// The new text; `None` if the file is removed.
    after: Option<String>,
    /// The file that a new file gets its permissions from.
    #[serde(rename = "like")]
    permissions_of: Option<OsString>,
}

/// A folder or a symbolic link that is renamed after every file has its new text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::project) struct RenameStep {
    from: OsString,
    to: OsString,
}

/// How far a step has been carried out, as the disk shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepState {
    /// The file is as it was before the change.
    Before,
    /// The file is as planned.
    After,
    /// Neither: a person has changed it since.
    Other,
}

/// The error for a file that changed after the change was planned.
#[derive(Debug)]
pub(super) struct ChangedSince;

impl std::fmt::Display for ChangedSince {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it changed on disk")
    }
}

impl std::error::Error for ChangedSince {}

impl FileStep {
    /// Gives the file at `path` the text `after`. The file exists if `before` is a text.
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
        let target = boundary.target(path)?.into();
        Ok(Self { target, before: before.map(str::to_owned), after, permissions_of: None })
    }

    /// The same, with the permissions of the file at `path`.
    pub(super) fn with_permissions_of(self, path: &Path) -> Self {
        Self { permissions_of: Some(path.into()), ..self }
    }

    pub(super) fn target(&self) -> &Path {
        Path::new(&self.target)
    }

    /// Whether all its paths are within the boundary, and none is a link.
    pub(super) fn is_within(&self, boundary: &Boundary) -> bool {
        let is_unmoved =
            |path: &Path| boundary.target(path).is_ok_and(|real_path| real_path == path);
        is_unmoved(self.target())
            && self.permissions_of.iter().all(|path| is_unmoved(Path::new(path)))
    }

    /// The same with the present path of its target, which may be in a folder that is already renamed.
    pub(super) fn moved_with(mut self, renames: &[RenameStep]) -> Self {
        let done = renames.iter().filter(|rename| rename.state() == StepState::After);
        let mut new_targets = done.filter_map(|rename| {
            let path_below = self.target().strip_prefix(&rename.from).ok()?;
            Some(Path::new(&rename.to).join(path_below))
        });
        if let Some(target) = new_targets.next_back() {
            self.target = target.into();
        }
        self
    }

    pub(super) fn reversed(self) -> Self {
        Self { before: self.after, after: self.before, ..self }
    }

    /// The location of the new text until it gets into place. The name is short, because names have a length limit.
    fn temporary_path(&self, index: usize) -> PathBuf {
        self.target().with_file_name(format!(".{index}.adr-new"))
    }

    /// Writes the new text to the disk, next to the file.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub(super) fn stage(&self, index: usize) -> io::Result<()> {
        let Some(after) = &self.after else { return Ok(()) };
        let temporary_path = self.temporary_path(index);
        // A file of this name may be a second name of a record, so it is removed and not written into.
        drop(remove_file(&temporary_path));
        let mut file = create_new(&temporary_path)?;
        file.write_all(after.as_bytes())?;
        let model_file = match &self.before {
            Some(_) => Some(&self.target),
            None => self.permissions_of.as_ref(),
        };
        if let Some(metadata) = model_file.and_then(|path| fs::metadata(path).ok()) {
            file.set_permissions(metadata.permissions())?;
            keep_owner(&file, &metadata);
        }
        file.sync_all()
    }

    /// Moves the staged text into place, if the file still holds the text of the plan.
    ///
    /// # Errors
    ///
    /// If it does not, or the file cannot be written.
    pub(super) fn put_into_place(&self, index: usize) -> io::Result<()> {
        let temporary_path = self.temporary_path(index);
        match (&self.before, &self.after) {
            (Some(before), Some(_)) => self.replace(&temporary_path, before)?,
            (Some(before), None) => self.remove(&temporary_path, before)?,
            (None, None) => {}
            (None, Some(_)) => match link_file(&temporary_path, self.target()) {
                Ok(()) => remove_file(&temporary_path)?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                // The file system has no second names. The lock keeps our own commands from creating the file meanwhile.
                Err(_) if !self.target().exists() => rename(&temporary_path, self.target())?,
                Err(error) => return Err(error),
            },
        }
        sync_parent(self.target());
        Ok(())
    }

    /// Exchanges the new text for the old one. What a person saves at the very same moment is noticed, and stays.
    fn replace(&self, temporary_path: &Path, before: &str) -> io::Result<()> {
        check_text(self.target(), before)?;
        if exchange(temporary_path, self.target()) {
            if let Err(error) = check_text(temporary_path, before) {
                rename(temporary_path, self.target())?;
                return Err(error);
            }
            return remove_file(temporary_path);
        }
        rename(temporary_path, self.target())
    }

    /// Renames the file first and compares its text then, so that no unknown text is removed.
    fn remove(&self, temporary_path: &Path, before: &str) -> io::Result<()> {
        check_text(self.target(), before)?;
        rename(self.target(), temporary_path)?;
        if let Err(error) = check_text(temporary_path, before) {
            if !is_taken(self.target()) {
                rename(temporary_path, self.target())?;
            }
            return Err(error);
        }
        remove_file(temporary_path)
    }

    /// Compares the file with the texts before and after.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(super) fn state(&self) -> io::Result<StepState> {
        let bytes_on_disk = match read_regular(self.target(), MAX_FILE) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) if is_link(self.target()) => return Ok(StepState::Other),
            Err(error) => return Err(error),
        };
        let holds =
            |text: &Option<String>| bytes_on_disk.as_deref() == text.as_ref().map(String::as_bytes);
        Ok(match () {
            () if holds(&self.after) => StepState::After,
            () if holds(&self.before) => StepState::Before,
            () => StepState::Other,
        })
    }

    /// Removes the staged text. A text that a person saved while the texts were exchanged is put back.
    ///
    /// # Errors
    ///
    /// If it cannot be removed.
    pub(super) fn clear(&self, index: usize) -> io::Result<()> {
        let temporary_path = self.temporary_path(index);
        let Ok(bytes) = read_regular(&temporary_path, MAX_FILE) else {
            return remove_file(&temporary_path);
        };
        // A killed command may have written only a part of the new text.
        let is_part_of_after =
            self.after.as_ref().is_some_and(|text| text.as_bytes().starts_with(&bytes));
        let is_before = self.before.as_ref().is_some_and(|text| text.as_bytes() == bytes);
        if is_before || is_part_of_after || self.state()? != StepState::After {
            return remove_file(&temporary_path);
        }
        rename(&temporary_path, self.target())
    }
}

impl RenameStep {
    /// Renames the folder or link `from` to `to`.
    ///
    /// # Errors
    ///
    /// If one of them would be outside of the boundary.
    pub(super) fn new(boundary: &Boundary, from: &Path, to: &Path) -> io::Result<Self> {
        Ok(Self { from: boundary.target_of_name(from)?.into(), to: boundary.target(to)?.into() })
    }

    pub(super) fn is_within(&self, boundary: &Boundary) -> bool {
        let is_unmoved =
            |path: &Path| boundary.target_of_name(path).is_ok_and(|real_path| real_path == path);
        is_unmoved(Path::new(&self.from)) && is_unmoved(Path::new(&self.to))
    }

    /// The new name.
    pub(super) fn target(&self) -> &Path {
        Path::new(&self.to)
    }

    /// Which of the two names exists.
    pub(super) fn state(&self) -> StepState {
        match (is_taken(Path::new(&self.from)), is_taken(Path::new(&self.to))) {
            (true, false) => StepState::Before,
            (false, true) => StepState::After,
            _ => StepState::Other,
        }
    }

    /// Renames the folder or link, unless that is already done.
    ///
    /// # Errors
    ///
    /// If it does not exist, or the new name is taken.
    pub(super) fn carry_out(&self) -> io::Result<()> {
        let (from, to) = (Path::new(&self.from), Path::new(&self.to));
        if self.state() == StepState::After {
            return Ok(());
        }
        // Some systems would replace an empty folder.
        if is_taken(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        rename(from, to)?;
        sync_parent(from);
        sync_parent(to);
        Ok(())
    }

    pub(super) fn reversed(&self) -> Self {
        Self { from: self.to.clone(), to: self.from.clone() }
    }
}

/// Checks that the file holds this text.
///
/// # Errors
///
/// If it holds another text, is a link, or cannot be read.
fn check_text(path: &Path, text: &str) -> io::Result<()> {
    if !is_link(path) && read_regular(path, MAX_FILE)? == text.as_bytes() {
        return Ok(());
    }
    Err(io::Error::other(ChangedSince))
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

/// Gives the new file the owner of the old one: an administrator may edit files of other users.
#[cfg(unix)]
fn keep_owner(new: &File, old: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    let is_same = new.metadata().is_ok_and(|new| new.uid() == old.uid() && new.gid() == old.gid());
    if !is_same {
        // Only an administrator may do this. The file is usable without it.
        drop(std::os::unix::fs::fchown(new, Some(old.uid()), Some(old.gid())));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}
