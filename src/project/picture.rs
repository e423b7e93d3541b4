//! Which files next to the records may be published with them. Does not depend on pages.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::git::{Git, is_root, tracked_among};
use super::path_policy::{is_link, read_regular};
use crate::svg::{Refused, cleaned};
use crate::{Error, Result};

/// The kinds of pictures that every browser shows and none runs. A drawing in SVG is written again without
/// what could run.
const KINDS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// The largest picture that is published, in bytes.
const LARGEST: u64 = 5_000_000;

/// Why a picture that is there is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Git does not track it.
    Untracked,
    /// Git refused to say whether it tracks it.
    Unasked,
    /// It is outside of the project, or hidden.
    Outside,
    /// It is a symbolic link, or below one.
    Link,
    /// Not every browser shows files of its kind.
    Kind,
    /// It is too large.
    Large,
    /// It is a drawing that cannot be shown.
    Drawing(Refused),
}

impl LeftOut {
    /// A word for it.
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

    /// A sentence on it, for whoever builds.
    pub fn why(self) -> &'static str {
        match self {
            Self::Untracked => "git does not track it; `git add` it to publish it",
            Self::Unasked => "git cannot be asked whether it tracks it",
            Self::Outside => "it is hidden, or outside of the project",
            Self::Link => "it is a symbolic link",
            Self::Kind => "it is no png, jpeg, gif, webp, avif or svg",
            Self::Large => "it has more than 5 MB",
            Self::Drawing(refused) => refused.why(),
        }
    }
}

/// The pictures that records show and that are there.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Those that may be published, by their paths as links in records have them, and where they are.
    pub found: BTreeMap<String, PathBuf>,
    /// The others.
    pub left_out: BTreeMap<String, LeftOut>,
}

/// Where pictures may be.
pub(super) struct Shelf<'a> {
    /// The folder of the log, which paths in records are relative to.
    pub folder: &'a Path,
    /// The root of the project.
    pub root: &'a Path,
    /// The repository at the root, if git works in it.
    pub git: Option<&'a Git>,
}

/// Of `wanted`, paths as links in records have them, those that may be published: regular files, no symbolic links,
/// below the root and, in a git repository, tracked.
pub(super) fn pictures(shelf: &Shelf<'_>, wanted: &BTreeSet<String>) -> Pictures {
    let Shelf { folder, root, git } = shelf;
    let mut pictures = Pictures::default();
    for path in wanted {
        let Some(place) = inside(folder, path).filter(|place| place.exists()) else { continue };
        match refusal(root, &place) {
            Some(why) => drop(pictures.left_out.insert(path.clone(), why)),
            None => drop(pictures.found.insert(path.clone(), place)),
        }
    }
    if is_root(root) {
        let below = pictures.found.values().filter_map(|path| path.strip_prefix(root).ok());
        let below: Vec<&Path> = below.collect();
        let tracked = git.map(|git| tracked_among(git, &below)).unwrap_or_default();
        let is_tracked =
            |path: &Path| path.strip_prefix(root).is_ok_and(|path| tracked.contains(path));
        let (found, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            pictures.found.into_iter().partition(|(_, path)| is_tracked(path));
        pictures.found = found;
        let why = if git.is_some() { LeftOut::Untracked } else { LeftOut::Unasked };
        pictures.left_out.extend(others.into_keys().map(|path| (path, why)));
    }
    pictures
}

/// The bytes of a picture as they are published: those of the file, or of a drawing what is left of it when
/// it does nothing but be seen.
///
/// # Errors
///
/// Where it cannot be read any more, or has become a drawing that cannot be shown.
pub fn read_picture(path: &Path) -> Result<Vec<u8>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let bytes = read_regular(path, LARGEST).map_err(failed)?;
    if kind(path) != "svg" {
        return Ok(bytes);
    }
    let drawing = cleaned(&bytes).map_err(|refused| failed(io::Error::other(refused.why())))?;
    Ok(drawing.into_bytes())
}

/// The end of the name of a picture, in lower case.
fn kind(path: &Path) -> String {
    let kind = path.extension().map(|kind| kind.to_string_lossy().to_ascii_lowercase());
    kind.unwrap_or_default()
}

/// Where `path` leads from `folder`.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut place = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => place.push(name),
            Component::ParentDir => {
                place.pop();
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(place)
}

/// Why the file at `path` may not be published, whatever git says.
fn refusal(root: &Path, path: &Path) -> Option<LeftOut> {
    let below = path.strip_prefix(root);
    let is_hidden = |below: &Path| below.iter().any(|part| part.to_string_lossy().starts_with('.'));
    if below.map_or(true, is_hidden) {
        return Some(LeftOut::Outside);
    }
    // A link on the way leads to what somebody did not mean to publish.
    if path.ancestors().take_while(|above| *above != root).any(is_link) {
        return Some(LeftOut::Link);
    }
    let kind = kind(path);
    match path.symlink_metadata() {
        Ok(file) if file.is_file() && KINDS.contains(&kind.as_str()) => match kind.as_str() {
            _ if file.len() > LARGEST => Some(LeftOut::Large),
            "svg" => read_regular(path, LARGEST)
                .map_or(Some(Refused::Malformed), |bytes| cleaned(&bytes).err())
                .map(LeftOut::Drawing),
            _ => None,
        },
        _ => Some(LeftOut::Kind),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::process::Command;

    use super::{LeftOut, Refused, Shelf, pictures, read_picture};
    use crate::project::git::Git;

    #[test]
    fn a_drawing_is_published_without_what_runs() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let drawing =
            "<svg xmlns='http://www.w3.org/2000/svg'><script>x</script><path d='M0 0'/></svg>";
        fs::write(root.join("a.SVG"), drawing).unwrap();
        fs::write(root.join("b.svg"), "<svg>").unwrap();
        let wanted = ["a.SVG", "b.svg"].map(str::to_owned).into_iter().collect();
        let shelf = Shelf { folder: &root, root: &root, git: None };
        let pictures = pictures(&shelf, &wanted);
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
        let shelf = Shelf { folder: &folder, root: &root, git: git.as_ref() };
        let pictures = pictures(&shelf, &wanted);
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
