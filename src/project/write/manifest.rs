//! Records which files of a folder are ours, and what they held when they were written. Does not depend on their
//! purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::{self, BufWriter, Write as _};
use std::path::{Component, Path};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::project::disk::{create_new, is_taken, names_in, read_regular, remove_file, rename};
use crate::project::git::is_root;
use crate::text::Fingerprint;
use crate::{Error, Result};

/// Locked by the build that writes to the folder.
pub(super) const BUILD_LOCK: &str = ".adr-build.lock";

/// The name of a manifest while it is being written.
const DRAFT: &str = ".adr-build.new";

/// The file that holds the manifest. Only files that it lists are ever replaced or removed.
pub(super) const MANIFEST: &str = ".adr-build";

/// The first line. The second one holds the fingerprint of the input of the build. Each other line holds the
/// fingerprint, the length and the path of a file, or only the path if the file may be half written.
const HEADER: &str = "# The files of this folder that `adr build` made and may replace.\n";

/// The start of the second line.
const MADE_FROM: &str = "# made from ";

/// The files of a folder that are ours.
#[derive(Debug, Default)]
pub(in crate::project) struct Manifest {
    /// The fingerprint of the input of the build; `None` until the build is complete.
    pub made_from: Option<Fingerprint>,
    /// Paths below the folder, with `/`, and their content.
    pub files: BTreeMap<String, Option<FileContent>>,
}

/// The content of a file when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) struct FileContent {
    fingerprint: Fingerprint,
    length: u64,
}

impl FileContent {
    /// The content that consists of `pieces`.
    pub(super) fn of(pieces: &[&[u8]]) -> Self {
        let length = pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let fingerprint = Fingerprint::of_pieces(pieces);
        Self { fingerprint, length: length.try_into().unwrap_or(u64::MAX) }
    }
}

impl Manifest {
    /// The manifest of `folder`; an empty one if the folder is empty or does not exist.
    ///
    /// # Errors
    ///
    /// If the folder holds something and has no manifest.
    pub(in crate::project) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(MANIFEST);
        match read_regular(&path, u64::MAX) {
            // The root of a repository is never a site.
            Ok(_) if is_root(folder) => Err(Error::ForeignOutput { path: folder.to_owned() }),
            Ok(bytes) => Ok(Self::parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if is_empty(folder) {
                    Ok(Self::default())
                } else {
                    Err(Error::ForeignOutput { path: folder.to_owned() })
                }
            }
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    fn parse(text: &str) -> Self {
        let mut manifest = Self::default();
        for line in text.lines() {
            if let Some(made_from) = line.strip_prefix(MADE_FROM) {
                manifest.made_from = made_from.parse().ok();
            }
            if line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = line.splitn(3, ' ').collect();
            let (path, content) = match fields.as_slice() {
                [fingerprint, length, path] => {
                    let content = fingerprint.parse().ok().zip(length.parse().ok());
                    (
                        *path,
                        content.map(|(fingerprint, length)| FileContent { fingerprint, length }),
                    )
                }
                _ => (line, None),
            };
            if is_below(path) {
                manifest.files.insert(path.to_owned(), content);
            }
        }
        manifest
    }

    /// Our paths and `others`, without their content.
    pub(super) fn without_content<'p>(
        &'p self,
        others: &BTreeSet<&'p str>,
    ) -> impl Iterator<Item = (&'p str, Option<FileContent>)> {
        let our_paths = self.files.keys().map(String::as_str);
        let all_paths: BTreeSet<&str> = our_paths.chain(others.iter().copied()).collect();
        all_paths.into_iter().map(|path| (path, None))
    }

    /// Whether every file exists with the content that was written.
    ///
    /// Of a file that last changed before the manifest, only the length is compared: reading a whole site takes longer
    /// than everything else in a build without changes.
    pub(super) fn is_up_to_date(&self, folder: &Path) -> bool {
        let Ok(manifest) = folder.join(MANIFEST).metadata() else { return false };
        let manifest_time = change_time(&manifest);
        let files: Vec<_> = self.files.iter().collect();
        files.par_iter().all(|(path, content)| {
            let path = folder.join(path);
            let (Some(content), Ok(metadata)) = (content, path.symlink_metadata()) else {
                return false;
            };
            let is_older = change_time(&metadata) < manifest_time;
            let is_same = || read_regular(&path, u64::MAX).map(|bytes| FileContent::of(&[&bytes]));
            metadata.is_file()
                && metadata.len() == content.length
                && (is_older || is_same().is_ok_and(|current| current == *content))
        })
    }
}

/// Writes the manifest of `folder`: the fingerprint of the input, and the files sorted by path.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn write_manifest<'p>(
    folder: &Path,
    made_from: Option<Fingerprint>,
    files: impl Iterator<Item = (&'p str, Option<FileContent>)>,
) -> Result<()> {
    let (path, draft) = (folder.join(MANIFEST), folder.join(DRAFT));
    // Left by a build that was killed.
    drop(remove_file(&draft));
    let written = create_new(&draft).and_then(|file| {
        let mut writer = BufWriter::new(file);
        writer.write_all(HEADER.as_bytes())?;
        made_from.iter().try_for_each(|from| writeln!(writer, "{MADE_FROM}{from}"))?;
        for (path, content) in files {
            match content {
                Some(FileContent { fingerprint, length }) => {
                    writeln!(writer, "{fingerprint} {length} {path}")?;
                }
                None => writeln!(writer, "{path}")?,
            }
        }
        writer.flush()?;
        rename(&draft, &path)
    });
    written.map_err(|source| Error::Write { path, source })
}

/// A moment in the time of a disk: seconds and nanoseconds.
pub(in crate::project) type ChangeTime = (i64, i64);

/// When the file last changed in any way. No program can set it back.
#[cfg(unix)]
pub(in crate::project) fn change_time(file: &Metadata) -> ChangeTime {
    use std::os::unix::fs::MetadataExt as _;
    (file.ctime(), file.ctime_nsec())
}

/// When the file was last written.
#[cfg(not(unix))]
pub(in crate::project) fn change_time(file: &Metadata) -> ChangeTime {
    let modified = file.modified().unwrap_or(std::time::UNIX_EPOCH);
    let time = modified.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    (time.as_secs().cast_signed(), time.subsec_nanos().into())
}

/// Whether the folder holds a built site.
pub(in crate::project) fn is_site(folder: &Path) -> bool {
    is_taken(&folder.join(MANIFEST))
}

/// Whether a folder does not exist, or holds only what a build leaves that was killed at its very start.
fn is_empty(folder: &Path) -> bool {
    match names_in(folder) {
        Ok(names) => names.iter().all(|name| name == BUILD_LOCK || name == DRAFT),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Whether a path of a manifest names a file below its folder. Anyone can edit a manifest, so its paths must not lead
/// out of the folder, nor to hidden files.
fn is_below(path: &str) -> bool {
    let is_plain = |part: Component<'_>| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    };
    !path.is_empty() && Path::new(path).components().all(is_plain)
}
