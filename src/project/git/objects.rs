//! Reads the objects of a repository through one running `git cat-file --batch`. Does not depend on their meaning.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::process::{Fetch, Git};

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(super) struct Objects {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
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
pub(super) struct TreeEntry {
    /// Relative to the tree that was read, with `/`.
    pub path: String,
    pub kind: EntryKind,
    /// The full name of its object.
    pub object: String,
}

/// The type of a tree entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    Folder,
    Regular,
    /// A symbolic link or a submodule.
    Other,
}

impl Objects {
    /// Starts git.
    ///
    /// # Errors
    ///
    /// If it cannot be run.
    pub(super) fn open(git: &Git, fetch: Fetch) -> io::Result<Self> {
        let mut command = git.command(git.root(), fetch);
        command.args(["cat-file", "--batch"]).stderr(Stdio::null());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// The object called `name`; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If git ends.
    pub(super) fn get(&mut self, name: &str) -> io::Result<Option<Object>> {
        Ok(self.get_all(&[name])?.pop().flatten())
    }

    /// The objects with these names, in order; `None` for one that does not exist.
    ///
    /// # Errors
    ///
    /// If git ends.
    pub(super) fn get_all(&mut self, names: &[&str]) -> io::Result<Vec<Option<Object>>> {
        let Self { input, output, .. } = self;
        let Some(input) = input else { return Err(io::ErrorKind::BrokenPipe.into()) };
        // A name with a line break would be two requests.
        let lines: String = names.iter().map(|name| name.replace('\n', " ") + "\n").collect();
        if names.len() == 1 {
            input.write_all(lines.as_bytes())?;
            return Ok(vec![read_object(output)?]);
        }
        std::thread::scope(|scope| {
            // Written by another thread while this one reads, because both programs would wait for each other when the
            // pipes are full.
            let write = move || input.write_all(lines.as_bytes());
            let writer = std::thread::Builder::new().spawn_scoped(scope, write)?;
            let objects: io::Result<Vec<_>> = names.iter().map(|_| read_object(output)).collect();
            writer.join().unwrap_or(Err(io::ErrorKind::BrokenPipe.into()))?;
            objects
        })
    }

    /// The files of a tree and of those subtrees for which `enters` returns true; `None` if the tree does not exist. All
    /// trees of one depth are read together, so git is waited for once per level and not once per folder.
    ///
    /// # Errors
    ///
    /// If git ends.
    pub(super) fn tree(
        &mut self,
        name: &str,
        mut enters: impl FnMut(&TreeEntry) -> bool,
    ) -> io::Result<Option<Vec<TreeEntry>>> {
        let Some(root) = self.get(name)? else { return Ok(None) };
        let mut entries = Vec::new();
        let mut current_level = vec![(String::new(), root)];
        while !current_level.is_empty() {
            let mut folders = Vec::new();
            for (folder, tree) in &current_level {
                for entry in read_entries(tree, folder) {
                    match entry.kind {
                        EntryKind::Folder if enters(&entry) => folders.push(entry),
                        EntryKind::Folder => {}
                        _ => entries.push(entry),
                    }
                }
            }
            let names: Vec<&str> = folders.iter().map(|folder| folder.object.as_str()).collect();
            let trees = if names.is_empty() { vec![] } else { self.get_all(&names)? };
            let next_level = folders.iter().zip(trees);
            current_level = next_level
                .filter_map(|(folder, tree)| Some((format!("{}/", folder.path), tree?)))
                .collect();
        }
        Ok(Some(entries))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Git ends when its input is closed.
        self.input = None;
        drop(self.child.wait());
    }
}

/// Reads the next object: `NAME TYPE SIZE` and the content, or `NAME missing`.
fn read_object(output: &mut BufReader<ChildStdout>) -> io::Result<Option<Object>> {
    let mut line = String::new();
    if output.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, object_type, size] = words.as_slice() else { return Ok(None) };
    let is_object = matches!(*object_type, "commit" | "tree" | "blob" | "tag");
    let Some(size) = size.parse::<usize>().ok().filter(|_| is_object) else { return Ok(None) };
    // With the line break after the content.
    let mut bytes = vec![0; size + 1];
    output.read_exact(&mut bytes)?;
    bytes.pop();
    Ok(Some(Object { name: (*name).to_owned(), bytes }))
}

/// The entries of a tree object for `folder`. Each is `MODE NAME`, a zero byte, and the name of the object in binary.
fn read_entries(tree: &Object, folder: &str) -> Vec<TreeEntry> {
    let name_length = tree.name.len() / 2;
    let mut entries = Vec::new();
    let mut remaining_bytes = tree.bytes.as_slice();
    while let Some(header_end) = memchr::memchr(0, remaining_bytes) {
        let (header, bytes_after) = remaining_bytes.split_at(header_end);
        let object_and_rest =
            bytes_after.get(1..).and_then(|bytes| bytes.split_at_checked(name_length));
        let Some((object_name, next_bytes)) = object_and_rest else { break };
        remaining_bytes = next_bytes;
        let header = String::from_utf8_lossy(header);
        let Some((mode, file)) = header.split_once(' ') else { break };
        let object = object_name.iter().fold(String::new(), |mut object, byte| {
            let _ = write!(object, "{byte:02x}");
            object
        });
        let kind = entry_kind(mode);
        entries.push(TreeEntry { path: format!("{folder}{file}"), kind, object });
    }
    entries
}

fn entry_kind(mode: &str) -> EntryKind {
    match mode {
        "40000" => EntryKind::Folder,
        mode if mode.starts_with("100") => EntryKind::Regular,
        _ => EntryKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{EntryKind, Object, read_entries};

    #[test]
    fn the_entries_of_a_tree_have_paths_kinds_and_objects() {
        let mut bytes = b"100644 a b.md\0".to_vec();
        bytes.extend([0xab; 20]);
        bytes.extend(b"120000 link\0");
        bytes.extend([0; 20]);
        bytes.extend(b"40000 docs\0");
        bytes.extend([0x0a; 20]);
        // A truncated entry.
        bytes.extend(b"100644 c\0\x01");
        let tree = Object { name: "0".repeat(40), bytes };
        let entries = read_entries(&tree, "adr/");
        let paths_and_kinds: Vec<_> =
            entries.iter().map(|entry| (&*entry.path, entry.kind)).collect();
        let expected = [
            ("adr/a b.md", EntryKind::Regular),
            ("adr/link", EntryKind::Other),
            ("adr/docs", EntryKind::Folder),
        ];
        assert_eq!(paths_and_kinds, expected);
        assert_eq!(entries.first().map(|entry| entry.object.as_str()), Some(&*"ab".repeat(20)));
    }
}
