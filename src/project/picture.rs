//! Which files next to the records may be published with them. Does not depend on pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::git::{Git, tracked_among};
use super::path_policy::{is_link, read_regular};
use crate::{Error, Result};

/// The kinds of pictures that every browser shows and none runs. A drawing in SVG is looked at.
const KINDS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// The largest picture that is published, in bytes.
const LARGEST: u64 = 5_000_000;

/// What makes a drawing more than one: it runs, it loads, or it hides what it says.
static RUNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = [
        r"<[\w.-]*:?(script|handler|foreignobject|animate\w*|set|iframe|object|embed|a|style|image)\b",
        r#"[\s"'/]on\w+\s*="#,
        r"javascript:|<!entity|<\?xml-stylesheet|@import|&#",
        r#"href\s*=\s*["']?[^"'#\s]"#,
        r#"url\(\s*["']?[^"'#\s)]"#,
    ];
    Regex::new(&format!("(?i){}", words.join("|"))).ok()
});

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
    /// It is a drawing that does more than be seen.
    Runs,
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
            Self::Runs => "runs",
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
            Self::Runs => "the drawing holds a script, a style, or what is loaded from elsewhere",
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
    if root.join(".git").exists() {
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

/// The bytes of a picture.
///
/// # Errors
///
/// Where it cannot be read any more.
pub fn read_picture(path: &Path) -> Result<Vec<u8>> {
    read_regular(path, LARGEST).map_err(|source| Error::Read { path: path.to_owned(), source })
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
    let kind = path.extension().map(|kind| kind.to_string_lossy().to_ascii_lowercase());
    let kind = kind.unwrap_or_default();
    match path.symlink_metadata() {
        Ok(file) if file.is_file() && KINDS.contains(&kind.as_str()) => {
            let text = || String::from_utf8(read_regular(path, LARGEST).ok()?).ok();
            let runs = || !text().is_some_and(|svg| is_still(&svg));
            match kind.as_str() {
                _ if file.len() > LARGEST => Some(LeftOut::Large),
                "svg" if runs() => Some(LeftOut::Runs),
                _ => None,
            }
        }
        _ => Some(LeftOut::Kind),
    }
}

/// Whether a drawing does nothing but be seen.
fn is_still(svg: &str) -> bool {
    RUNS.as_ref().is_some_and(|runs| !runs.is_match(svg))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::process::Command;

    use super::{LeftOut, Shelf, is_still, pictures};
    use crate::project::git::Git;

    #[test]
    fn drawings_that_do_more_are_refused() {
        for svg in [
            "<svg><script>x</script></svg>",
            "<svg><s:script>x</s:script></svg>",
            "<svg onload=\"x\"/>",
            "<svg/onload=x>",
            "<svg><a href=\"javascript:x\"/></svg>",
            "<svg><use href=\"https://a.example/#x\"/></svg>",
            "<svg><animateTransform/></svg>",
            "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg/>",
            "<svg><style>@import 'x'</style></svg>",
            "<svg><rect fill=\"url(https://a.example)\"/></svg>",
        ] {
            assert!(!is_still(svg), "{svg}");
        }
        assert!(is_still(
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/>\
             <path d=\"M0 0\" fill=\"url(#b)\"/></svg>"
        ));
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
