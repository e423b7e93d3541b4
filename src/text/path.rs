//! Names of files as they are shown, and as other programs get them.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// The file called `file` in `folder`; without the `./` of a folder that is the working directory.
pub fn below(folder: &Path, file: impl AsRef<Path>) -> PathBuf {
    let path = folder.join(file);
    match path.strip_prefix(".") {
        Ok(plain) if !plain.as_os_str().is_empty() => plain.to_owned(),
        _ => path,
    }
}

/// The folder that holds the file or folder at `path`: `.` for a bare name.
pub fn parent(path: &Path) -> &Path {
    let named = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    named.unwrap_or(Path::new("."))
}

/// The path as an argument of another program: one that begins with a mark, such as `-` or `+`, gets
/// `./`, so that it is not taken for an option or a command.
pub fn argument(path: &Path) -> Cow<'_, Path> {
    let Some(Component::Normal(first)) = path.components().next() else {
        return Cow::Borrowed(path);
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let is_dotted = path.as_os_str().as_encoded_bytes().starts_with(b".");
    if is_dotted || first.to_string_lossy().starts_with(plain) {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(Path::new(".").join(path))
    }
}

/// The path from the file `from` to the file `to`, both given from the same folder with `/` as separator.
pub fn relative_path(from: &str, to: &str) -> String {
    let mut here: Vec<&str> = from.split('/').collect();
    let mut there: Vec<&str> = to.split('/').collect();
    here.pop();
    let name = there.pop().unwrap_or_default();
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(here.len() - shared);
    for folder in there.iter().skip(shared) {
        path.push_str(folder);
        path.push('/');
    }
    path + name
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{argument, relative_path};

    #[test]
    fn a_relative_path_goes_up_to_the_folder_that_both_share() {
        for (from, to, expected) in [
            ("a.md", "b.md", "b.md"),
            ("x/a.md", "x/b.md", "b.md"),
            ("x/y/a.md", "x/z/b.md", "../z/b.md"),
            ("a.md", "x/b.md", "x/b.md"),
            ("x/y/a.md", "b.md", "../../b.md"),
        ] {
            assert_eq!(relative_path(from, to), expected);
        }
    }

    #[test]
    fn an_argument_is_no_option() {
        for (path, expected) in [
            ("-rf.md", "./-rf.md"),
            ("+!touch x.md", "./+!touch x.md"),
            ("-a/b.md", "./-a/b.md"),
            ("::error::.md", "./::error::.md"),
            ("@x", "./@x"),
            ("a-b.md", "a-b.md"),
            ("決定.md", "決定.md"),
            ("./-a", "./-a"),
            ("../-a", "../-a"),
            (".hidden", ".hidden"),
            ("/-a", "/-a"),
            ("docs/-a", "docs/-a"),
            ("", ""),
        ] {
            assert_eq!(argument(Path::new(path)).to_str(), Some(expected));
        }
    }
}
