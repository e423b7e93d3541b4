//! Lines of a text, and how they end.

/// The line ending of the first line of `text`.
pub(crate) fn line_ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(newline) if text.get(..newline).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// The start of the line that contains `offset`.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// The end of the line that contains `offset`, without the line ending.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    let text_after = text.get(offset..).unwrap_or_default();
    let rest_of_line = text_after.split('\n').next().unwrap_or_default();
    offset + rest_of_line.strip_suffix('\r').unwrap_or(rest_of_line).len()
}

/// The end of the last line of the paragraph that contains `offset`: before the next blank line or heading.
pub(crate) fn paragraph_end(text: &str, offset: usize, limit: usize) -> usize {
    let mut end = line_end(text, offset);
    loop {
        let text_after = text.get(end..limit).unwrap_or_default();
        let Some(next_start) = text_after.find('\n').map(|newline| end + newline + 1) else {
            return end;
        };
        let next_line = text.get(next_start..line_end(text, next_start)).unwrap_or_default();
        if next_start >= limit || next_line.trim().is_empty() || next_line.starts_with('#') {
            return end;
        }
        end = line_end(text, next_start);
    }
}

/// The indentation of an item of a numbered list, its number, and its mark with the spaces after it; `None` for
/// any other line.
pub(crate) fn numbered_item(line: &str) -> Option<(&str, u32, &str)> {
    let item = line.trim_start();
    let digit_count = item.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, from_mark) = item.split_at(digit_count);
    let after_mark = from_mark.strip_prefix(['.', ')'])?;
    let mark_length = from_mark.len() - after_mark.trim_start_matches([' ', '\t']).len();
    let indentation = line.get(..line.len() - item.len())?;
    let mark = from_mark.get(..mark_length).filter(|mark| mark.len() > 1)?;
    Some((indentation, digits.parse().ok()?, mark))
}

/// The hard line break at the end of a line: two spaces, a backslash or `<br>`, with the spaces after it. Empty if
/// Markdown joins the line with the next one.
pub(crate) fn hard_break(line: &str) -> &str {
    let trimmed = line.trim_end_matches([' ', '\t']);
    let lowercase = trimmed.to_ascii_lowercase();
    let tag = ["<br>", "<br/>", "<br />"].into_iter().find(|tag| lowercase.ends_with(tag));
    let mark_length = match tag {
        Some(tag) => tag.len(),
        None if trimmed.ends_with('\\') && !trimmed.ends_with("\\\\") => 1,
        None if trimmed.is_empty() || line.len() < trimmed.len() + 2 => return "",
        None => 0,
    };
    line.get(trimmed.len() - mark_length..).unwrap_or_default()
}

/// The hard line breaks before and after a new line that is inserted at `offset`, the end of a line of the same
/// paragraph, so that Markdown joins only lines that it joined before.
pub(crate) fn breaks_around_new_line(text: &str, offset: usize) -> (&str, &str) {
    let start = line_start(text, offset);
    let own_break = hard_break(text.get(start..offset).unwrap_or_default());
    if !own_break.is_empty() {
        return ("", own_break);
    }
    let text_above = text.get(..start).unwrap_or_default();
    let text_above = text_above.strip_suffix('\n').unwrap_or(text_above);
    let text_above = text_above.strip_suffix('\r').unwrap_or(text_above);
    let line_above = text_above.get(line_start(text_above, text_above.len())..);
    (hard_break(line_above.unwrap_or_default()), "")
}

#[cfg(test)]
mod tests {
    use super::{
        breaks_around_new_line, hard_break, line_end, line_ending, line_start, numbered_item,
        paragraph_end,
    };

    #[test]
    fn hard_breaks_are_recognised() {
        let breaks = ["a  ", "a \t ", "a\\", "a<br>", "a <BR/> ", "a<br />"].map(hard_break);
        assert_eq!(breaks, ["  ", " \t ", "\\", "<br>", "<BR/> ", "<br />"]);
        assert_eq!(["", "  ", "a", "a ", "a\\\\", "a\t"].map(hard_break), [""; 6]);
    }

    #[test]
    fn a_new_line_has_the_breaks_of_its_paragraph() {
        assert_eq!(breaks_around_new_line("a  \r\nb\r\n", 6), ("  ", ""));
        assert_eq!(breaks_around_new_line("a\\\nb", 2), ("", "\\"));
        assert_eq!(breaks_around_new_line("a\nb", 3), ("", ""));
        assert_eq!(breaks_around_new_line("a  \n\nb", 6), ("", ""));
    }

    #[test]
    fn numbered_items_are_recognised() {
        assert_eq!(numbered_item("  12.  Accepted"), Some(("  ", 12, ".  ")));
        assert_eq!(numbered_item("3) Accepted"), Some(("", 3, ") ")));
        let others = ["2024-01-02 accepted", "1.2 beta", "- 1. a", "12", "a. b"];
        assert!(others.iter().all(|line| numbered_item(line).is_none()));
    }

    #[test]
    fn crlf_is_not_part_of_a_line() {
        let text = "ab\r\ncd\r\n\r\nef";
        assert_eq!(line_ending(text), "\r\n");
        assert_eq!((line_start(text, 5), line_end(text, 5)), (4, 6));
        assert_eq!(paragraph_end(text, 1, text.len()), 6);
        assert_eq!(paragraph_end(text, 11, text.len()), 12);
    }
}
