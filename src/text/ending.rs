//! How lines end: with LF, CRLF, or a CR alone, as `CommonMark` (2.1) and YAML (5.4) define it.
//!
//! A [`Source`](super::Source) gives its text to readers with an LF for every CR alone. Both are one byte, so
//! that all places stay the same, and readers need to know LF and CRLF only.

use std::ops::Range;

use super::diff::steps;
use super::{Edit, Span};

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
    /// A carriage return that no line feed follows.
    Cr,
}

impl Ending {
    /// The bytes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }

    /// As messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lf => "LF",
            Self::CrLf => "CRLF",
            Self::Cr => "CR",
        }
    }
}

/// Texts with more lines than this, together, are not compared to find out which of their lines are
/// the same: it would take too long.
const LONGEST: usize = 10_000;

/// The ends of the lines of `text`, each with its bytes.
pub fn endings(text: &str) -> impl Iterator<Item = (Span, Ending)> + '_ {
    let bytes = text.as_bytes();
    let mut marks = memchr::memchr2_iter(b'\n', b'\r', bytes).peekable();
    std::iter::from_fn(move || {
        let at = marks.next()?;
        if bytes.get(at) == Some(&b'\n') {
            return Some((Span::new(at, at + 1), Ending::Lf));
        }
        if bytes.get(at + 1) == Some(&b'\n') {
            marks.next();
            return Some((Span::new(at, at + 2), Ending::CrLf));
        }
        Some((Span::new(at, at + 1), Ending::Cr))
    })
}

/// `text` with an LF for every CR alone; `None` if it has none.
pub fn with_line_feeds(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut alone =
        memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).peekable();
    alone.peek()?;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for at in alone {
        out.push_str(Span::new(done, at).of(text));
        out.push('\n');
        done = at + 1;
    }
    out.push_str(Span::new(done, text.len()).of(text));
    Some(out)
}

/// `edit` with the line ends of the text `written` around it: a line that was there before keeps its
/// end, and a new one ends as its neighbour does.
pub(super) fn local(edit: &Edit, written: &str) -> Edit {
    let has_return = |text: &str| memchr::memchr(b'\r', text.as_bytes()).is_some();
    let is_plain = !has_return(written) && !has_return(&edit.text);
    if edit.is_exact || is_plain || !edit.text.contains(['\n', '\r']) {
        return edit.clone();
    }
    let (old, new) = (lines(edit.span.of(written)), lines(&edit.text));
    let mut end = near(written, edit.span.start).unwrap_or(Ending::Lf);
    let mut text = String::with_capacity(edit.text.len());
    for (old_at, line) in pairs(&old, &new).into_iter().zip(&new) {
        end = old_at.and_then(|at| old.get(at)?.end).unwrap_or(end);
        text.push_str(line.words);
        text.push_str(line.end.map_or("", |_| end.as_str()));
    }
    Edit { text, ..edit.clone() }
}

/// A line, or what an edit has of it.
struct Line<'t> {
    words: &'t str,
    end: Option<Ending>,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (span, end) in endings(text) {
        lines.push(Line { words: Span::new(start, span.start).of(text), end: Some(end) });
        start = span.end;
    }
    lines.push(Line { words: Span::new(start, text.len()).of(text), end: None });
    lines
}

/// How the line that holds the byte `at` ends; for the last one, how the line before it does.
fn near(text: &str, at: usize) -> Option<Ending> {
    let last = || {
        let before = text.get(..at)?;
        let mark = before.rfind(['\n', '\r'])?;
        let above = before.get(..mark)?;
        let is_crlf = before.as_bytes().get(mark) == Some(&b'\n') && above.ends_with('\r');
        endings(before.get(mark - usize::from(is_crlf)..)?).next()
    };
    let next = text.get(at..).and_then(|rest| endings(rest).next());
    next.or_else(last).map(|(_, end)| end)
}

/// For every new line the old one that it is, or whose place it takes.
fn pairs(old: &[Line<'_>], new: &[Line<'_>]) -> Vec<Option<usize>> {
    let place = |at: usize, old: Range<usize>| {
        old.end.checked_sub(1).filter(|_| !old.is_empty()).map(|last| last.min(old.start + at))
    };
    if old.len() + new.len() > LONGEST {
        return (0..new.len()).map(|at| place(at, 0..old.len())).collect();
    }
    let steps = steps(&words(old), &words(new));
    let pairs = steps.iter().flat_map(|step| {
        let old = step.old_range();
        (0..step.new_range().len()).map(move |at| place(at, old.clone()))
    });
    pairs.collect()
}

fn words<'t>(lines: &[Line<'t>]) -> Vec<&'t str> {
    lines.iter().map(|line| line.words).collect()
}

#[cfg(test)]
mod tests {
    use super::{Ending, endings, local, with_line_feeds};
    use crate::text::{Edit, Span};

    #[test]
    fn every_end_of_a_line_is_seen_once() {
        use Ending::{Cr, CrLf, Lf};
        let found: Vec<_> = endings("a\nb\r\nc\rd\r\r\n\n\r").collect();
        let expected = [(1, 2, Lf), (3, 5, CrLf), (6, 7, Cr), (8, 9, Cr), (9, 11, CrLf)];
        let expected = expected.into_iter().chain([(11, 12, Lf), (12, 13, Cr)]);
        let expected: Vec<_> = expected.map(|(a, b, end)| (Span::new(a, b), end)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_return_alone_becomes_a_line_feed_and_no_byte_moves() {
        assert_eq!(with_line_feeds("a\nb\r\nc"), None);
        assert_eq!(with_line_feeds("ä\rb\r\r\nc\r").as_deref(), Some("ä\nb\n\r\nc\n"));
    }

    #[track_caller]
    fn check(written: &str, (start, end): (usize, usize), text: &str, expected: &str) {
        let edit = local(&Edit::replace(Span::new(start, end), text), written);
        assert_eq!(edit.text, expected, "{text:?}");
    }

    #[test]
    fn new_lines_end_as_those_around_them() {
        check("a\rb\r", (1, 1), "\nx\n", "\rx\r");
        check("a\r\nb\r\n", (0, 0), "x\n", "x\r\n");
        check("a\nb\n", (0, 0), "x\r\ny\r", "x\ny\n");
        // The line that it is put behind, and not the first one of the text.
        check("a\nb\rc\n", (3, 3), "\nx", "\rx");
        check("a\rb", (3, 3), "\nx", "\rx");
        check("a\r\nb", (4, 4), "\nx", "\r\nx");
        check("a", (1, 1), "\nx", "\nx");
    }

    #[test]
    fn lines_that_stay_keep_their_ends() {
        check("a\nb\rc\r\nd\n", (0, 8), "x\nb\nc\nd", "x\nb\rc\r\nd");
        check("a\nb\rc\r\nd\n", (0, 8), "a\nx\nb\nc\ny", "a\nx\nb\rc\r\ny");
        let exact = Edit::replace(Span::new(1, 2), "\n").exactly();
        assert_eq!(local(&exact, "a\rb").text, "\n");
    }
}
