//! A change as a unified diff, for people and for `git apply`.

use std::path::Path;

use similar::TextDiff;

/// What becomes of the file at `path`; `before` is `None` for a file that is made. Empty where
/// nothing changes. The paths are written with `/`, as git does.
pub fn unified(path: &Path, before: Option<&str>, after: &str) -> String {
    let shown = shown(path);
    let old = before.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{shown}"));
    hunks(before.unwrap_or_default(), after, &old, &format!("b/{shown}"))
}

/// What becomes of the file at `from`, which gets the name `to` and may keep its text: as git shows
/// a file that was renamed.
pub fn renamed(from: &Path, to: &Path, before: &str, after: &str) -> String {
    let (from, to) = (shown(from), shown(to));
    // Without it git takes a file with no hunk for one that it cannot read.
    let alike = if before == after { "similarity index 100%\n" } else { "" };
    let head = format!("diff --git a/{from} b/{to}\n{alike}rename from {from}\nrename to {to}\n");
    head + &hunks(before, after, &format!("a/{from}"), &format!("b/{to}"))
}

fn hunks(before: &str, after: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(3).header(old, new).to_string()
}

/// `path` with `/` between its parts, and no `.` before them.
fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown.strip_prefix("./").map(str::to_owned).unwrap_or(shown)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{renamed, unified};

    #[test]
    fn only_the_lines_around_a_change_are_shown() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let after = "1\n2\n3\n4\nV\n6\n7\n8\n9\n";
        let expected =
            "--- a/x/y.md\n+++ b/x/y.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n";
        assert_eq!(unified(Path::new("./x/y.md"), Some(before), after), expected);
    }

    #[test]
    fn a_new_file_comes_from_nothing() {
        let expected =
            "--- /dev/null\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n";
        assert_eq!(unified(Path::new("a.md"), None, "a"), expected);
    }

    #[test]
    fn line_endings_are_part_of_a_line() {
        let expected = "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n x\r\n-a\r\n+b\r\n";
        assert_eq!(unified(Path::new("a.md"), Some("x\r\na\r\n"), "x\r\nb\r\n"), expected);
    }

    #[test]
    fn no_change_is_no_diff() {
        assert_eq!(unified(Path::new("a.md"), Some("a"), "a"), "");
    }

    #[test]
    fn a_file_that_gets_another_name_is_shown_as_git_shows_it() {
        let (from, to) = (Path::new("./a.md"), Path::new("./b.md"));
        let names = "rename from a.md\nrename to b.md\n";
        let head = "diff --git a/a.md b/b.md\n";
        let same = format!("{head}similarity index 100%\n{names}");
        assert_eq!(renamed(from, to, "x\n", "x\n"), same);
        let hunk = "--- a/a.md\n+++ b/b.md\n@@ -1 +1 @@\n-x\n+y\n";
        assert_eq!(renamed(from, to, "x\n", "y\n"), format!("{head}{names}{hunk}"));
    }
}
