//! Which files of a folder are ours, and what they were when they were made. Knows nothing of what
//! they are for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::{self, BufWriter, Write as _};
use std::path::{Component, Path};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::git::is_root;
use super::path_policy::{create_new, names_in, read_regular, remove_file, rename};
use crate::text::Fingerprint;
use crate::{Error, Result};

/// Held by the build that writes to the folder.
pub(super) const BUILD_LOCK: &str = ".adr-build.lock";

/// Where a manifest is until it is whole.
const DRAFT: &str = ".adr-build.new";

/// The file that holds it; only files that it lists are ever replaced or removed.
pub(super) const MANIFEST: &str = ".adr-build";

/// Its first line. The second says what all was made from, each other one holds the fingerprint,
/// the length and the path of a file; a file that may be half written has its path alone.
const HEAD: &str = "# The files of this folder that `adr build` made and may replace.\n";

/// What the second line begins with.
const MADE_FROM: &str = "# made from ";

/// What a folder holds that is ours.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The fingerprint of what it was made from; `None` while it is being made.
    pub made_from: Option<Fingerprint>,
    /// Paths below the folder, with `/`, and what they held.
    pub files: BTreeMap<String, Option<Made>>,
}

/// A file as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Made {
    fingerprint: Fingerprint,
    length: u64,
}

impl Made {
    /// What is made of `pieces`, one after the other.
    pub(super) fn of(pieces: &[&[u8]]) -> Self {
        let length = pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let fingerprint = Fingerprint::of_pieces(pieces);
        Self { fingerprint, length: length.try_into().unwrap_or(u64::MAX) }
    }
}

impl Manifest {
    /// That of `folder`; nothing is ours in one that is empty or not there yet.
    ///
    /// # Errors
    ///
    /// Where the folder holds something and has none.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(MANIFEST);
        match read_regular(&path, u64::MAX) {
            // A folder with a repository of its own is never a site.
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
            let (path, made) = match fields.as_slice() {
                [fingerprint, length, path] => {
                    let made = fingerprint.parse().ok().zip(length.parse().ok());
                    (*path, made.map(|(fingerprint, length)| Made { fingerprint, length }))
                }
                _ => (line, None),
            };
            if is_below(path) {
                manifest.files.insert(path.to_owned(), made);
            }
        }
        manifest
    }

    /// The same paths and `others`, with nothing said of what they hold.
    pub(super) fn unsure<'p>(
        &'p self,
        others: &BTreeSet<&'p str>,
    ) -> impl Iterator<Item = (&'p str, Option<Made>)> {
        let ours = self.files.keys().map(String::as_str);
        let all: BTreeSet<&str> = ours.chain(others.iter().copied()).collect();
        all.into_iter().map(|path| (path, None))
    }

    /// Whether every file is there and holds what was written.
    ///
    /// A file that was touched before the manifest was written is believed by its length: reading
    /// all of a site takes longer than anything else that a build without changes does.
    pub(super) fn holds(&self, folder: &Path) -> bool {
        let Ok(written) = folder.join(MANIFEST).metadata() else { return false };
        let written = touched(&written);
        let files: Vec<_> = self.files.iter().collect();
        files.par_iter().all(|(path, made)| {
            let path = folder.join(path);
            let (Some(made), Ok(now)) = (made, path.symlink_metadata()) else { return false };
            let is_older = touched(&now) < written;
            now.is_file()
                && now.len() == made.length
                && (is_older
                    || read_regular(&path, u64::MAX)
                        .is_ok_and(|bytes| Made::of(&[&bytes]) == *made))
        })
    }
}

/// Writes the manifest of `folder`: what all was made from, and the files in the order of their paths.
///
/// # Errors
///
/// Where it cannot be written.
pub(super) fn write<'p>(
    folder: &Path,
    made_from: Option<Fingerprint>,
    files: impl Iterator<Item = (&'p str, Option<Made>)>,
) -> Result<()> {
    let (path, draft) = (folder.join(MANIFEST), folder.join(DRAFT));
    // What a build left that was killed.
    drop(remove_file(&draft));
    let written = create_new(&draft).and_then(|file| {
        let mut file = BufWriter::new(file);
        file.write_all(HEAD.as_bytes())?;
        made_from.iter().try_for_each(|from| writeln!(file, "{MADE_FROM}{from}"))?;
        for (path, made) in files {
            match made {
                Some(made) => writeln!(file, "{} {} {path}", made.fingerprint, made.length)?,
                None => writeln!(file, "{path}")?,
            }
        }
        file.flush()?;
        rename(&draft, &path)
    });
    written.map_err(|source| Error::Write { path, source })
}

/// When a file was touched.
#[cfg(unix)]
pub(super) type Touched = (i64, i64);

/// When a file was touched.
#[cfg(not(unix))]
pub(super) type Touched = Option<std::time::SystemTime>;

/// When the file was last changed in any way, in the ticks of its disk. Nobody can set it back.
#[cfg(unix)]
pub(super) fn touched(file: &Metadata) -> Touched {
    use std::os::unix::fs::MetadataExt as _;
    (file.ctime(), file.ctime_nsec())
}

/// When the file was last written to.
#[cfg(not(unix))]
pub(super) fn touched(file: &Metadata) -> Touched {
    file.modified().ok()
}

/// Whether the folder says that it is a site.
pub(super) fn is_in(folder: &Path) -> bool {
    folder.join(MANIFEST).symlink_metadata().is_ok()
}

/// Whether a folder is not there, or holds nothing but what a build leaves that was killed at its very start.
fn is_empty(folder: &Path) -> bool {
    match names_in(folder) {
        Ok(names) => names.iter().all(|name| name == BUILD_LOCK || name == DRAFT),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Whether a line of a manifest names a file below its folder: the manifest is a file like any
/// other, and what it says must not lead elsewhere, nor to what is hidden.
fn is_below(line: &str) -> bool {
    let is_plain = |part: Component<'_>| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    };
    !line.is_empty() && Path::new(line).components().all(is_plain)
}
