//! The lines of a text without code and comments.

use crate::syntax::{self, Line, LineKind};
use crate::text::Span;

/// The lines from the byte `start` on, without line breaks, that are neither in a code block nor in a comment. No block
/// may be open at `start`.
pub(in crate::lint) fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    let lines = syntax::lines(text, Span::new(start, text.len())).into_iter();
    let is_text =
        |line: &Line| !matches!(line.kind, LineKind::Code | LineKind::Fence | LineKind::Comment);
    lines.filter(is_text).map(|line| {
        let whole_line = line.span.whole_lines(text);
        Span::new(
            whole_line.start,
            whole_line.start + whole_line.of(text).trim_end_matches('\r').len(),
        )
    })
}

/// Whether the text begins with `words`, which are ASCII, in any case.
pub(in crate::lint) fn begins_with(text: &str, words: &str) -> bool {
    // Most texts differ in the first letter, which is cheap to compare.
    let first_letter = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    let has_start =
        || text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    first_letter(text) == first_letter(words) && has_start()
}

/// The line, its line break, and one blank line after it.
pub(in crate::lint) fn with_blank_line(text: &str, line: Span) -> Span {
    let text_after = text.get(line.end..).unwrap_or_default();
    let line_break = text_after.find('\n').map_or(text_after.len(), |offset| offset + 1);
    let next_line = text_after.get(line_break..).and_then(|after| after.split_once('\n'));
    let blank_line = next_line.map(|(line, _)| line).filter(|line| line.trim().is_empty());
    let blank_length = blank_line.map_or(0, |line| line.len() + 1);
    Span::new(line.start, line.end + line_break + blank_length)
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
