//! The files of a log on the branches that git knows of, and the files that git tracks. Does not depend on numbers.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::Git;
use super::process::{Fetch, Request};
use crate::project::path_policy::Boundary;
use crate::text::Source;

/// The files of a log that are not only in the work tree, relative to the log, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    /// On the base; `None` where none was asked for, or it is not in the repository.
    pub base: Option<BTreeSet<String>>,
    /// On the base and on any local or remote-tracking branch.
    pub all: BTreeSet<String>,
}

/// The branches of the repository around the log in `folder`; none if git cannot tell.
pub(in crate::project) fn branches(git: &Git, folder: &Path, base: Option<&str>) -> Branches {
    read(git, folder, base).unwrap_or_default()
}

fn read(git: &Git, folder: &Path, base: Option<&str>) -> Option<Branches> {
    let absolute = folder.canonicalize().ok()?;
    let below = absolute.strip_prefix(git.root()).ok()?.to_str()?.replace('\\', "/");
    let args = ["for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes"];
    let output = ask(git, &args)?;
    let commits: BTreeSet<&str> = std::str::from_utf8(&output).ok()?.lines().collect();

    let mut objects = Objects::open(git)?;
    let mut branches = Branches::default();
    if let Some(base) = base.filter(|base| !base.contains(['\n', ':'])) {
        let exists = objects.get(&format!("{base}^{{commit}}")).is_some();
        let mut files = BTreeSet::new();
        objects.files(&format!("{base}:{below}"), "", &mut HashSet::new(), &mut files);
        branches.all.clone_from(&files);
        branches.base = exists.then_some(files);
    }
    let mut seen = HashSet::new();
    for commit in commits {
        objects.files(&format!("{commit}:{below}"), "", &mut seen, &mut branches.all);
    }
    Some(branches)
}

/// Every text file that git tracks in the repository, but for large ones.
pub(in crate::project) fn tracked(git: &Git) -> Vec<Source> {
    let names: BTreeSet<String> = names(git).into_iter().collect();
    let boundary = Boundary::at(git.root());
    names.iter().filter_map(|name| text(&boundary, &git.root().join(name), |_| true)).collect()
}

/// The names of all files that git tracks, from the root of the work tree; a file in conflict occurs three times.
pub(super) fn names(git: &Git) -> Vec<String> {
    let output = ask(git, &["ls-files", "-z"]).unwrap_or_default();
    let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// Which of these paths git tracks, as seen from the root of the work tree.
pub(in crate::project) fn tracked_among(git: &Git, paths: &[&Path]) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    // A command line has a limit.
    for some in paths.chunks(200) {
        let patterns = some.iter().map(|path| format!(":(literal){}", path.display()));
        let patterns: Vec<String> = patterns.collect();
        let mut args = vec!["ls-files", "-z", "--"];
        args.extend(patterns.iter().map(String::as_str));
        let output = ask(git, &args).unwrap_or_default();
        let names = String::from_utf8_lossy(&output).into_owned();
        found.extend(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from));
    }
    found
}

/// What a command answers that succeeds, started in the root of the work tree.
fn ask(git: &Git, args: &[&str]) -> Option<Vec<u8>> {
    let request = Request { folder: git.root(), args, input: b"", fetch: Fetch::Never };
    let output = git.answer(&request).ok()?;
    output.status.success().then_some(output.stdout)
}

/// Longer files are data, not text that a person wrote, in bytes.
const LONGEST: u64 = 1 << 20;

/// The text of a regular file; `None` for data, and for a file that is not `wanted`.
pub(super) fn text(
    boundary: &Boundary,
    path: &Path,
    wanted: impl Fn(&[u8]) -> bool,
) -> Option<Source> {
    let bytes = boundary.read_no_link(path, LONGEST).ok().filter(|bytes| wanted(bytes))?;
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then(|| Source::new(from_here(path), text))
}

/// `path` as seen from the working directory.
fn from_here(path: &Path) -> PathBuf {
    let Ok(here) = Path::new(".").canonicalize() else {
        return path.to_owned();
    };
    let shared = here.iter().zip(path).take_while(|(a, b)| a == b).count();
    let up = here.iter().skip(shared).map(|_| std::ffi::OsStr::new(".."));
    up.chain(path.iter().skip(shared)).collect()
}

/// A running `git cat-file --batch`.
struct Objects {
    child: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

/// What an object is called, and what it holds.
struct Object {
    name: String,
    bytes: Vec<u8>,
}

impl Objects {
    fn open(git: &Git) -> Option<Self> {
        let mut command = git.command(git.root(), Fetch::Never);
        command.args(["cat-file", "--batch"]).stderr(Stdio::null());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().ok()?;
        let ask = child.stdin.take();
        let answer = BufReader::new(child.stdout.take()?);
        Some(Self { child, ask, answer })
    }

    /// The object that `asked` names; `None` where there is none.
    fn get(&mut self, asked: &str) -> Option<Object> {
        self.request(asked).ok().flatten()
    }

    fn request(&mut self, asked: &str) -> io::Result<Option<Object>> {
        let Some(ask) = &mut self.ask else { return Ok(None) };
        writeln!(ask, "{asked}")?;
        ask.flush()?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        // `NAME TYPE SIZE`, else `WHAT missing`.
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, _, size] = words.as_slice() else { return Ok(None) };
        let Ok(size) = size.parse::<usize>() else { return Ok(None) };
        let mut bytes = vec![0; size + 1];
        self.answer.read_exact(&mut bytes)?;
        bytes.pop();
        Ok(Some(Object { name: (*name).to_owned(), bytes }))
    }

    /// Adds the files of a tree, below `folder`, to `files`. A tree that was `seen` is not read.
    fn files(
        &mut self,
        tree: &str,
        folder: &str,
        seen: &mut HashSet<String>,
        files: &mut BTreeSet<String>,
    ) {
        let Some(object) = self.get(tree) else { return };
        if !seen.insert(format!("{folder}:{}", object.name)) {
            return;
        }
        for entry in entries(&object) {
            let path = format!("{folder}{}", entry.file);
            if !entry.is_tree {
                files.insert(path);
            } else if !seen.contains(&format!("{path}/:{}", entry.name)) {
                self.files(&entry.name, &format!("{path}/"), seen, files);
            }
        }
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.ask = None;
        drop(self.child.wait());
    }
}

/// An entry of a tree.
struct Entry {
    file: String,
    is_tree: bool,
    name: String,
}

/// The entries of a tree object: `MODE NAME`, a zero byte, and the name of the object in bytes.
fn entries(tree: &Object) -> Vec<Entry> {
    let length = tree.name.len() / 2;
    let mut entries = Vec::new();
    let mut rest = tree.bytes.as_slice();
    while let Some(end) = rest.iter().position(|byte| *byte == 0) {
        let (head, tail) = rest.split_at(end);
        let Some((name, after)) = tail.get(1..).and_then(|tail| tail.split_at_checked(length))
        else {
            break;
        };
        rest = after;
        let head = String::from_utf8_lossy(head);
        let Some((mode, file)) = head.split_once(' ') else { break };
        let name = name.iter().fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        });
        entries.push(Entry { file: file.to_owned(), is_tree: mode == "40000", name });
    }
    entries
}
