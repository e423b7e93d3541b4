//! A change as a unified diff, for people and for `git apply`.

use std::ops::Range;
use std::path::{MAIN_SEPARATOR, Path};

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::{DiffOp, group_diff_ops};

/// What becomes of the file at `path`; `before` is `None` for a file that is made. Empty where
/// nothing changes. The paths are written with `/`, as git does, and each file has git's own head:
/// without one, `git apply` takes it for a part of a renamed file that comes before it.
pub fn unified(path: &Path, before: Option<&str>, after: &str) -> String {
    let (a, b) = (quoted("a/", path), quoted("b/", path));
    let (old, made) = match before {
        Some(before) if before == after => return String::new(),
        Some(_) => (a.as_str(), ""),
        None => ("/dev/null", "new file mode 100644\n"),
    };
    let hunks = hunks(before.unwrap_or_default(), after, old, &b);
    format!("diff --git {a} {b}\n{made}{hunks}")
}

/// What becomes of the file at `from`, which gets the name `to` and may keep its text: as git shows
/// a file that was renamed.
pub fn renamed(from: &Path, to: &Path, before: &str, after: &str) -> String {
    let (a, b) = (quoted("a/", from), quoted("b/", to));
    // Without it git takes a file with no hunk for one that it cannot read.
    let alike = if before == after { "similarity index 100%\n" } else { "" };
    let (from, to) = (quoted("", from), quoted("", to));
    let head = format!("diff --git {a} {b}\n{alike}rename from {from}\nrename to {to}\n");
    head + &hunks(before, after, &a, &b)
}

fn hunks(before: &str, after: &str, old: &str, new: &str) -> String {
    // Lines end where git ends them: a carriage return alone is a character like any other.
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (before, after) = (lines(before), lines(after));
    // A blank in a name would end it, but for a tab behind the name.
    let end = |name: &str| if name.contains(' ') { "\t" } else { "" };
    let hunks = group_diff_ops(steps(&before, &after), CONTEXT);
    if hunks.is_empty() {
        return String::new();
    }
    let head = format!("--- {old}{}\n+++ {new}{}\n", end(old), end(new));
    hunks.iter().fold(head, |head, steps| head + &hunk(&before, &after, steps))
}

/// A place where two texts differ, with the lines around it.
fn hunk(before: &[&str], after: &[&str], steps: &[DiffOp]) -> String {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return String::new() };
    let gone = range(first.old_range().start, last.old_range().end);
    let come = range(first.new_range().start, last.new_range().end);
    let mut out = format!("@@ -{gone} +{come} @@\n");
    for step in steps {
        let same = matches!(step, DiffOp::Equal { .. });
        for line in some(before, step.old_range()) {
            put(&mut out, if same { ' ' } else { '-' }, line);
        }
        for line in some(after, step.new_range()).iter().filter(|_| !same) {
            put(&mut out, '+', line);
        }
    }
    out
}

/// How many lines are shown around a change.
const CONTEXT: usize = 3;

/// What makes `new` of `old`, in their order.
pub(super) fn steps(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut steps = Compact::new(Replace::new(Capture::new()), old, new);
    // Whoever only keeps the steps cannot fail. Called by its name: a choice between algorithms would make
    // the program half a megabyte larger.
    let _ = myers::diff(&mut steps, old, 0..old.len(), new, 0..new.len());
    steps.into_inner().into_inner().into_ops()
}

/// Lines as the head of a hunk names them.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// Those that a step is about.
pub(super) fn some<T>(all: &[T], which: Range<usize>) -> &[T] {
    all.get(which).unwrap_or_default()
}

fn put(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// `path` behind `side`, with `/` between its parts and no `.` before them; in quotes where it holds
/// what would end a line or a name.
fn quoted(side: &str, path: &Path) -> String {
    let shown = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
    let shown = shown.strip_prefix("./").unwrap_or(&shown);
    if !shown.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        return format!("{side}{shown}");
    }
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii_control() => format!("\\{:03o}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{side}{}\"", shown.chars().map(escape).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{renamed, unified};

    #[test]
    fn only_the_lines_around_a_change_are_shown() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let after = "1\n2\n3\n4\nV\n6\n7\n8\n9\n";
        let expected = "diff --git a/x/y.md b/x/y.md\n--- a/x/y.md\n+++ b/x/y.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n";
        assert_eq!(unified(Path::new("./x/y.md"), Some(before), after), expected);
    }

    #[test]
    fn a_new_file_comes_from_nothing() {
        let expected = "diff --git a/a.md b/a.md\nnew file mode 100644\n--- /dev/null\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n";
        assert_eq!(unified(Path::new("a.md"), None, "a"), expected);
    }

    #[test]
    fn line_endings_are_part_of_a_line() {
        let head = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n";
        let expected = format!("{head}@@ -1,2 +1,2 @@\n x\r\n-a\r\n+b\r\n");
        assert_eq!(unified(Path::new("a.md"), Some("x\r\na\r\n"), "x\r\nb\r\n"), expected);
        let expected = format!("{head}@@ -1 +1 @@\n-x\ra\n+x\rb\n");
        assert_eq!(unified(Path::new("a.md"), Some("x\ra\n"), "x\rb\n"), expected);
    }

    #[test]
    fn a_name_is_written_so_that_it_ends_where_it_ends() {
        let head =
            "diff --git a/my log/a.md b/my log/a.md\n--- a/my log/a.md\t\n+++ b/my log/a.md\t\n";
        let expected = format!("{head}@@ -1 +1 @@\n-x\n+y\n");
        assert_eq!(unified(Path::new("my log/a.md"), Some("x\n"), "y\n"), expected);
        let head = r#"diff --git "a/a\"\012.md" "b/a\"\012.md""#;
        let diff = unified(Path::new("a\"\n.md"), Some("x\n"), "y\n");
        assert_eq!(diff.lines().next(), Some(head));
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
