//! The folder of a site: which of its files are ours, and how they are written. One build at a time writes to it, and
//! no link in it is followed. Does not depend on what the files hold.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::build_lock::BuildLock;
use super::manifest::{FileContent, Manifest, write_manifest};
use super::output::create_folder;
use crate::project::disk::{
    create_new, is_link, is_taken, read_regular, remove_empty_folder, remove_file,
};
use crate::project::path_policy::named_path;
use crate::text::Fingerprint;
use crate::{Error, Result};

/// What a build did with the files of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteSummary {
    /// The number of files of the site.
    pub files: usize,
    /// The number of files that were new or had changed.
    pub changed: usize,
    /// The number of files of the previous site that were removed.
    pub removed: usize,
}

/// Writes a file: takes its index in the paths of a site, and its content in pieces. May be called from any number of
/// threads.
pub(super) type WriteFile<'g> = dyn Fn(usize, &[&[u8]]) -> Result<()> + Sync + 'g;

/// A folder that sites are written to.
#[derive(Debug)]
pub struct SiteFolder {
    path: PathBuf,
    /// The files of the previous site.
    previous: Manifest,
    /// Keeps other builds waiting.
    lock: BuildLock,
}

impl SiteFolder {
    /// The folder at `path`, which need not exist. Waits until no other build writes to it.
    ///
    /// # Errors
    ///
    /// If it holds something that was not made by [`write`](Self::write), a link of the project leads out to it, or it
    /// cannot be locked.
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        named_path(path).map_err(failed)?;
        // Checked before the lock creates a file in the folder, which may not be ours.
        Manifest::read(path)?;
        let lock = BuildLock::wait(path)?;
        Ok(Self { path: path.to_owned(), previous: Manifest::read(path)?, lock })
    }

    /// The number of files of the present site, if it was made from the same input, is complete and was not changed.
    pub fn made_from(&self, fingerprint: Fingerprint) -> Option<usize> {
        let is_same = self.previous.made_from == Some(fingerprint);
        (is_same && self.previous.is_up_to_date(&self.path)).then_some(self.previous.files.len())
    }

    /// Writes the site with the files `paths`, made from the input with this `fingerprint`. `render` passes every file
    /// to its argument. Files that exist with the same content are left alone; files of the previous site that are not
    /// among `paths` are removed.
    ///
    /// # Errors
    ///
    /// If a file that is not ours has one of the names, a folder is a link, or a file cannot be written.
    pub fn write(
        self,
        fingerprint: Fingerprint,
        paths: &[&str],
        render: impl FnOnce(&WriteFile<'_>) -> Result<()>,
    ) -> Result<SiteSummary> {
        let Self { path: out, previous, lock } = self;
        create_folders(&out, paths)?;
        let foreign_paths = foreign_paths(&out, paths, &previous);
        let our_paths = paths.iter().copied().filter(|path| !foreign_paths.contains(path));
        // Written first, so that the next build knows our files even if this one is interrupted.
        write_manifest(&out, None, previous.without_content(&our_paths.collect()))?;
        let changed_count = AtomicUsize::new(0);
        let contents: Vec<OnceLock<FileContent>> = paths.iter().map(|_| OnceLock::new()).collect();
        render(&|index, pieces| {
            let (Some(path), Some(content)) = (paths.get(index), contents.get(index)) else {
                return Ok(());
            };
            let owner = match () {
                () if foreign_paths.contains(path) => NameOwner::Foreign,
                () if previous.files.contains_key(*path) => NameOwner::Ours,
                () => NameOwner::Nothing,
            };
            let is_written = replace(&out.join(path), pieces, owner)?;
            changed_count.fetch_add(usize::from(is_written), Ordering::Relaxed);
            content.get_or_init(|| FileContent::of(pieces));
            Ok(())
        })?;
        let written_files = sorted_files(paths, contents);
        let is_written =
            |path: &str| written_files.binary_search_by_key(&path, |(path, _)| path).is_ok();
        let stale_files: Vec<&String> =
            previous.files.keys().filter(|path| !is_written(path)).collect();
        for path in &stale_files {
            remove(&out, path)?;
        }
        // Written last, so that it is younger than every file in it: see `Manifest::is_up_to_date`.
        let files = written_files.into_iter().map(|(path, content)| (path, Some(content)));
        write_manifest(&out, Some(fingerprint), files)?;
        drop(lock);
        let (changed, removed) = (changed_count.into_inner(), stale_files.len());
        Ok(SiteSummary { files: paths.len(), changed, removed })
    }
}

/// The files that were written, with their content, sorted by path.
fn sorted_files<'p>(
    paths: &[&'p str],
    contents: Vec<OnceLock<FileContent>>,
) -> Vec<(&'p str, FileContent)> {
    let files = paths.iter().zip(contents);
    let files = files.filter_map(|(path, content)| Some((*path, content.into_inner()?)));
    let mut files: Vec<(&str, FileContent)> = files.collect();
    files.sort_unstable_by_key(|(path, _)| *path);
    files
}

/// The `paths` at which there are files that no manifest lists. Such a file is ours only if it has the content that we
/// would write. A folder without a manifest is empty.
fn foreign_paths<'p>(out: &Path, paths: &[&'p str], previous: &Manifest) -> BTreeSet<&'p str> {
    if previous.files.is_empty() {
        return BTreeSet::new();
    }
    let is_foreign = |path: &&str| !previous.files.contains_key(*path) && is_taken(&out.join(path));
    paths.iter().copied().filter(is_foreign).collect()
}

/// The owner of the name of a file to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameOwner {
    Nothing,
    Ours,
    /// A file that is in no manifest.
    Foreign,
}

/// Creates the folders of the files `paths`, each once.
///
/// # Errors
///
/// If one of them is a link, or cannot be created. If one is a link, none is created.
fn create_folders<'p>(out: &Path, paths: &[&'p str]) -> Result<()> {
    let folder = |path: &&'p str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folders: BTreeSet<&str> = paths.iter().map(folder).chain([""]).collect();
    let folders = folders.iter().map(|folder| out.join(folder));
    if let Some(path) = folders.clone().find_map(|folder| find_link(out, &folder)) {
        return Err(Error::Link { path });
    }
    folders.into_iter().try_for_each(|folder| create_folder(&folder))
}

/// Writes the file, unless it holds the same bytes, and returns whether it did. Replaces a link of this name.
fn replace(path: &Path, pieces: &[&[u8]], owner: NameOwner) -> Result<bool> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    if owner != NameOwner::Nothing {
        if read_regular(path, u64::MAX).is_ok_and(|bytes| consists_of(&bytes, pieces)) {
            return Ok(false);
        }
        if owner == NameOwner::Foreign {
            return Err(Error::Exists { path: path.to_owned() });
        }
        // Not overwritten in place: it may be a link, or a second name of another file.
        remove_file(path).map_err(failed)?;
    }
    let written = create_new(path)
        .and_then(|mut file| pieces.iter().try_for_each(|piece| file.write_all(piece)));
    written.map_err(failed)?;
    Ok(true)
}

/// Whether `bytes` are `pieces`, one after the other.
fn consists_of(bytes: &[u8], pieces: &[&[u8]]) -> bool {
    let remaining_bytes =
        pieces.iter().try_fold(bytes, |remaining, piece| remaining.strip_prefix(*piece));
    remaining_bytes.is_some_and(<[u8]>::is_empty)
}

/// Removes a file of the previous site, and the folders that are empty then.
fn remove(out: &Path, file: &str) -> Result<()> {
    let path = out.join(file);
    if path.parent().is_some_and(|folder| find_link(out, folder).is_some()) {
        return Ok(());
    }
    if let Err(source) = remove_file(&path) {
        return Err(Error::Write { path, source });
    }
    let mut folder: Option<&Path> = path.parent();
    // Fails for a folder that is not empty, as intended.
    while let Some(removed) = folder.filter(|folder| *folder != out && remove_empty_folder(folder))
    {
        folder = removed.parent();
    }
    Ok(())
}

/// The first link among `folder` and its parents below `out`.
fn find_link(out: &Path, folder: &Path) -> Option<PathBuf> {
    let mut folders = folder.ancestors().take_while(|folder| *folder != out);
    folders.find(|folder| is_link(folder)).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{SiteFolder, SiteSummary, WriteFile};
    use crate::Error;
    use crate::project::write::manifest::MANIFEST;
    use crate::text::Fingerprint;

    fn build(out: &std::path::Path, files: &[(&str, &str)]) -> crate::Result<SiteSummary> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let fingerprint = Fingerprint::of(b"these");
        let folder = SiteFolder::open(out)?;
        folder.write(fingerprint, &paths, |write_file| {
            let mut files = files.iter().enumerate();
            files.try_for_each(|(index, (_, text))| write_file(index, &[text.as_bytes()]))
        })
    }

    /// The number of files of a site that is up to date.
    fn files_if_done(out: &std::path::Path, from: &str) -> Option<usize> {
        SiteFolder::open(out).unwrap().made_from(Fingerprint::of(from.as_bytes()))
    }

    #[test]
    fn a_site_is_done_while_it_is_made_from_the_same_and_unchanged() {
        let out = tempfile::tempdir().unwrap();
        let out = out.path();
        let files = [("a.html", "12"), ("b/c.html", "34")];
        let rebuilt = || build(out, &files).unwrap().changed;
        assert_eq!(files_if_done(out, "these"), None);
        rebuilt();
        assert_eq!(files_if_done(out, "these"), Some(2));
        assert_eq!(files_if_done(out, "others"), None);

        fs::write(out.join("a.html"), "21").unwrap();
        assert_eq!(files_if_done(out, "these"), None);
        assert_eq!((rebuilt(), files_if_done(out, "these")), (1, Some(2)));

        fs::remove_file(out.join("b/c.html")).unwrap();
        assert_eq!(files_if_done(out, "these"), None);
        assert_eq!((rebuilt(), files_if_done(out, "these")), (1, Some(2)));
    }

    /// A copy of a site has new times.
    #[test]
    fn a_file_that_is_younger_than_the_manifest_is_compared() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "12")]).unwrap();
        fs::write(out.path().join("a.html"), "12").unwrap();
        assert_eq!(files_if_done(out.path(), "these"), Some(1));
    }

    #[test]
    fn a_killed_build_is_not_done() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "12")]).unwrap();
        let folder = SiteFolder::open(out.path()).unwrap();
        let fails = |_: &WriteFile<'_>| Err(Error::NothingToCompare);
        folder.write(Fingerprint::of(b"these"), &["a.html"], fails).unwrap_err();
        assert_eq!(files_if_done(out.path(), "these"), None);
        assert_eq!(build(out.path(), &[("a.html", "12")]).unwrap().changed, 0);
    }

    #[test]
    fn only_changed_files_are_written_and_stale_ones_are_removed() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "1"), ("old/b.html", "2")]).unwrap();
        let second = build(out.path(), &[("a.html", "1"), ("c.html", "3")]).unwrap();
        assert_eq!(second, SiteSummary { files: 2, changed: 1, removed: 1 });
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
    fn a_foreign_file_is_never_replaced_or_removed() {
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
