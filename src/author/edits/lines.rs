//! Lines of a text, and how they end.

/// How the lines of `text` end: as the first of them does.
pub(crate) fn eol(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// The first byte of the line that holds the byte `at`.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

/// The byte behind the last of the line that holds `at`, the line's ending not counted.
pub(crate) fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The end of the last line of the paragraph that holds `at`: before the next blank line or
/// heading.
pub(crate) fn end_of_paragraph(text: &str, at: usize, limit: usize) -> usize {
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

/// The blanks before the number of an item, the number, and its mark with the blanks behind it; `None` for a
/// line that is no item of a numbered list.
pub(crate) fn numbered_item(line: &str) -> Option<(&str, u32, &str)> {
    let bare = line.trim_start();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = bare.split_at(digits);
    let words = rest.strip_prefix(['.', ')'])?;
    let behind = rest.len() - words.trim_start_matches([' ', '\t']).len();
    let indent = line.get(..line.len() - bare.len())?;
    let mark = rest.get(..behind).filter(|mark| mark.len() > 1)?;
    Some((indent, number.parse().ok()?, mark))
}

/// What keeps a line from running together with the next: two blanks, a backslash or `<br>`, with the
/// blanks behind it. Empty where it does run on.
pub(crate) fn line_break(line: &str) -> &str {
    let bare = line.trim_end_matches([' ', '\t']);
    let lower = bare.to_ascii_lowercase();
    let tag = ["<br>", "<br/>", "<br />"].into_iter().find(|tag| lower.ends_with(tag));
    let mark = match tag {
        Some(tag) => tag.len(),
        None if bare.ends_with('\\') && !bare.ends_with("\\\\") => 1,
        None if bare.is_empty() || line.len() < bare.len() + 2 => return "",
        None => 0,
    };
    line.get(bare.len() - mark..).unwrap_or_default()
}

/// What has to stand before and behind a line that is put below the one that ends at `at`, in one
/// paragraph with it, so that none of its lines run together that did not before.
pub(crate) fn breaks_below(text: &str, at: usize) -> (&str, &str) {
    let start = line_start(text, at);
    let own = line_break(text.get(start..at).unwrap_or_default());
    if !own.is_empty() {
        return ("", own);
    }
    let above = text.get(..start).unwrap_or_default();
    let above = above.strip_suffix('\n').unwrap_or(above);
    let above = above.strip_suffix('\r').unwrap_or(above);
    (line_break(above.get(line_start(above, above.len())..).unwrap_or_default()), "")
}

#[cfg(test)]
mod tests {
    use super::{
        breaks_below, end_of_line, end_of_paragraph, eol, line_break, line_start, numbered_item,
    };

    #[test]
    fn a_break_is_told_from_the_line() {
        let breaks = ["a  ", "a \t ", "a\\", "a<br>", "a <BR/> ", "a<br />"].map(line_break);
        assert_eq!(breaks, ["  ", " \t ", "\\", "<br>", "<BR/> ", "<br />"]);
        assert_eq!(["", "  ", "a", "a ", "a\\\\", "a\t"].map(line_break), [""; 6]);
    }

    #[test]
    fn a_paragraph_goes_on_as_its_lines_do() {
        assert_eq!(breaks_below("a  \r\nb\r\n", 6), ("  ", ""));
        assert_eq!(breaks_below("a\\\nb", 2), ("", "\\"));
        assert_eq!(breaks_below("a\nb", 3), ("", ""));
        assert_eq!(breaks_below("a  \n\nb", 6), ("", ""));
    }

    #[test]
    fn an_item_of_a_numbered_list_is_taken_apart() {
        assert_eq!(numbered_item("  12.  Accepted"), Some(("  ", 12, ".  ")));
        assert_eq!(numbered_item("3) Accepted"), Some(("", 3, ") ")));
        let others = ["2024-01-02 accepted", "1.2 beta", "- 1. a", "12", "a. b"];
        assert!(others.iter().all(|line| numbered_item(line).is_none()));
    }

    #[test]
    fn windows_line_endings_are_no_part_of_a_line() {
        let text = "ab\r\ncd\r\n\r\nef";
        assert_eq!(eol(text), "\r\n");
        assert_eq!((line_start(text, 5), end_of_line(text, 5)), (4, 6));
        assert_eq!(end_of_paragraph(text, 1, text.len()), 6);
        assert_eq!(end_of_paragraph(text, 11, text.len()), 12);
    }
}
