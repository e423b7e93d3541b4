//! Lists of values: separated by commas, or one per line. Depends on the places of the values, not on their meaning.

use super::lines::{line_end, line_ending, line_start};
use crate::text::{Edit, Span};

/// Adds `value` after the last of `items`, with the separator that the items have.
pub(crate) fn append_item(text: &str, items: &[Span], value: &str) -> Option<Edit> {
    let last_item = *items.last()?;
    if let Some(marker) = marker_of_own_line(text, last_item) {
        let offset = line_end(text, last_item.end);
        return Some(Edit::insert(offset, format!("{}{marker}{value}", line_ending(text))));
    }
    let previous_item = items.len().checked_sub(2).and_then(|index| items.get(index));
    let separator =
        previous_item.map_or(", ", |previous| Span::new(previous.end, last_item.start).of(text));
    let separator = if separator.trim().is_empty() { ", " } else { separator };
    Some(Edit::insert(last_item.end, format!("{separator}{value}")))
}

/// Removes the item at `index` with one separator; of a single item, also the spaces before it.
pub(crate) fn remove_item(text: &str, items: &[Span], index: usize) -> Option<Edit> {
    let item = *items.get(index)?;
    let next_item = items.get(index + 1);
    if marker_of_own_line(text, item).is_some()
        && next_item.is_none_or(|next| Span::new(item.end, next.start).of(text).contains('\n'))
    {
        let lines = Span::new(line_start(text, item.start), line_end(text, item.end));
        return Some(Edit::replace(lines_with_ending(text, lines), ""));
    }
    let previous_item = index.checked_sub(1).and_then(|previous| items.get(previous));
    let removed_span = match (previous_item, next_item) {
        (Some(previous), _) => Span::new(previous.end, item.end),
        (None, Some(next)) => Span::new(item.start, next.start),
        (None, None) => {
            let spaces_start = text.get(..item.start)?.trim_end_matches([' ', '\t']).len();
            Span::new(spaces_start, item.end)
        }
    };
    Some(Edit::replace(removed_span, ""))
}

/// `lines` with one adjacent line ending: the one after them, or the one before them at the end of the text.
pub(crate) fn lines_with_ending(text: &str, lines: Span) -> Span {
    let text_after = text.get(lines.end..).unwrap_or_default();
    if let Some(ending) = ["\r\n", "\n"].into_iter().find(|ending| text_after.starts_with(ending)) {
        return Span::new(lines.start, lines.end + ending.len());
    }
    let text_before = text.get(..lines.start).unwrap_or_default();
    Span::new(without_last_ending(text_before).unwrap_or(text_before).len(), lines.end)
}

/// The lines of `span` with what separates them from the other lines: one line ending, or with it the blank line
/// of a paragraph. The inverse of an insertion after the line above.
pub(crate) fn removable_lines(text: &str, span: Span) -> Span {
    let lines = Span::new(line_start(text, span.start), line_end(text, span.end));
    let text_above = text.get(..lines.start).and_then(without_last_ending);
    let text_after = text.get(lines.end..).unwrap_or_default();
    let text_below = without_first_ending(text_after).unwrap_or_default();
    let line_above = text_above.and_then(|above| above.get(line_start(above, above.len())..));
    let opens_section = |line: &str| ["#", "---", "==="].iter().any(|mark| line.starts_with(mark));
    // Below a heading or front matter, the blank line after the lines is removed with them.
    if line_above.is_none_or(opens_section)
        && let Some(after_blank_line) = without_first_ending(text_below)
    {
        return Span::new(lines.start, text.len() - after_blank_line.len());
    }
    let Some(text_above) = text_above else { return lines_with_ending(text, lines) };
    let next_line = text_below.lines().next().unwrap_or_default();
    let ends_paragraph = next_line.trim().is_empty() || next_line.starts_with('#');
    let above_blank_line = without_last_ending(text_above).filter(|_| ends_paragraph);
    Span::new(above_blank_line.unwrap_or(text_above).len(), lines.end)
}

/// `text` without the line ending at its end.
fn without_last_ending(text: &str) -> Option<&str> {
    let stripped = text.strip_suffix('\n')?;
    Some(stripped.strip_suffix('\r').unwrap_or(stripped))
}

/// `text` without the line ending at its start.
fn without_first_ending(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))
}

/// The text before an item that begins its line: indentation and a list marker.
fn marker_of_own_line(text: &str, item: Span) -> Option<&str> {
    let text_before = Span::new(line_start(text, item.start), item.start).of(text);
    let marker = text_before.trim().trim_start_matches('>').trim();
    let digits = marker.trim_end_matches(['.', ')']);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // A quotation mark or a bracket belongs to the item.
    (matches!(marker, "-" | "*" | "+") || is_number && marker != digits).then_some(text_before)
}

#[cfg(test)]
mod tests {
    use super::{append_item, removable_lines, remove_item};
    use crate::text::{Edit, Span, apply};

    fn spans(text: &str, items: &[&str]) -> Vec<Span> {
        let place = |item: &&str| {
            let at = text.find(item).unwrap();
            Span::new(at, at + item.len())
        };
        items.iter().map(place).collect()
    }

    #[track_caller]
    fn check(text: &str, items: &[&str], expected: &str) {
        let edit = append_item(text, &spans(text, items), "New").unwrap();
        let grown = apply(text, &[edit]).unwrap();
        assert_eq!(grown, expected);
        let mut items = items.to_vec();
        items.push("New");
        let edit = remove_item(&grown, &spans(&grown, &items), items.len() - 1).unwrap();
        assert_eq!(apply(&grown, &[edit]).unwrap(), text);
    }

    #[test]
    fn a_row_keeps_its_separator() {
        check("* Who: Ann; Bob\n", &["Ann", "Bob"], "* Who: Ann; Bob; New\n");
        check("* Who: Ann\n", &["Ann"], "* Who: Ann, New\n");
        check("[Ann,Bob]", &["Ann", "Bob"], "[Ann,Bob,New]");
    }

    #[test]
    fn a_list_gets_a_new_line() {
        check(
            "who:\r\n  - Ann # she\r\nx\r\n",
            &["Ann"],
            "who:\r\n  - Ann # she\r\n  - New\r\nx\r\n",
        );
        check("* Ann\n* Bob", &["Ann", "Bob"], "* Ann\n* Bob\n* New");
    }

    #[test]
    fn lines_are_removed_with_their_separator() {
        let check = |text: &str, line: &str, expected: &str| {
            let at = text.find(line).unwrap();
            let span = removable_lines(text, Span::new(at, at + line.len()));
            assert_eq!(apply(text, &[Edit::replace(span, "")]).unwrap(), expected);
        };
        check("a\n\nxy\n\nb\n", "x", "a\n\nb\n");
        check("a\r\nxy\r\nb\r\n", "x", "a\r\nb\r\n");
        check("a\n\nxy\n", "x", "a\n");
        check("xy\n\nb\n", "x", "b\n");
        check("xy\nb\n", "x", "b\n");
        check("# a\nxy\n\nb\n", "x", "# a\nb\n");
        check("a\n\nxy\n## b\n", "x", "a\n## b\n");
    }

    #[test]
    fn the_first_and_the_only_item_are_removed_with_their_separator() {
        let check = |text, items: &[&str], expected| {
            let edit = remove_item(text, &spans(text, items), 0).unwrap();
            assert_eq!(apply(text, &[edit]).unwrap(), expected);
        };
        check("| Who | Ann, Bob |", &["Ann", "Bob"], "| Who | Bob |");
        check("| Who | Ann |", &["Ann"], "| Who | |");
        check("- Who:\n  - Ann\n- x", &["Ann"], "- Who:\n- x");
    }
}
