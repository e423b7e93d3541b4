//! Quoting for shell commands that are written into files, or that people copy from hints.

use std::path::Path;

use crate::text::path_argument;

/// Quotes `text` as one word of a POSIX shell: nothing in it is expanded, split or run.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@+,".contains(c);
    if text.chars().all(is_plain) && !text.is_empty() {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Quotes a path, so that it is not taken for an option either.
pub fn shell_path(path: &Path) -> String {
    shell_word(&path_argument(path).to_string_lossy())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{shell_path, shell_word};

    #[test]
    fn a_word_of_a_shell_is_one_word() {
        assert_eq!(shell_word("packages/a"), "packages/a");
        assert_eq!(shell_word("main:refs/remotes/origin/main"), "main:refs/remotes/origin/main");
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("a b"), "'a b'");
        assert_eq!(shell_word("main;touch pwned"), "'main;touch pwned'");
        assert_eq!(shell_word("~x"), "'~x'");
        assert_eq!(shell_word("it's $HOME"), "'it'\\''s $HOME'");
    }

    #[test]
    fn a_path_is_no_option() {
        assert_eq!(shell_path(Path::new("-rf")), "./-rf");
        assert_eq!(shell_path(Path::new("-r f/x")), "'./-r f/x'");
        assert_eq!(shell_path(Path::new("docs/-a")), "docs/-a");
    }
}
