//! The objects of a repository, read by one running `git cat-file --batch`. Does not depend on what they mean.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::process::{Fetch, Git};

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(super) struct Objects {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// The name of an object, and its content.
#[derive(Debug)]
pub(super) struct Object {
    /// Its full name.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file or folder of a tree.
#[derive(Debug)]
pub(super) struct Entry {
    /// Below the tree that was asked for, with `/`.
    pub path: String,
    pub kind: EntryKind,
    /// The full name of its object.
    pub object: String,
}

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    Folder,
    Regular,
    /// A symbolic link or a submodule.
    Other,
}

impl Objects {
    /// Starts the program.
    pub(super) fn open(git: &Git, fetch: Fetch) -> io::Result<Self> {
        let mut command = git.command(git.root(), fetch);
        command.args(["cat-file", "--batch"]).stderr(Stdio::null());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let questions = child.stdin.take();
        let answers = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self { child, questions, answers: BufReader::new(answers) })
    }

    /// The object that `name` means; `None` if there is none.
    pub(super) fn get(&mut self, name: &str) -> io::Result<Option<Object>> {
        Ok(self.all(&[name])?.pop().flatten())
    }

    /// The objects that these names mean, in their order; `None` for one that is not there.
    pub(super) fn all(&mut self, names: &[&str]) -> io::Result<Vec<Option<Object>>> {
        let Self { questions, answers, .. } = self;
        let Some(questions) = questions else { return Err(io::ErrorKind::BrokenPipe.into()) };
        // A name of two lines would be two questions.
        let lines: String = names.iter().map(|name| name.replace('\n', " ") + "\n").collect();
        if names.len() == 1 {
            questions.write_all(lines.as_bytes())?;
            return Ok(vec![answer(answers)?]);
        }
        std::thread::scope(|scope| {
            // Asked while the answers are read, or both programs would wait for each other.
            let ask = move || questions.write_all(lines.as_bytes());
            let asking = std::thread::Builder::new().spawn_scoped(scope, ask)?;
            let read: io::Result<Vec<_>> = names.iter().map(|_| answer(answers)).collect();
            asking.join().unwrap_or(Err(io::ErrorKind::BrokenPipe.into()))?;
            read
        })
    }

    /// The entries of a tree and of the trees below it that `is_wanted` wants, by their paths; `None` if there is no
    /// such tree. Asked for level by level, so that the number of waits is the depth and not the number of folders.
    pub(super) fn tree(
        &mut self,
        name: &str,
        mut is_wanted: impl FnMut(&Entry) -> bool,
    ) -> io::Result<Option<Vec<Entry>>> {
        let Some(root) = self.get(name)? else { return Ok(None) };
        let mut entries = Vec::new();
        let mut level = vec![(String::new(), root)];
        while !level.is_empty() {
            let mut folders = Vec::new();
            for (folder, tree) in &level {
                for entry in entries_of(tree, folder) {
                    match entry.kind {
                        EntryKind::Folder if is_wanted(&entry) => folders.push(entry),
                        EntryKind::Folder => {}
                        _ => entries.push(entry),
                    }
                }
            }
            let names: Vec<&str> = folders.iter().map(|folder| folder.object.as_str()).collect();
            let trees = if names.is_empty() { vec![] } else { self.all(&names)? };
            let below = folders.iter().zip(trees);
            level = below
                .filter_map(|(folder, tree)| Some((format!("{}/", folder.path), tree?)))
                .collect();
        }
        Ok(Some(entries))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.questions = None;
        drop(self.child.wait());
    }
}

/// The next answer: `NAME TYPE SIZE` and the content, or `WHAT missing`.
fn answer(answers: &mut BufReader<ChildStdout>) -> io::Result<Option<Object>> {
    let mut line = String::new();
    if answers.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, kind, size] = words.as_slice() else { return Ok(None) };
    let is_object = matches!(*kind, "commit" | "tree" | "blob" | "tag");
    let Some(size) = size.parse::<usize>().ok().filter(|_| is_object) else { return Ok(None) };
    let mut bytes = vec![0; size + 1];
    answers.read_exact(&mut bytes)?;
    bytes.pop();
    Ok(Some(Object { name: (*name).to_owned(), bytes }))
}

/// The entries of a tree object, which is `folder`: `MODE NAME`, a zero byte, and the name of the object in bytes.
fn entries_of(tree: &Object, folder: &str) -> Vec<Entry> {
    let length = tree.name.len() / 2;
    let mut entries = Vec::new();
    let mut remaining = tree.bytes.as_slice();
    while let Some(end) = memchr::memchr(0, remaining) {
        let (head, tail) = remaining.split_at(end);
        let Some((name, after)) = tail.get(1..).and_then(|tail| tail.split_at_checked(length))
        else {
            break;
        };
        remaining = after;
        let head = String::from_utf8_lossy(head);
        let Some((mode, file)) = head.split_once(' ') else { break };
        let object = name.iter().fold(String::new(), |mut object, byte| {
            let _ = write!(object, "{byte:02x}");
            object
        });
        entries.push(Entry { path: format!("{folder}{file}"), kind: kind(mode), object });
    }
    entries
}

fn kind(mode: &str) -> EntryKind {
    match mode {
        "40000" => EntryKind::Folder,
        mode if mode.starts_with("100") => EntryKind::Regular,
        _ => EntryKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{EntryKind, Object, entries_of};

    #[test]
    fn the_entries_of_a_tree_have_paths_kinds_and_objects() {
        let mut bytes = b"100644 a b.md\0".to_vec();
        bytes.extend([0xab; 20]);
        bytes.extend(b"120000 link\0");
        bytes.extend([0; 20]);
        bytes.extend(b"40000 docs\0");
        bytes.extend([0x0a; 20]);
        // One that was cut.
        bytes.extend(b"100644 c\0\x01");
        let tree = Object { name: "0".repeat(40), bytes };
        let entries = entries_of(&tree, "adr/");
        let seen: Vec<_> = entries.iter().map(|entry| (&*entry.path, entry.kind)).collect();
        let expected = [
            ("adr/a b.md", EntryKind::Regular),
            ("adr/link", EntryKind::Other),
            ("adr/docs", EntryKind::Folder),
        ];
        assert_eq!(seen, expected);
        assert_eq!(entries.first().map(|entry| entry.object.as_str()), Some(&*"ab".repeat(20)));
    }
}
