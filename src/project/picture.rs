//! Which files beside the records may be published with them. Knows nothing of pages.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

use regex::Regex;

use super::git::command;
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

/// Of `wanted`, paths as links in records have them, counted from `folder`, those that may be
/// published: regular files, no symbolic links, below `root` and, in a git repository, tracked.
pub(super) fn pictures(
    folder: &Path,
    root: &Path,
    wanted: &BTreeSet<String>,
) -> BTreeMap<String, PathBuf> {
    let mut found: BTreeMap<String, PathBuf> = wanted
        .iter()
        .filter_map(|path| Some((path.clone(), inside(folder, root, path)?)))
        .filter(|(_, path)| is_picture(root, path))
        .collect();
    if root.join(".git").exists() {
        let tracked = tracked(root, found.values());
        found.retain(|_, path| path.strip_prefix(root).is_ok_and(|path| tracked.contains(path)));
    }
    found
}

/// The bytes of a picture.
///
/// # Errors
///
/// Where it cannot be read any more.
pub fn read_picture(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// Where `path` leads from `folder`, if that is below `root`.
fn inside(folder: &Path, root: &Path, path: &str) -> Option<PathBuf> {
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
    let below = place.strip_prefix(root).ok()?;
    let is_hidden = below.iter().any(|part| part.to_string_lossy().starts_with('.'));
    (!is_hidden).then_some(place)
}

fn is_picture(root: &Path, path: &Path) -> bool {
    let kind = path.extension().map(|kind| kind.to_string_lossy().to_ascii_lowercase());
    let Some(kind) = kind.filter(|kind| KINDS.contains(&kind.as_str())) else { return false };
    // A link on the way leads to what somebody did not mean to publish.
    let is_link = path.ancestors().take_while(|above| *above != root).any(Path::is_symlink);
    let is_small =
        fs::symlink_metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
    !is_link
        && is_small
        && (kind != "svg" || fs::read_to_string(path).is_ok_and(|svg| is_still(&svg)))
}

/// Whether a drawing does nothing but be seen.
fn is_still(svg: &str) -> bool {
    RUNS.as_ref().is_some_and(|runs| !runs.is_match(svg))
}

/// Of `files`, those that git tracks, from `root`; none where git cannot be asked.
fn tracked<'p>(root: &Path, files: impl Iterator<Item = &'p PathBuf>) -> BTreeSet<PathBuf> {
    let below = files.filter_map(|path| path.strip_prefix(root).ok());
    let paths: Vec<OsString> =
        below.map(|path| OsString::from(format!(":(literal){}", path.display()))).collect();
    let mut found = BTreeSet::new();
    // A command line has an end.
    for some in paths.chunks(200) {
        let mut git = command(root);
        git.args(["ls-files", "-z", "--"]).args(some);
        let Ok(said) = git.stdin(Stdio::null()).stderr(Stdio::null()).output() else { break };
        let names = String::from_utf8_lossy(&said.stdout).into_owned();
        found.extend(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::process::Command;

    use super::{is_still, pictures};

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
        let found = pictures(&folder, &root, &wanted);
        let found: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(found, ["../../b.png", "./x y.png", "a.png"]);
    }
}
