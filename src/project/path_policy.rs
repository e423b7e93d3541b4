//! Which paths may be read and written: the one policy, and the only place that opens files for the rest of `project`.
//!
//! A checkout comes from a stranger, so that its names lead nowhere. A file is read only if it is regular, inside the
//! project, reached through no link that leaves it, no part of git's own files, and within a bound. A file is written
//! only inside the project or at a path that the user named, and never through a link that leaves the project.
//! Does not depend on what files hold.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use super::git::{is_git_name, root_above, work_tree};

/// No record and no other file that is read whole is longer, in bytes: it would take the memory of everything else.
pub(super) const MAX_FILE: u64 = 64 * 1024 * 1024;

/// How much room a file gets at first, in bytes. Most records fit, and no one has to ask for their length.
const ROOM: usize = 8 * 1024;

/// Why a path may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// It leads out of the project.
    Outside,
    /// It leads, by a link, to a hidden file or to git's own files.
    Hidden,
    /// It is a symbolic link where none may be.
    Link,
    /// It is a device, a pipe or a folder.
    NotRegular,
    /// It is larger than so many bytes.
    TooLarge(u64),
}

impl std::fmt::Display for Denied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Outside => f.write_str("it leads out of the project"),
            Self::Hidden => f.write_str("it is a link to a hidden file"),
            Self::Link => f.write_str("it is a symbolic link"),
            Self::NotRegular => f.write_str("it is not a regular file"),
            Self::TooLarge(most) if *most >= 1 << 20 => {
                write!(f, "it is larger than {} MiB", most >> 20)
            }
            Self::TooLarge(most) => write!(f, "it is larger than {} KiB", most >> 10),
        }
    }
}

impl std::error::Error for Denied {}

impl From<Denied> for io::Error {
    fn from(denied: Denied) -> Self {
        Self::other(denied)
    }
}

/// The folder that nothing of a checkout may lead out of: the git work tree, else the folder of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boundary {
    /// In full, with all links followed.
    root: PathBuf,
    /// One more folder that may be written to, in full: the working directory, for a log without git.
    start: Option<PathBuf>,
}

impl Boundary {
    /// The boundary of the project that `folder` belongs to.
    pub(super) fn around(folder: &Path) -> Self {
        work_tree(folder).map_or_else(|| Self::at(folder), |root| Self { root, start: None })
    }

    /// The boundary at this folder.
    pub(super) fn at(root: &Path) -> Self {
        let whole = root.canonicalize().or_else(|_| absolute(root));
        Self { root: whole.unwrap_or_else(|_| root.to_owned()), start: None }
    }

    /// The same, with one more folder that may be written to.
    pub(super) fn with_start(self, start: Option<PathBuf>) -> Self {
        Self { start, ..self }
    }

    /// The folder that may be written to as well.
    pub(super) fn start(&self) -> Option<&Path> {
        self.start.as_deref()
    }

    /// The folder, in full.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where `path`, which is there, really is.
    ///
    /// # Errors
    ///
    /// If it is not there, or leads out of the boundary or, by a link, to a hidden file or folder.
    pub(super) fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let real = path.canonicalize()?;
        let below = real.strip_prefix(&self.root).map_err(|_| Denied::Outside)?;
        let is_of_git = below.iter().any(is_git_name);
        let is_hidden = || below.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        let is_direct = || absolute(path).is_ok_and(|direct| direct == real);
        if is_of_git || is_hidden() && !is_direct() {
            return Err(Denied::Hidden.into());
        }
        Ok(real)
    }

    /// Where `path` is to be, whose last part and some of whose folders need not be there.
    ///
    /// # Errors
    ///
    /// If it would be outside of the boundary, or it is a symbolic link.
    pub(super) fn place(&self, path: &Path) -> io::Result<PathBuf> {
        let absolute = absolute(path)?;
        if is_link(&absolute) {
            return Err(Denied::Link.into());
        }
        self.place_of_name(&absolute)
    }

    /// The same for a name that may be one of a link, which is not followed.
    ///
    /// # Errors
    ///
    /// If it would be outside of the boundary.
    pub(super) fn place_of_name(&self, path: &Path) -> io::Result<PathBuf> {
        let absolute = absolute(path)?;
        let mut above = absolute.ancestors().skip(1);
        let found = above.find_map(|above| {
            let rest = absolute.strip_prefix(above).ok()?;
            // A link that leads nowhere is there all the same.
            if !is_link(above) && !above.exists() {
                return None;
            }
            Some(above.canonicalize().map(|real| real.join(rest)))
        });
        let real = found.unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()))?;
        let mut roots = [Some(self.root.as_path()), self.start()].into_iter().flatten();
        let below = roots.find_map(|root| real.strip_prefix(root).ok()).ok_or(Denied::Outside)?;
        if below.iter().any(is_git_name) {
            return Err(Denied::Hidden.into());
        }
        Ok(real)
    }

    /// The bytes of the file at `path`, at most `most`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or the policy refuses it.
    pub(super) fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        read_regular(&self.resolve(path)?, most)
    }

    /// The text of the file at `path`.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and if it is not UTF-8.
    pub(super) fn read_text(&self, path: &Path) -> io::Result<String> {
        text(self.read(path, MAX_FILE)?)
    }

    /// As [`read`](Self::read), for a path that is no link itself.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and if it is a link.
    pub(super) fn read_no_link(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        if !path.starts_with(&self.root) {
            return Err(Denied::Outside.into());
        }
        if !path.symlink_metadata()?.is_file() {
            return Err(Denied::NotRegular.into());
        }
        read_regular(path, most)
    }
}

/// The bytes of a regular file, at most `most`. A link is not followed, and a pipe is not waited for.
///
/// # Errors
///
/// If it cannot be read, is a link, or is larger.
pub(super) fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    bounded(open(path)?, most)
}

/// The first bytes of a regular file: as many as fit into `room`.
///
/// # Errors
///
/// As [`read_regular`].
pub(super) fn read_start<'r>(path: &Path, room: &'r mut [u8]) -> io::Result<&'r [u8]> {
    let length = open(path)?.read(room)?;
    Ok(room.get(..length).unwrap_or_default())
}

/// The text of a file that the user named: it may be a pipe, and it may be anywhere.
///
/// # Errors
///
/// If it cannot be read, is too large or is not UTF-8.
pub(super) fn read_named(path: &Path) -> io::Result<String> {
    text(bounded(File::open(path)?, MAX_FILE)?)
}

/// Where a file or folder is, or will be, that the user named for output.
///
/// # Errors
///
/// If a link of the project that it is named in, else of the working directory, leads it out of there.
pub(super) fn named_place(path: &Path) -> io::Result<PathBuf> {
    let absolute = absolute(path)?;
    let here = Path::new(".").canonicalize()?;
    let root = absolute.parent().and_then(root_above);
    let root = root.or_else(|| absolute.starts_with(&here).then_some(here.as_path()));
    let Some(root) = root else { return Ok(absolute) };
    let boundary = Boundary::at(root);
    if is_link(&absolute) { boundary.resolve(&absolute) } else { boundary.place(&absolute) }
}

/// A new file of our own; what has its name is not written into.
///
/// # Errors
///
/// If something of this name is there, or it cannot be made.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// A regular file of our own to be read and written; made if it is not there.
///
/// # Errors
///
/// If it is a link, or cannot be opened.
pub(super) fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = no_follow(&mut options).open(path)?;
    if is_link(path) || !file.metadata()?.is_file() {
        return Err(Denied::NotRegular.into());
    }
    Ok(file)
}

/// Gives a file or folder of ours another name.
///
/// # Errors
///
/// If the system refuses it.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Gives a file a second name.
///
/// # Errors
///
/// If the name is taken, or the disk knows no second names.
pub(super) fn link_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to)
}

/// Removes a file or a link of ours, if it is there.
///
/// # Errors
///
/// If the system refuses it.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes a folder that holds nothing; whether it did.
pub(super) fn remove_empty_folder(path: &Path) -> bool {
    fs::remove_dir(path).is_ok()
}

/// Makes a folder, and those above it.
///
/// # Errors
///
/// If the system refuses it, or a file is in the way.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Makes a folder that no other user may look into, and those above it.
///
/// # Errors
///
/// As [`make_folder`].
pub(super) fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// The names in a folder, in no order.
///
/// # Errors
///
/// If it cannot be listed.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    Ok(fs::read_dir(folder)?.flatten().map(|entry| entry.file_name()).collect())
}

/// Writes to what the user named, in place: it may be a device or a pipe. The caller has asked for its
/// [`named_place`], before it made the folders that lead there.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn write_named(path: &Path, text: &str, mode: WriteMode) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true);
    match mode {
        WriteMode::Replace => options.write(true).truncate(true),
        WriteMode::Append => options.append(true),
    };
    options.open(path)?.write_all(text.as_bytes())
}

/// What becomes of what a file holds already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WriteMode {
    Replace,
    Append,
}

/// Whether the user may write to the file; nothing is written.
pub(super) fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.permissions().readonly())
        && OpenOptions::new().write(true).open(path).is_ok()
}

/// Puts the names of the folder that holds `path` onto the disk, if the system can do that.
pub(super) fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        drop(folder.sync_all());
    }
}

/// Whether the file belongs to the user who runs the program.
#[cfg(unix)]
pub(super) fn is_mine(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    about.uid() == rustix::process::geteuid().as_raw()
}

/// Whether the file belongs to the user who runs the program; these systems are not asked.
#[cfg(not(unix))]
pub(super) fn is_mine(_: &fs::Metadata) -> bool {
    true
}

/// Whether something at `path` is a symbolic link, also one that leads nowhere.
pub(super) fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_symlink())
}

/// The whole path, judged by its words; links are followed only as far as the working directory.
pub(super) fn absolute(path: &Path) -> io::Result<PathBuf> {
    let start = if path.is_absolute() { PathBuf::new() } else { Path::new(".").canonicalize()? };
    let mut whole = start;
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    Ok(whole)
}

/// A file to be read, if it is no link; a pipe is not waited for.
///
/// # Errors
///
/// If it cannot be opened, or is a link.
pub(super) fn open(path: &Path) -> io::Result<File> {
    no_follow(OpenOptions::new().read(true))
        .open(path)
        .map_err(|error| if is_link(path) { Denied::Link.into() } else { error })
}

#[cfg(unix)]
fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed())
}

/// These systems make links only for their administrators.
#[cfg(not(unix))]
fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn bounded(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(ROOM);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Denied::TooLarge(most).into());
    }
    bytes.shrink_to_fit();
    Ok(bytes)
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not valid UTF-8"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Boundary;

    #[test]
    fn the_boundary_of_a_path_without_parts_is_not_everything() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("outside.md");
        std::fs::write(&file, "").unwrap();
        assert!(Boundary::at(Path::new("")).resolve(&file).is_err());
        assert!(Boundary::at(place.path()).resolve(&file).is_ok());
    }
}
