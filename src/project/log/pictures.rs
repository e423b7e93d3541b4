//! Which files next to the records may be published with them. Does not depend on pages.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::project::disk::{is_link, read_regular};
use crate::project::git::{Git, is_root, tracked_among};
use crate::svg::{Refused, cleaned};
use crate::{Error, Result};

/// The file types that every browser shows and none executes. A drawing in SVG is published without what could be
/// executed.
const PICTURE_TYPES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// The size limit of a published picture, in bytes.
const MAX_PICTURE: u64 = 5_000_000;

/// Why a picture that exists is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Git does not track it.
    Untracked,
    /// It is unknown whether git tracks it.
    Unasked,
    /// It is outside of the project, or hidden.
    Outside,
    /// It is a symbolic link, or below one.
    Link,
    /// Not every browser shows files of its type.
    Kind,
    /// It is too large.
    Large,
    /// It is a drawing that cannot be published.
    Drawing(Refused),
}

impl LeftOut {
    /// The reason as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Untracked => "untracked",
            Self::Unasked => "unasked",
            Self::Outside => "outside",
            Self::Link => "link",
            Self::Kind => "kind",
            Self::Large => "large",
            Self::Drawing(Refused::Labels) => "labels",
            Self::Drawing(_) => "drawing",
        }
    }

    /// The reason as a clause, for the output of a build.
    pub fn why(self) -> &'static str {
        match self {
            Self::Untracked => "git does not track it; `git add` it to publish it",
            Self::Unasked => "git could not check whether it is tracked",
            Self::Outside => "it is hidden or outside of the project",
            Self::Link => "it is a symbolic link",
            Self::Kind => "it is not a png, jpeg, gif, webp, avif or svg file",
            Self::Large => "it is larger than 5 MB",
            Self::Drawing(refused) => refused.why(),
        }
    }
}

/// The existing pictures that records show.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Those that may be published: their paths as in links of records, and their locations.
    pub found: BTreeMap<String, PathBuf>,
    /// The others.
    pub left_out: BTreeMap<String, LeftOut>,
}

/// The folders that pictures are looked up in.
pub(in crate::project) struct PictureScope<'a> {
    /// The folder of the log, which paths in records are relative to.
    pub folder: &'a Path,
    /// The root of the project.
    pub root: &'a Path,
    /// The repository at the root, if git works in it.
    pub git: Option<&'a Git>,
}

/// Of `paths`, as in links of records, those that may be published: regular files, no symbolic links, below the root
/// and, in a git repository, tracked.
pub(in crate::project) fn find_pictures(
    scope: &PictureScope<'_>,
    paths: &BTreeSet<String>,
) -> Pictures {
    let PictureScope { folder, root, git } = scope;
    let mut pictures = Pictures::default();
    for path in paths {
        let Some(file) = resolve_path(folder, path).filter(|file| file.exists()) else { continue };
        match refusal(root, &file) {
            Some(reason) => drop(pictures.left_out.insert(path.clone(), reason)),
            None => drop(pictures.found.insert(path.clone(), file)),
        }
    }
    if is_root(root) {
        let git_paths = pictures.found.values().filter_map(|file| file.strip_prefix(root).ok());
        let git_paths: Vec<&Path> = git_paths.collect();
        let tracked_files = git.map(|git| tracked_among(git, &git_paths)).unwrap_or_default();
        let is_tracked =
            |file: &Path| file.strip_prefix(root).is_ok_and(|path| tracked_files.contains(path));
        let (tracked, untracked): (BTreeMap<_, _>, BTreeMap<_, _>) =
            pictures.found.into_iter().partition(|(_, file)| is_tracked(file));
        pictures.found = tracked;
        let reason = if git.is_some() { LeftOut::Untracked } else { LeftOut::Unasked };
        pictures.left_out.extend(untracked.into_keys().map(|path| (path, reason)));
    }
    pictures
}

/// The bytes of a picture as they are published: the whole file, or a drawing without what could be executed.
///
/// # Errors
///
/// If it cannot be read any more, or has become a drawing that cannot be published.
pub fn read_picture(path: &Path) -> Result<Vec<u8>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let bytes = read_regular(path, MAX_PICTURE).map_err(failed)?;
    if picture_type(path) != "svg" {
        return Ok(bytes);
    }
    let drawing = cleaned(&bytes).map_err(|refused| failed(io::Error::other(refused.why())))?;
    Ok(drawing.into_bytes())
}

/// The extension of a file name, in lower case.
fn picture_type(path: &Path) -> String {
    let extension = path.extension().map(|extension| extension.to_string_lossy());
    extension.unwrap_or_default().to_ascii_lowercase()
}

/// The file that `path` means in `folder`.
fn resolve_path(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut resolved_path = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => resolved_path.push(name),
            Component::ParentDir => {
                resolved_path.pop();
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(resolved_path)
}

/// Why the file at `path` may not be published, whether or not git tracks it.
fn refusal(root: &Path, path: &Path) -> Option<LeftOut> {
    let path_below = path.strip_prefix(root);
    let is_hidden = |path: &Path| path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    if path_below.map_or(true, is_hidden) {
        return Some(LeftOut::Outside);
    }
    // A link may lead to a file that was not meant to be published.
    if path.ancestors().take_while(|ancestor| *ancestor != root).any(is_link) {
        return Some(LeftOut::Link);
    }
    let picture_type = picture_type(path);
    match path.symlink_metadata() {
        Ok(file) if file.is_file() && PICTURE_TYPES.contains(&picture_type.as_str()) => {
            match picture_type.as_str() {
                _ if file.len() > MAX_PICTURE => Some(LeftOut::Large),
                "svg" => read_regular(path, MAX_PICTURE)
                    .map_or(Some(Refused::Malformed), |bytes| cleaned(&bytes).err())
                    .map(LeftOut::Drawing),
                _ => None,
            }
        }
        _ => Some(LeftOut::Kind),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::process::Command;

    use super::{LeftOut, PictureScope, Refused, find_pictures, read_picture};
    use crate::project::git::Git;

    #[test]
    fn a_drawing_is_published_without_scripts() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let drawing =
            "<svg xmlns='http://www.w3.org/2000/svg'><script>x</script><path d='M0 0'/></svg>";
        fs::write(root.join("a.SVG"), drawing).unwrap();
        fs::write(root.join("b.svg"), "<svg>").unwrap();
        let wanted = ["a.SVG", "b.svg"].map(str::to_owned).into_iter().collect();
        let scope = PictureScope { folder: &root, root: &root, git: None };
        let pictures = find_pictures(&scope, &wanted);
        assert_eq!(pictures.found.keys().collect::<Vec<_>>(), ["a.SVG"]);
        let refused = LeftOut::Drawing(Refused::Malformed);
        assert_eq!(pictures.left_out, [("b.svg".to_owned(), refused)].into());
        let shown = String::from_utf8(read_picture(&root.join("a.SVG")).unwrap()).unwrap();
        assert!(shown.contains("<path d=\"M0 0\"/>") && !shown.contains("script"), "{shown}");
        assert!(read_picture(&root.join("b.svg")).is_err());
    }

    #[test]
    fn only_tracked_regular_files_below_the_root_are_published() {
        let place = tempfile::tempdir().unwrap();
        let place = place.path().canonicalize().unwrap();
        let root = place.join("project");
        let folder = root.join("docs/adr");
        fs::create_dir_all(&folder).unwrap();
        for name in ["a.png", "untracked.png", "notes.txt", "x y.png"] {
            fs::write(folder.join(name), "").unwrap();
        }
        fs::write(root.join("b.png"), "").unwrap();
        fs::write(place.join("outside.png"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(place.join("outside.png"), folder.join("link.png")).unwrap();
        let git = |arguments: &[&str]| {
            let done = Command::new("git").arg("-C").arg(&root).args(arguments).output().unwrap();
            assert!(done.status.success());
        };
        git(&["init", "-q"]);
        git(&["add", "-A"]);
        git(&["rm", "-q", "--cached", "docs/adr/untracked.png"]);
        let wanted = [
            "a.png",
            "./x y.png",
            "../../b.png",
            "untracked.png",
            "notes.txt",
            "link.png",
            "../../../outside.png",
            "missing.png",
            "../../.git/x.png",
        ];
        let wanted: BTreeSet<String> = wanted.map(str::to_owned).into_iter().collect();
        let git = Git::around(&root).unwrap();
        let scope = PictureScope { folder: &folder, root: &root, git: git.as_ref() };
        let pictures = find_pictures(&scope, &wanted);
        let found: Vec<_> = pictures.found.keys().map(String::as_str).collect();
        assert_eq!(found, ["../../b.png", "./x y.png", "a.png"]);
        let left: Vec<_> =
            pictures.left_out.iter().map(|(path, why)| (path.as_str(), *why)).collect();
        let expected = [
            ("../../../outside.png", LeftOut::Outside),
            #[cfg(unix)]
            ("link.png", LeftOut::Link),
            ("notes.txt", LeftOut::Kind),
            ("untracked.png", LeftOut::Untracked),
        ];
        assert_eq!(left, expected);
    }
}
