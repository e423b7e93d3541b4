//! Lines of a text, and how they end.

/// How the lines of `text` end: as the first of them does.
pub(super) fn eol(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// The first byte of the line that holds the byte `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

/// The byte behind the last of the line that holds `at`, the line's ending not counted.
pub(super) fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The end of the last line of the paragraph that holds `at`: before the next blank line or
/// heading.
pub(super) fn end_of_paragraph(text: &str, at: usize, limit: usize) -> usize {
    let mut end = end_of_line(text, at);
    loop {
        let rest = text.get(end..limit).unwrap_or_default();
        let Some(next) = rest.find('\n').map(|newline| end + newline + 1) else { return end };
        let line = text.get(next..end_of_line(text, next)).unwrap_or_default();
        if next >= limit || line.trim().is_empty() || line.starts_with('#') {
            return end;
        }
        end = end_of_line(text, next);
    }
}

#[cfg(test)]
mod tests {
    use super::{end_of_line, end_of_paragraph, eol, line_start};

    #[test]
    fn windows_line_endings_are_no_part_of_a_line() {
        let text = "ab\r\ncd\r\n\r\nef";
        assert_eq!(eol(text), "\r\n");
        assert_eq!((line_start(text, 5), end_of_line(text, 5)), (4, 6));
        assert_eq!(end_of_paragraph(text, 1, text.len()), 6);
        assert_eq!(end_of_paragraph(text, 11, text.len()), 12);
    }
}
