//! Compares two versions of a text word by word, for people to read.

use similar::{DiffOp, group_diff_ops};

use super::diff_ops::{diff_ops, items_in};

/// The number of lines shown around a change.
const CONTEXT: usize = 2;

/// Versions with more lines in total are not compared: it would take too long.
const LONGEST: usize = 10_000;

/// Places with more words in total are shown as replaced, without looking for equal words.
const MOST_WORDS: usize = 4_000;

/// A part of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffPart {
    /// In both versions.
    Same(String),
    /// Only in the old version.
    Old(String),
    /// Only in the new version.
    New(String),
}

/// Returns the places where two versions differ, each with some lines around it; `None` if the texts
/// are too long to compare. Differences in white space and line ends do not count; the new version is
/// shown.
pub fn compare_words(old: &str, new: &str) -> Option<Vec<Vec<DiffPart>>> {
    let (old, new) = (old.replace("\r\n", "\n"), new.replace("\r\n", "\n"));
    if old.lines().count() + new.lines().count() > LONGEST {
        return None;
    }
    let split_lines = |text| -> Vec<&str> { str::split_inclusive(text, ['\n', '\r']).collect() };
    let (old_lines, new_lines) = (split_lines(&old), split_lines(&new));
    let hunk = |ops: Vec<DiffOp>| {
        let mut hunk = WordHunk::default();
        for op in ops {
            let old = items_in(&old_lines, op.old_range()).concat();
            let new = items_in(&new_lines, op.new_range()).concat();
            if matches!(op, DiffOp::Equal { .. }) {
                hunk.same(&new);
            } else {
                hunk.changed(&old, &new);
            }
        }
        hunk.end();
        hunk.parts
    };
    let hunks = group_diff_ops(diff_ops(&old_lines, &new_lines), CONTEXT).into_iter().map(hunk);
    Some(
        hunks.filter(|parts| parts.iter().any(|part| !matches!(part, DiffPart::Same(_)))).collect(),
    )
}

/// A word, and the white space after it.
type SpacedWord<'t> = (&'t str, &'t str);

/// Splits a text into words; the first is empty if the text starts with white space.
fn words(text: &str) -> Vec<SpacedWord<'_>> {
    let mut words = Vec::new();
    let mut remaining = text;
    while !remaining.is_empty() {
        let word_end = remaining.find(char::is_whitespace).unwrap_or(remaining.len());
        let (word, text_after) = remaining.split_at(word_end);
        let space_end = text_after.find(|c: char| !c.is_whitespace()).unwrap_or(text_after.len());
        let (space, text_after) = text_after.split_at(space_end);
        words.push((word, space));
        remaining = text_after;
    }
    words
}

/// The words without the white space.
fn bare<'t>(words: &[SpacedWord<'t>]) -> Vec<&'t str> {
    words.iter().map(|(word, _)| *word).collect()
}

/// Builds the parts of one place where the versions differ.
#[derive(Default)]
struct WordHunk {
    parts: Vec<DiffPart>,
    /// Removed and added text that is not yet in `parts`.
    old: String,
    new: String,
}

impl WordHunk {
    /// Adds lines that differ. Words are compared without the white space after them, so that rewrapped
    /// lines are not a change.
    fn changed(&mut self, old: &str, new: &str) {
        let (old_words, new_words) = (words(old), words(new));
        if old_words.len() + new_words.len() > MOST_WORDS {
            self.old.push_str(old);
            self.new.push_str(new);
            return;
        }
        let (old_bare, new_bare) = (bare(&old_words), bare(&new_words));
        for op in diff_ops(&old_bare, &new_bare) {
            let old = items_in(&old_words, op.old_range()).iter();
            let new = items_in(&new_words, op.new_range()).iter();
            let append = |text: String, (word, space): &SpacedWord<'_>| text + word + space;
            let new = new.fold(String::new(), append);
            if matches!(op, DiffOp::Equal { .. }) {
                self.same(&new);
            } else {
                self.old += &old.fold(String::new(), append);
                self.new += &new;
            }
        }
    }

    fn same(&mut self, text: &str) {
        self.end();
        self.push(DiffPart::Same(text.to_owned()));
    }

    /// Ends a change; the white space after it is not part of it.
    fn end(&mut self) {
        let (old, new) = (std::mem::take(&mut self.old), std::mem::take(&mut self.new));
        let last_side = if new.is_empty() { &old } else { &new };
        let trailing_space =
            last_side.get(last_side.trim_end().len()..).unwrap_or_default().to_owned();
        self.push(DiffPart::Old(old.trim_end().to_owned()));
        self.push(DiffPart::New(new.trim_end().to_owned()));
        self.push(DiffPart::Same(trailing_space));
    }

    fn push(&mut self, part: DiffPart) {
        match (self.parts.last_mut(), part) {
            (_, DiffPart::Same(text) | DiffPart::Old(text) | DiffPart::New(text))
                if text.is_empty() => {}
            (Some(DiffPart::Same(previous)), DiffPart::Same(text)) => previous.push_str(&text),
            (_, part) => self.parts.push(part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DiffPart, compare_words};

    /// The places where two texts differ: `[-old-]`, `{+new+}`, and a line between two places.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let places = compare_words(old, new).unwrap();
        let places = places.iter().map(|parts| {
            let parts = parts.iter().map(|part| match part {
                DiffPart::Same(text) => text.clone(),
                DiffPart::Old(text) => format!("[-{text}-]"),
                DiffPart::New(text) => format!("{{+{text}+}}"),
            });
            parts.collect::<String>()
        });
        assert_eq!(places.collect::<Vec<_>>().join("---\n"), expected);
    }

    #[test]
    fn the_words_that_changed_are_marked_and_not_their_lines() {
        check(
            "We use MySQL now.\n",
            "We use PostgreSQL now.\n",
            "We use [-MySQL-]{+PostgreSQL+} now.\n",
        );
    }

    #[test]
    fn words_that_changed_side_by_side_are_one_change() {
        check("a b c d e\n", "a x y z e\n", "a [-b c d-]{+x y z+} e\n");
    }

    #[test]
    fn lines_that_break_elsewhere_are_no_change() {
        check("a b\nc d\n", "a b c\nd\n", "");
        check("a\r\nb\r\n", "a\nb\n", "");
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        check(
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
            "one\n2\n3\n4\n5\n6\n7\n8\n",
            "[-1-]{+one+}\n2\n3\n---\n7\n8\n[-9-]\n",
        );
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        check("1\r2\r3\r4\r5\r6\r", "one\r2\r3\r4\r5\r6\r", "[-1-]{+one+}\r2\r3\r");
    }

    #[test]
    fn a_text_that_is_too_long_is_not_compared() {
        assert_eq!(compare_words(&"a\n".repeat(6_000), &"b\n".repeat(6_000)), None);
    }
}
