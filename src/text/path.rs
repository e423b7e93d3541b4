//! File paths for display and for other programs.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// Returns the path of `file` in `folder`; without `./` if the folder is the working directory.
pub fn path_in(folder: &Path, file: impl AsRef<Path>) -> PathBuf {
    let path = folder.join(file);
    match path.strip_prefix(".") {
        Ok(without_dot) if !without_dot.as_os_str().is_empty() => without_dot.to_owned(),
        _ => path,
    }
}

/// The folder that contains the file or folder at `path`: `.` for a bare name.
pub fn parent_folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Returns the path as an argument of another program: one that begins with punctuation, such as `-` or `+`, gets
/// `./`, so that it is not taken for an option or a command.
pub fn path_argument(path: &Path) -> Cow<'_, Path> {
    let Some(Component::Normal(first_part)) = path.components().next() else {
        return Cow::Borrowed(path);
    };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let is_dotted = path.as_os_str().as_encoded_bytes().starts_with(b".");
    if is_dotted || first_part.to_string_lossy().starts_with(is_plain) {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(Path::new(".").join(path))
    }
}

/// The path from the file `from` to the file `to`, both relative to the same folder, with `/` as separator.
pub fn relative_path(from: &str, to: &str) -> String {
    let mut from_folders: Vec<&str> = from.split('/').collect();
    let mut to_folders: Vec<&str> = to.split('/').collect();
    from_folders.pop();
    let file_name = to_folders.pop().unwrap_or_default();
    let shared_count = from_folders.iter().zip(&to_folders).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(from_folders.len() - shared_count);
    for folder in to_folders.iter().skip(shared_count) {
        path.push_str(folder);
        path.push('/');
    }
    path + file_name
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{path_argument, relative_path};

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
            assert_eq!(path_argument(Path::new(path)).to_str(), Some(expected));
        }
    }
}
