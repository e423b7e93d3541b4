//! Changes as unified diffs, for people and for `git apply`.

use std::path::{MAIN_SEPARATOR, Path};

use similar::{DiffOp, group_diff_ops};

use super::diff_ops::{diff_ops, items_in};

/// The number of lines shown around a change.
const CONTEXT: usize = 3;

/// Returns the diff of the file at `path`; `before` is `None` for a new file. Empty if
/// nothing changes. Paths are written with `/`, as git does, and each file has git's own header:
/// without it, `git apply` takes the file for a part of a renamed file before it.
pub fn unified_diff(path: &Path, before: Option<&str>, after: &str) -> String {
    let (old_name, new_name) = (quoted("a/", path), quoted("b/", path));
    let (old_header, mode_line) = match before {
        Some(before) if before == after => return String::new(),
        Some(_) => (old_name.as_str(), ""),
        None => ("/dev/null", "new file mode 100644\n"),
    };
    let hunks = hunks(before.unwrap_or_default(), after, old_header, &new_name);
    format!("diff --git {old_name} {new_name}\n{mode_line}{hunks}")
}

/// Returns the diff of the file at `from`, which is renamed to `to` and may keep its text, in git's
/// format for renames.
pub fn rename_diff(from: &Path, to: &Path, before: &str, after: &str) -> String {
    let (old_name, new_name) = (quoted("a/", from), quoted("b/", to));
    // Without this line git refuses a file without hunks.
    let similarity = if before == after { "similarity index 100%\n" } else { "" };
    let (from, to) = (quoted("", from), quoted("", to));
    let header = format!(
        "diff --git {old_name} {new_name}\n{similarity}rename from {from}\nrename to {to}\n"
    );
    header + &hunks(before, after, &old_name, &new_name)
}

fn hunks(before: &str, after: &str, old_name: &str, new_name: &str) -> String {
    // Lines end as in git: a carriage return alone does not end one.
    let split_lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (old_lines, new_lines) = (split_lines(before), split_lines(after));
    // A space would end the name, unless a tab follows it.
    let name_end = |name: &str| if name.contains(' ') { "\t" } else { "" };
    let hunks = group_diff_ops(diff_ops(&old_lines, &new_lines), CONTEXT);
    if hunks.is_empty() {
        return String::new();
    }
    let header =
        format!("--- {old_name}{}\n+++ {new_name}{}\n", name_end(old_name), name_end(new_name));
    hunks.iter().fold(header, |header, ops| header + &hunk(&old_lines, &new_lines, ops))
}

/// One place where two texts differ, with the lines around it.
fn hunk(old_lines: &[&str], new_lines: &[&str], ops: &[DiffOp]) -> String {
    let (Some(first), Some(last)) = (ops.first(), ops.last()) else { return String::new() };
    let old_range = range(first.old_range().start, last.old_range().end);
    let new_range = range(first.new_range().start, last.new_range().end);
    let mut hunk = format!("@@ -{old_range} +{new_range} @@\n");
    for op in ops {
        let is_same = matches!(op, DiffOp::Equal { .. });
        for line in items_in(old_lines, op.old_range()) {
            push_line(&mut hunk, if is_same { ' ' } else { '-' }, line);
        }
        for line in items_in(new_lines, op.new_range()).iter().filter(|_| !is_same) {
            push_line(&mut hunk, '+', line);
        }
    }
    hunk
}

/// Formats a range of lines for the header of a hunk.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

fn push_line(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// Returns `path` after `side`, with `/` between its parts and without `./` before them; in quotes if it contains
/// a character that would end a line or a name.
fn quoted(side: &str, path: &Path) -> String {
    let displayed = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
    let displayed = displayed.strip_prefix("./").unwrap_or(&displayed);
    if !displayed.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        return format!("{side}{displayed}");
    }
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii_control() => format!("\\{:03o}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{side}{}\"", displayed.chars().map(escape).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{rename_diff, unified_diff};

    #[test]
    fn only_the_lines_around_a_change_are_shown() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let after = "1\n2\n3\n4\nV\n6\n7\n8\n9\n";
        let expected = "diff --git a/x/y.md b/x/y.md\n--- a/x/y.md\n+++ b/x/y.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n";
        assert_eq!(unified_diff(Path::new("./x/y.md"), Some(before), after), expected);
    }

    #[test]
    fn a_new_file_comes_from_nothing() {
        let expected = "diff --git a/a.md b/a.md\nnew file mode 100644\n--- /dev/null\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n";
        assert_eq!(unified_diff(Path::new("a.md"), None, "a"), expected);
    }

    #[test]
    fn line_endings_are_part_of_a_line() {
        let head = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n";
        let expected = format!("{head}@@ -1,2 +1,2 @@\n x\r\n-a\r\n+b\r\n");
        assert_eq!(unified_diff(Path::new("a.md"), Some("x\r\na\r\n"), "x\r\nb\r\n"), expected);
        let expected = format!("{head}@@ -1 +1 @@\n-x\ra\n+x\rb\n");
        assert_eq!(unified_diff(Path::new("a.md"), Some("x\ra\n"), "x\rb\n"), expected);
    }

    #[test]
    fn a_name_is_written_so_that_it_ends_where_it_ends() {
        let head =
            "diff --git a/my log/a.md b/my log/a.md\n--- a/my log/a.md\t\n+++ b/my log/a.md\t\n";
        let expected = format!("{head}@@ -1 +1 @@\n-x\n+y\n");
        assert_eq!(unified_diff(Path::new("my log/a.md"), Some("x\n"), "y\n"), expected);
        let head = r#"diff --git "a/a\"\012.md" "b/a\"\012.md""#;
        let diff = unified_diff(Path::new("a\"\n.md"), Some("x\n"), "y\n");
        assert_eq!(diff.lines().next(), Some(head));
    }

    #[test]
    fn no_change_is_no_diff() {
        assert_eq!(unified_diff(Path::new("a.md"), Some("a"), "a"), "");
    }

    #[test]
    fn a_file_that_gets_another_name_is_shown_as_git_shows_it() {
        let (from, to) = (Path::new("./a.md"), Path::new("./b.md"));
        let names = "rename from a.md\nrename to b.md\n";
        let head = "diff --git a/a.md b/b.md\n";
        let same = format!("{head}similarity index 100%\n{names}");
        assert_eq!(rename_diff(from, to, "x\n", "x\n"), same);
        let hunk = "--- a/a.md\n+++ b/b.md\n@@ -1 +1 @@\n-x\n+y\n";
        assert_eq!(rename_diff(from, to, "x\n", "y\n"), format!("{head}{names}{hunk}"));
    }
}
