//! The lines of a text that people wrote as text: without code and comments. Knows no record.

use crate::syntax::{self, Line, LineKind};
use crate::text::Span;

/// The lines from the byte `start` on, without their ends, that are in no block of code and in no
/// comment. No block may be open at `start`.
pub(in crate::lint) fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    let lines = syntax::lines(text, Span::new(start, text.len())).into_iter();
    let is_text =
        |line: &Line| !matches!(line.kind, LineKind::Code | LineKind::Fence | LineKind::Comment);
    lines.filter(is_text).map(|line| {
        let whole = line.span.whole_lines(text);
        Span::new(whole.start, whole.start + whole.of(text).trim_end_matches('\r').len())
    })
}

/// Whether the text begins with `words`, which are ASCII, in whatever case.
pub(in crate::lint) fn begins_with(text: &str, words: &str) -> bool {
    // Most differ in the first letter.
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    let begins = || text.get(..words.len());
    first(text) == first(words) && begins().is_some_and(|begins| begins.eq_ignore_ascii_case(words))
}

/// The line, its end, and one blank line behind it.
pub(in crate::lint) fn with_blank_line(text: &str, line: Span) -> Span {
    let rest = text.get(line.end..).unwrap_or_default();
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let blank = rest.get(end..).and_then(|rest| rest.find('\n').map(|at| rest.split_at(at).0));
    let extra = blank.filter(|blank| blank.trim().is_empty()).map_or(0, |blank| blank.len() + 1);
    Span::new(line.start, line.end + end + extra)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn code_and_comments_are_left_out() {
        let text = "a\n```\nb\n~~~\n```\nc\r\n<!-- d\ne -->\nf <!-- g -->\n";
        let kept: Vec<&str> = lines(text, 0).map(|span| span.of(text)).collect();
        assert_eq!(kept, ["a", "c", "f <!-- g -->"]);
    }
}
