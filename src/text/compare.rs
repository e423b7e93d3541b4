//! Two versions of a text, word by word, for people to read.

use similar::{DiffOp, group_diff_ops};

use super::diff::{some, steps};

/// How many lines are shown around a change.
const CONTEXT: usize = 2;

/// Versions with more lines than this, together, are not compared: it would take too long.
const LONGEST: usize = 10_000;

/// Places with more words than this, together, are shown as replaced: nothing in them is alike.
const MOST_WORDS: usize = 4_000;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// In both versions.
    Same(String),
    /// Only in the older one.
    Old(String),
    /// Only in the newer one.
    New(String),
}

/// The places where two versions differ, each with some lines around it; `None` where the texts
/// are too long to be compared. Blanks and the ends of lines are no difference; those of the newer
/// version are shown.
pub fn compare(old: &str, new: &str) -> Option<Vec<Vec<Part>>> {
    let (old, new) = (old.replace("\r\n", "\n"), new.replace("\r\n", "\n"));
    if old.lines().count() + new.lines().count() > LONGEST {
        return None;
    }
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, ['\n', '\r']).collect() };
    let (olds, news) = (lines(&old), lines(&new));
    let place = |ops: Vec<DiffOp>| {
        let mut place = Place::default();
        for op in ops {
            let old = some(&olds, op.old_range()).concat();
            let new = some(&news, op.new_range()).concat();
            if matches!(op, DiffOp::Equal { .. }) {
                place.same(&new);
            } else {
                place.changed(&old, &new);
            }
        }
        place.end();
        place.parts
    };
    let places = group_diff_ops(steps(&olds, &news), CONTEXT).into_iter().map(place);
    Some(places.filter(|parts| parts.iter().any(|part| !matches!(part, Part::Same(_)))).collect())
}

/// A word, and the blanks behind it.
type Word<'t> = (&'t str, &'t str);

/// The words of a text; the first one is empty where it begins with blanks.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word);
        let blank = after.find(|c: char| !c.is_whitespace()).unwrap_or(after.len());
        let (blank, after) = after.split_at(blank);
        words.push((word, blank));
        rest = after;
    }
    words
}

/// The words without the blanks.
fn bare<'t>(words: &[Word<'t>]) -> Vec<&'t str> {
    words.iter().map(|(word, _)| *word).collect()
}

/// The parts of a place, as they become known.
#[derive(Default)]
struct Place {
    parts: Vec<Part>,
    /// What went and what came, not yet among the parts.
    old: String,
    new: String,
}

impl Place {
    /// Lines that differ. Words are compared without the blanks behind them, so that lines that
    /// break elsewhere are no change.
    fn changed(&mut self, old: &str, new: &str) {
        let (olds, news) = (words(old), words(new));
        if olds.len() + news.len() > MOST_WORDS {
            self.old.push_str(old);
            self.new.push_str(new);
            return;
        }
        let (bare_olds, bare_news) = (bare(&olds), bare(&news));
        for op in steps(&bare_olds, &bare_news) {
            let old = some(&olds, op.old_range()).iter();
            let new = some(&news, op.new_range()).iter();
            let whole = |text: String, (word, blank): &Word<'_>| text + word + blank;
            let new = new.fold(String::new(), whole);
            if matches!(op, DiffOp::Equal { .. }) {
                self.same(&new);
            } else {
                self.old += &old.fold(String::new(), whole);
                self.new += &new;
            }
        }
    }

    fn same(&mut self, text: &str) {
        self.end();
        self.push(Part::Same(text.to_owned()));
    }

    /// The change is over; the blanks behind it are no part of it.
    fn end(&mut self) {
        let (old, new) = (std::mem::take(&mut self.old), std::mem::take(&mut self.new));
        let last = if new.is_empty() { &old } else { &new };
        let blank = last.get(last.trim_end().len()..).unwrap_or_default().to_owned();
        self.push(Part::Old(old.trim_end().to_owned()));
        self.push(Part::New(new.trim_end().to_owned()));
        self.push(Part::Same(blank));
    }

    fn push(&mut self, part: Part) {
        match (self.parts.last_mut(), part) {
            (_, Part::Same(text) | Part::Old(text) | Part::New(text)) if text.is_empty() => {}
            (Some(Part::Same(before)), Part::Same(text)) => before.push_str(&text),
            (_, part) => self.parts.push(part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, compare};

    /// The places where two texts differ: `[-old-]`, `{+new+}`, and a line between two places.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let places = compare(old, new).unwrap();
        let places = places.iter().map(|parts| {
            let parts = parts.iter().map(|part| match part {
                Part::Same(text) => text.clone(),
                Part::Old(text) => format!("[-{text}-]"),
                Part::New(text) => format!("{{+{text}+}}"),
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
        assert_eq!(compare(&"a\n".repeat(6_000), &"b\n".repeat(6_000)), None);
    }
}
