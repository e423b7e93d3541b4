//! Opens, lists, renames and removes files for the rest of `project`; the only module that does. `path_policy`
//! decides which paths may be used.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The size limit of a file that is read whole, in bytes. A larger one would take the memory of everything else.
pub(super) const MAX_FILE: u64 = 64 * 1024 * 1024;

/// The first capacity of a buffer, in bytes. Most records fit, so their length need not be looked up.
const INITIAL_CAPACITY: usize = 8 * 1024;

/// Why a path may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// It leads out of the project.
    Outside,
    /// It leads, through a link, to a hidden file or to git's own files.
    Hidden,
    /// It is a symbolic link in a place that allows none.
    Link,
    /// It is a device, a pipe or a folder.
    NotRegular,
    /// It is larger than this number of bytes.
    TooLarge(u64),
}

impl std::fmt::Display for Denied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Outside => f.write_str("it leads out of the project"),
            Self::Hidden => f.write_str("it is a link to a hidden file"),
            Self::Link => f.write_str("it is a symbolic link"),
            Self::NotRegular => f.write_str("it is not a regular file"),
            Self::TooLarge(limit) if *limit >= 1 << 20 => {
                write!(f, "it is larger than {} MiB", limit >> 20)
            }
            Self::TooLarge(limit) => write!(f, "it is larger than {} KiB", limit >> 10),
        }
    }
}

impl std::error::Error for Denied {}

impl From<Denied> for io::Error {
    fn from(denied: Denied) -> Self {
        Self::other(denied)
    }
}

/// The bytes of a regular file, at most `limit`. Does not follow a link or wait for a pipe.
///
/// # Errors
///
/// If it cannot be read, is a link, or is larger.
pub(super) fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_at_most(open(path)?, limit)
}

/// The first bytes of a regular file: as many as fit into `buffer`.
///
/// # Errors
///
/// As [`read_regular`].
pub(super) fn read_start<'b>(path: &Path, buffer: &'b mut [u8]) -> io::Result<&'b [u8]> {
    let length = open(path)?.read(buffer)?;
    Ok(buffer.get(..length).unwrap_or_default())
}

/// The text of a file that the user named: it may be a pipe, and it may be anywhere.
///
/// # Errors
///
/// If it cannot be read, is too large or is not UTF-8.
pub(super) fn read_named(path: &Path) -> io::Result<String> {
    decode(read_at_most(File::open(path)?, MAX_FILE)?)
}

/// Opens a file for reading. Refuses a link and does not wait for a pipe.
///
/// # Errors
///
/// If it cannot be opened, or is a link.
pub(super) fn open(path: &Path) -> io::Result<File> {
    no_follow(OpenOptions::new().read(true))
        .open(path)
        .map_err(|error| if is_link(path) { Denied::Link.into() } else { error })
}

/// Opens a regular file of our own for reading and writing, and creates it if it does not exist.
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

#[cfg(unix)]
fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed())
}

/// On these systems only administrators create links.
#[cfg(not(unix))]
fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn read_at_most(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(INITIAL_CAPACITY);
    // One byte more than allowed, to notice that the file is too large.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Denied::TooLarge(limit).into());
    }
    bytes.shrink_to_fit();
    Ok(bytes)
}

/// The text in `bytes`, the content of a file.
///
/// # Errors
///
/// If they are not UTF-8.
pub(super) fn decode(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not valid UTF-8"))
}

/// Creates a file of our own. Never writes into a file that has its name.
///
/// # Errors
///
/// If something has this name, or the file cannot be created.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// What happens to the present content of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WriteMode {
    Replace,
    Append,
}

/// Writes to a path that the user named, in place: it may be a device or a pipe. The caller has checked it with
/// `path_policy::named_path` before creating the folders that lead there.
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

/// Renames a file or folder of ours.
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
/// If the name is taken, or the file system has no second names.
pub(super) fn link_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to)
}

/// Removes a file or a link of ours, if it exists.
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

/// Removes a folder if it is empty, and returns whether it did.
pub(super) fn remove_empty_folder(path: &Path) -> bool {
    fs::remove_dir(path).is_ok()
}

/// Creates a folder and its parents.
///
/// # Errors
///
/// If the system refuses it, or a file has the name.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Creates a folder that no other user can read, and its parents.
///
/// # Errors
///
/// As [`create_folder`].
pub(super) fn create_private_folder(path: &Path) -> io::Result<()> {
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

/// Whether the user may write to the file. Writes nothing.
pub(super) fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.permissions().readonly())
        && OpenOptions::new().write(true).open(path).is_ok()
}

/// Flushes the names in the parent folder of `path` to the disk, if the system can do that.
pub(super) fn sync_parent(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        drop(folder.sync_all());
    }
}

/// Whether the file belongs to the user who runs the program.
#[cfg(unix)]
pub(super) fn is_mine(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// Whether the file belongs to the user who runs the program; not checked on these systems.
#[cfg(not(unix))]
pub(super) fn is_mine(_: &fs::Metadata) -> bool {
    true
}

/// Whether `path` is a symbolic link, including a broken one.
pub(super) fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink())
}

/// Whether something has this name, including a broken symbolic link.
pub(super) fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The absolute path of a file that need not exist: the links among its existing folders are followed, the remaining
/// parts are appended. `None` if the working directory is gone.
pub(super) fn canonical_name(path: &Path) -> Option<PathBuf> {
    let absolute_path = Path::new(".").canonicalize().ok()?.join(path);
    absolute_path.ancestors().skip(1).find_map(|ancestor| {
        let remaining_path = absolute_path.strip_prefix(ancestor).ok()?;
        Some(ancestor.canonicalize().ok()?.join(remaining_path))
    })
}
