//! The folder of a site: which of its files are ours, and how they get there. One build at a time writes to it, and
//! no link in it is followed. Does not depend on what the files hold.

mod build_lock;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::manifest::{self, Made, Manifest};
use super::path_policy::{
    create_new, is_link, make_folder, named_place, read_regular, remove_empty_folder, remove_file,
};
use crate::text::Fingerprint;
use crate::{Error, Result};
use build_lock::BuildLock;

/// What became of the files of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files the site has.
    pub files: usize,
    /// How many of them were new or had changed.
    pub changed: usize,
    /// How many files of an older site were removed.
    pub removed: usize,
}

/// Takes a file, by its place among the paths of a site: what it holds, in pieces. May be called from as many
/// threads as one likes.
pub(super) type Give<'g> = dyn Fn(usize, &[&[u8]]) -> Result<()> + Sync + 'g;

/// A folder that sites are written to.
#[derive(Debug)]
pub struct SiteFolder {
    path: PathBuf,
    /// What is in it already.
    old: Manifest,
    /// Keeps other builds waiting.
    lock: BuildLock,
}

impl SiteFolder {
    /// The folder at `path`, which need not be there yet. Waits until no other build writes to it.
    ///
    /// # Errors
    ///
    /// If it holds something that was not made by [`write`](Self::write), a link of the project leads out to it, or it
    /// cannot be locked.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        named_place(path).map_err(failed)?;
        // Nothing is made in a folder that is not ours.
        Manifest::read(path)?;
        let lock = BuildLock::wait(path)?;
        Ok(Self { path: path.to_owned(), old: Manifest::read(path)?, lock })
    }

    /// How many files the site has that is there, if it was made from the same, is complete and was not touched since.
    pub fn made_from(&self, fingerprint: Fingerprint) -> Option<usize> {
        let same = self.old.made_from == Some(fingerprint);
        (same && self.old.holds(&self.path)).then_some(self.old.files.len())
    }

    /// Writes the site with the files `paths`, which is made from what has this `fingerprint`. `give` gives
    /// every file to the function that it gets.
    /// Files that are there with the same content are left alone; files of an older site that are not
    /// among `paths` are removed.
    ///
    /// # Errors
    ///
    /// If a file that is not ours is in the way, a folder is a link, or a file cannot be made or written.
    pub fn write(
        self,
        fingerprint: Fingerprint,
        paths: &[&str],
        give: impl FnOnce(&Give<'_>) -> Result<()>,
    ) -> Result<Written> {
        let Self { path: out, old, lock } = self;
        make_folders(&out, paths)?;
        // Those that are in the way are ours only if they hold what we would write.
        let is_in_way = |path: &&&str| {
            !old.files.contains_key(**path) && out.join(path).symlink_metadata().is_ok()
        };
        let has_manifest = !old.files.is_empty();
        let in_way: BTreeSet<&str> =
            paths.iter().filter(|_| has_manifest).filter(is_in_way).copied().collect();
        let ours = paths.iter().copied().filter(|path| !in_way.contains(path)).collect();
        // Whatever happens on the way, the next build knows what is ours.
        manifest::write(&out, None, old.unsure(&ours))?;
        drop(ours);
        let changed = AtomicUsize::new(0);
        let made: Vec<OnceLock<Made>> = paths.iter().map(|_| OnceLock::new()).collect();
        give(&|index, pieces| {
            let (Some(path), Some(made)) = (paths.get(index), made.get(index)) else {
                return Ok(());
            };
            let there = match () {
                () if in_way.contains(path) => There::Foreign,
                () if old.files.contains_key(*path) => There::Ours,
                () => There::Nothing,
            };
            let is_new = replace(&out.join(path), pieces, there)?;
            changed.fetch_add(usize::from(is_new), Ordering::Relaxed);
            made.get_or_init(|| Made::of(pieces));
            Ok(())
        })?;
        let made = paths.iter().zip(made);
        let made = made.filter_map(|(path, made)| Some((*path, made.into_inner()?)));
        let mut made: Vec<(&str, Made)> = made.collect();
        made.sort_unstable_by_key(|(path, _)| *path);
        let is_made = |path: &str| made.binary_search_by_key(&path, |(path, _)| path).is_ok();
        let stale: Vec<&String> = old.files.keys().filter(|path| !is_made(path)).collect();
        for path in &stale {
            remove(&out, path)?;
        }
        // The last of all, so that it is younger than every file that it speaks of.
        let files = made.into_iter().map(|(path, made)| (path, Some(made)));
        manifest::write(&out, Some(fingerprint), files)?;
        drop(lock);
        Ok(Written { files: paths.len(), changed: changed.into_inner(), removed: stale.len() })
    }
}

/// What has the name of a file that is to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum There {
    Nothing,
    Ours,
    /// It is in no manifest.
    Foreign,
}

/// Makes the folders of the files `paths`, each once.
///
/// # Errors
///
/// If one of them is a link, or cannot be made. No folder was made then that leads through a link.
fn make_folders<'p>(out: &Path, paths: &[&'p str]) -> Result<()> {
    let folder = |path: &&'p str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folders: BTreeSet<&str> = paths.iter().map(folder).chain([""]).collect();
    let places = folders.iter().map(|folder| out.join(folder));
    if let Some(path) = places.clone().find_map(|place| link_on_way(out, &place)) {
        return Err(Error::Link { path });
    }
    for path in places {
        make_folder(&path).map_err(|source| Error::MakeFolder { path, source })?;
    }
    Ok(())
}

/// Writes the file, unless it holds the same bytes; whether it was written. A link with its name is replaced.
fn replace(path: &Path, pieces: &[&[u8]], there: There) -> Result<bool> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    if there != There::Nothing {
        if read_regular(path, u64::MAX).is_ok_and(|old| holds(&old, pieces)) {
            return Ok(false);
        }
        if there == There::Foreign {
            return Err(Error::Exists { path: path.to_owned() });
        }
        // Not written into: it may be a link, or another name of a file elsewhere.
        remove_file(path).map_err(failed)?;
    }
    let written = create_new(path)
        .and_then(|mut file| pieces.iter().try_for_each(|piece| file.write_all(piece)));
    written.map_err(failed)?;
    Ok(true)
}

/// Whether `bytes` are those of `pieces`, one after the other.
fn holds(bytes: &[u8], pieces: &[&[u8]]) -> bool {
    let rest = pieces.iter().try_fold(bytes, |rest, piece| rest.strip_prefix(*piece));
    rest.is_some_and(<[u8]>::is_empty)
}

/// Removes a file of an older site, and the folders that it leaves empty.
fn remove(out: &Path, file: &str) -> Result<()> {
    let path = out.join(file);
    if path.parent().is_some_and(|folder| link_on_way(out, folder).is_some()) {
        return Ok(());
    }
    if let Err(source) = remove_file(&path) {
        return Err(Error::Write { path, source });
    }
    let mut folder: Option<&Path> = path.parent();
    // Fails for a folder that is not empty, which is what we want.
    while let Some(empty) = folder.filter(|folder| *folder != out && remove_empty_folder(folder)) {
        folder = empty.parent();
    }
    Ok(())
}

/// The link among `folder` and the folders between it and `out`.
fn link_on_way(out: &Path, folder: &Path) -> Option<PathBuf> {
    let mut folders = folder.ancestors().take_while(|folder| *folder != out);
    folders.find(|folder| is_link(folder)).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Give, SiteFolder, Written};
    use crate::Error;
    use crate::project::manifest::MANIFEST;
    use crate::text::Fingerprint;

    fn build(out: &std::path::Path, files: &[(&str, &str)]) -> crate::Result<Written> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let fingerprint = Fingerprint::of(b"these");
        let folder = SiteFolder::open(out)?;
        folder.write(fingerprint, &paths, |put| {
            (0..).zip(files).try_for_each(|(at, (_, text))| put(at, &[text.as_bytes()]))
        })
    }

    /// What a build would take for done.
    fn done(out: &std::path::Path, from: &str) -> Option<usize> {
        SiteFolder::open(out).unwrap().made_from(Fingerprint::of(from.as_bytes()))
    }

    #[test]
    fn a_site_is_done_while_it_is_made_from_the_same_and_nobody_touched_it() {
        let out = tempfile::tempdir().unwrap();
        let out = out.path();
        let files = [("a.html", "12"), ("b/c.html", "34")];
        let rebuilt = || build(out, &files).unwrap().changed;
        assert_eq!(done(out, "these"), None);
        rebuilt();
        assert_eq!(done(out, "these"), Some(2));
        assert_eq!(done(out, "others"), None);

        fs::write(out.join("a.html"), "21").unwrap();
        assert_eq!(done(out, "these"), None);
        assert_eq!((rebuilt(), done(out, "these")), (1, Some(2)));

        fs::remove_file(out.join("b/c.html")).unwrap();
        assert_eq!(done(out, "these"), None);
        assert_eq!((rebuilt(), done(out, "these")), (1, Some(2)));
    }

    /// A copy of a site has new times.
    #[test]
    fn a_file_that_was_touched_is_read() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "12")]).unwrap();
        fs::write(out.path().join("a.html"), "12").unwrap();
        assert_eq!(done(out.path(), "these"), Some(1));
    }

    #[test]
    fn a_build_that_was_killed_is_not_done() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "12")]).unwrap();
        let folder = SiteFolder::open(out.path()).unwrap();
        let fails = |_: &Give<'_>| Err(Error::NothingToCompare);
        folder.write(Fingerprint::of(b"these"), &["a.html"], fails).unwrap_err();
        assert_eq!(done(out.path(), "these"), None);
        assert_eq!(build(out.path(), &[("a.html", "12")]).unwrap().changed, 0);
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_stale_goes() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "1"), ("old/b.html", "2")]).unwrap();
        let second = build(out.path(), &[("a.html", "1"), ("c.html", "3")]).unwrap();
        assert_eq!(second, Written { files: 2, changed: 1, removed: 1 });
        let mut left: Vec<_> =
            fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [MANIFEST, "a.html", "c.html"]);
    }

    #[test]
    fn a_folder_with_files_of_others_is_refused() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("thesis.txt"), "").unwrap();
        let error = build(out.path(), &[("a.html", "")]).unwrap_err();
        assert!(matches!(error, Error::ForeignOutput { .. }), "{error}");
    }

    #[test]
    fn a_file_that_is_not_ours_is_never_replaced_or_removed() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "")]).unwrap();
        fs::write(out.path().join("CNAME"), "example.org").unwrap();
        build(out.path(), &[("b.html", "")]).unwrap();
        assert_eq!(fs::read_to_string(out.path().join("CNAME")).unwrap(), "example.org");
        let error = build(out.path(), &[("CNAME", "")]).unwrap_err();
        assert!(matches!(error, Error::Exists { .. }), "{error}");
    }

    #[test]
    fn a_manifest_cannot_lead_out_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("site");
        build(&out, &[("a.html", "")]).unwrap();
        let victim = place.path().join("victim");
        fs::write(&victim, "").unwrap();
        fs::write(out.join(MANIFEST), format!("../victim\n{}\n", victim.display())).unwrap();
        fs::remove_file(out.join("a.html")).unwrap();
        build(&out, &[("a.html", "")]).unwrap();
        assert!(victim.exists());
    }
}
