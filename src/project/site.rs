//! The folder of a site: which of its files are ours, and how they come there. Knows nothing of
//! what they hold.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::{Error, Result};

/// The file that lists what is ours; only files in it are ever replaced or removed.
pub(super) const MANIFEST: &str = ".adr-build";

/// Its first line.
const MANIFEST_HEAD: &str = "# The files of this folder that `adr build` made and may replace.\n";

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

/// Writes the site with the files `paths` below `out`. `render` gives the content of the file at
/// a place in `paths`, and is called from many threads. Files that are there with the same content
/// are left alone; files of an older site that are not among `paths` are removed.
///
/// # Errors
///
/// Where `out` holds something that was not made so, a file cannot be rendered or written.
pub fn write_site(
    out: &Path,
    paths: &[&str],
    render: impl Fn(usize) -> Result<Vec<u8>> + Sync,
) -> Result<Written> {
    let old = manifest(out)?;
    let new: BTreeSet<String> = paths.iter().map(|&path| path.to_owned()).collect();
    let foreign = new.difference(&old).map(|path| out.join(path)).find(|path| path.exists());
    if let Some(path) = foreign {
        return Err(Error::Exists { path });
    }
    // Whatever happens on the way, the next build knows what is ours.
    write_manifest(out, &old.union(&new).cloned().collect())?;
    let changed = AtomicUsize::new(0);
    paths.par_iter().enumerate().try_for_each(|(index, path)| {
        let is_new = replace(&out.join(path), &render(index)?)?;
        changed.fetch_add(usize::from(is_new), Ordering::Relaxed);
        Ok::<(), crate::Error>(())
    })?;
    let stale: Vec<&String> = old.difference(&new).collect();
    for path in &stale {
        remove(out, path)?;
    }
    write_manifest(out, &new)?;
    Ok(Written { files: paths.len(), changed: changed.into_inner(), removed: stale.len() })
}

/// The files in `out` that are ours; none where it is empty or not there yet.
fn manifest(out: &Path) -> Result<BTreeSet<String>> {
    let path = out.join(MANIFEST);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.lines().filter(|line| is_below(line)).map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_empty = match fs::read_dir(out) {
                Ok(mut entries) => entries.next().is_none(),
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            if is_empty {
                Ok(BTreeSet::new())
            } else {
                Err(Error::ForeignOutput { path: out.to_owned() })
            }
        }
        Err(source) => Err(Error::Read { path, source }),
    }
}

/// Whether a line of a manifest names a file below its folder: the manifest is a file like any
/// other, and what it says must not lead elsewhere.
fn is_below(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with('#')
        && Path::new(line).components().all(|part| matches!(part, Component::Normal(_)))
}

fn write_manifest(out: &Path, files: &BTreeSet<String>) -> Result<()> {
    let mut text = String::from(MANIFEST_HEAD);
    for file in files {
        // A string takes whatever is written to it.
        let _ = writeln!(text, "{file}");
    }
    replace(&out.join(MANIFEST), text.as_bytes()).map(drop)
}

/// Writes the file, unless it is there with the same bytes; whether it was written.
fn replace(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let fault = |source| Error::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    fs::write(path, bytes).map_err(fault)?;
    Ok(true)
}

/// Removes a file of an older site, and the folders that it leaves empty.
fn remove(out: &Path, file: &str) -> Result<()> {
    let path = out.join(file);
    if leads_out(out, &path) {
        return Ok(());
    }
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Error::Write { path, source: error });
        }
        _ => {}
    }
    let mut folder: Option<&Path> = path.parent();
    // Fails for a folder that is not empty, which is what we want.
    while let Some(empty) = folder.filter(|folder| *folder != out && fs::remove_dir(folder).is_ok())
    {
        folder = empty.parent();
    }
    Ok(())
}

/// Whether a folder between `out` and `path` is a link to somewhere else.
fn leads_out(out: &Path, path: &Path) -> bool {
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != out);
    folders.map(PathBuf::from).any(|folder| folder.is_symlink())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MANIFEST, Written, write_site};
    use crate::Error;

    fn build(out: &std::path::Path, files: &[(&str, &str)]) -> crate::Result<Written> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        write_site(out, &paths, |index| Ok(files[index].1.as_bytes().to_vec()))
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
