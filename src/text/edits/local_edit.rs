//! Adapts the line endings of edits to the file that they change.

use std::ops::Range;

use super::{Edit, LineEnding, line_endings};
use crate::text::Span;
use crate::text::compare::diff_ops;

/// Texts with more lines in total are not compared to find equal lines: it would take too long.
const LONGEST: usize = 10_000;

/// Returns `edit` with the line endings of the text `written` around it: a line that already existed keeps its
/// ending, and a new one ends like the line before it.
pub(super) fn adapted(edit: &Edit, written: &str) -> Edit {
    let has_return = |text: &str| memchr::memchr(b'\r', text.as_bytes()).is_some();
    let is_plain = !has_return(written) && !has_return(&edit.text);
    if edit.is_exact || is_plain || !edit.text.contains(['\n', '\r']) {
        return edit.clone();
    }
    let (old_lines, new_lines) = (split_lines(edit.span.of(written)), split_lines(&edit.text));
    let mut ending = ending_near(written, edit.span.start).unwrap_or(LineEnding::Lf);
    let mut text = String::with_capacity(edit.text.len());
    for (old_index, line) in old_indexes(&old_lines, &new_lines).into_iter().zip(&new_lines) {
        ending = old_index.and_then(|index| old_lines.get(index)?.ending).unwrap_or(ending);
        text.push_str(line.words);
        text.push_str(line.ending.map_or("", |_| ending.as_str()));
    }
    Edit { text, ..edit.clone() }
}

/// A line, or the part of it that an edit contains.
struct EndedLine<'t> {
    words: &'t str,
    ending: Option<LineEnding>,
}

fn split_lines(text: &str) -> Vec<EndedLine<'_>> {
    let mut line_start = 0;
    let mut ended_lines: Vec<EndedLine<'_>> = Vec::new();
    for (span, ending) in line_endings(text) {
        let words = Span::new(line_start, span.start).of(text);
        ended_lines.push(EndedLine { words, ending: Some(ending) });
        line_start = span.end;
    }
    ended_lines.push(EndedLine { words: Span::new(line_start, text.len()).of(text), ending: None });
    ended_lines
}

/// The ending of the line that contains the byte `offset`; for the last line, of the line before it.
fn ending_near(text: &str, offset: usize) -> Option<LineEnding> {
    let previous_ending = || {
        let text_before = text.get(..offset)?;
        let last_break = text_before.rfind(['\n', '\r'])?;
        let text_above = text_before.get(..last_break)?;
        let is_crlf =
            text_before.as_bytes().get(last_break) == Some(&b'\n') && text_above.ends_with('\r');
        line_endings(text_before.get(last_break - usize::from(is_crlf)..)?).next()
    };
    let next_ending = text.get(offset..).and_then(|remaining| line_endings(remaining).next());
    next_ending.or_else(previous_ending).map(|(_, ending)| ending)
}

/// For every new line, the index of the old line that it equals or replaces.
fn old_indexes(old: &[EndedLine<'_>], new: &[EndedLine<'_>]) -> Vec<Option<usize>> {
    // More new lines than old ones in a range all belong to the last of the old ones.
    let old_index = |index: usize, old_range: Range<usize>| {
        let last_index = old_range.end.checked_sub(1).filter(|_| !old_range.is_empty());
        last_index.map(|last| last.min(old_range.start + index))
    };
    if old.len() + new.len() > LONGEST {
        return (0..new.len()).map(|index| old_index(index, 0..old.len())).collect();
    }
    let ops = diff_ops(&line_words(old), &line_words(new));
    let old_indexes = ops.iter().flat_map(|op| {
        let old_range = op.old_range();
        (0..op.new_range().len()).map(move |index| old_index(index, old_range.clone()))
    });
    old_indexes.collect()
}

fn line_words<'t>(lines: &[EndedLine<'t>]) -> Vec<&'t str> {
    lines.iter().map(|line| line.words).collect()
}

#[cfg(test)]
mod tests {
    use super::adapted;
    use crate::text::{Edit, Span};

    #[track_caller]
    fn check(written: &str, (start, end): (usize, usize), text: &str, expected: &str) {
        let edit = adapted(&Edit::replace(Span::new(start, end), text), written);
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
        assert_eq!(adapted(&exact, "a\rb").text, "\n");
    }
}
