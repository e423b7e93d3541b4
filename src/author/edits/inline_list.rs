//! Values that stand in a row: commas between them, or one on each line. Knows where they stand
//! and not what they mean.

use super::lines::{end_of_line, eol, line_start};
use crate::text::{Edit, Span};

/// Puts `value` behind the last of `items`, with what stands between two of them.
pub(crate) fn append_item(text: &str, items: &[Span], value: &str) -> Option<Edit> {
    let last = *items.last()?;
    if let Some(head) = own_line(text, last) {
        let at = end_of_line(text, last.end);
        return Some(Edit::insert(at, format!("{}{head}{value}", eol(text))));
    }
    let before = items.len().checked_sub(2).and_then(|at| items.get(at));
    let between = before.map_or(", ", |before| Span::new(before.end, last.start).of(text));
    let between = if between.trim().is_empty() { ", " } else { between };
    Some(Edit::insert(last.end, format!("{between}{value}")))
}

/// Takes the item `at` away, with what parts it from its neighbour; of an only one, the blanks
/// before it too.
pub(crate) fn remove_item(text: &str, items: &[Span], at: usize) -> Option<Edit> {
    let item = *items.get(at)?;
    let next = items.get(at + 1);
    if own_line(text, item).is_some() && next.is_none_or(|next| is_below(text, item, *next)) {
        let end = end_of_line(text, item.end);
        let start = line_start(text, item.start);
        return Some(Edit::replace(whole_lines(text, Span::new(start, end)), ""));
    }
    let span = match (at.checked_sub(1).and_then(|at| items.get(at)), next) {
        (Some(before), _) => Span::new(before.end, item.end),
        (None, Some(next)) => Span::new(item.start, next.start),
        (None, None) => {
            let blanks = text.get(..item.start)?.trim_end_matches([' ', '\t']).len();
            Span::new(blanks, item.end)
        }
    };
    Some(Edit::replace(span, ""))
}

/// Lines with one of the line ends around them: that behind them, at the end of the text that
/// before them.
pub(crate) fn whole_lines(text: &str, lines: Span) -> Span {
    let rest = text.get(lines.end..).unwrap_or_default();
    if let Some(ending) = ["\r\n", "\n"].into_iter().find(|ending| rest.starts_with(ending)) {
        return Span::new(lines.start, lines.end + ending.len());
    }
    let before = text.get(..lines.start).unwrap_or_default();
    let kept = before.strip_suffix('\n').unwrap_or(before);
    Span::new(kept.strip_suffix('\r').unwrap_or(kept).len(), lines.end)
}

/// The lines of `span`, with what parts them from the rest: one line end, or with it the blank line
/// of a paragraph. Takes back what was inserted behind the line above.
pub(crate) fn cut(text: &str, span: Span) -> Span {
    let lines = Span::new(line_start(text, span.start), end_of_line(text, span.end));
    let above = text.get(..lines.start).and_then(without_end);
    let rest = text.get(lines.end..).unwrap_or_default();
    let below = behind_end(rest).unwrap_or_default();
    let last = above.and_then(|above| above.get(line_start(above, above.len())..));
    let opens = |last: &str| ["#", "---", "==="].iter().any(|mark| last.starts_with(mark));
    if last.is_none_or(opens)
        && let Some(after) = behind_end(below)
    {
        return Span::new(lines.start, text.len() - after.len());
    }
    let Some(above) = above else { return whole_lines(text, lines) };
    let next = below.lines().next().unwrap_or_default();
    let is_last = next.trim().is_empty() || next.starts_with('#');
    let blank = without_end(above).filter(|_| is_last);
    Span::new(blank.unwrap_or(above).len(), lines.end)
}

/// `text` without the line end that it ends in.
fn without_end(text: &str) -> Option<&str> {
    let before = text.strip_suffix('\n')?;
    Some(before.strip_suffix('\r').unwrap_or(before))
}

/// `text` without the line end that it begins with.
fn behind_end(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))
}

fn is_below(text: &str, item: Span, next: Span) -> bool {
    Span::new(item.end, next.start).of(text).contains('\n')
}

/// What stands before an item that begins its line: blanks and a list marker.
fn own_line(text: &str, item: Span) -> Option<&str> {
    let head = Span::new(line_start(text, item.start), item.start).of(text);
    let marker = head.trim().trim_start_matches('>').trim();
    let digits = marker.trim_end_matches(['.', ')']);
    let numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // A quotation mark or a bracket belongs to the item.
    (matches!(marker, "-" | "*" | "+") || numbered && marker != digits).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::{append_item, cut, remove_item};
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
    fn a_row_goes_on_as_it_was() {
        check("* Who: Ann; Bob\n", &["Ann", "Bob"], "* Who: Ann; Bob; New\n");
        check("* Who: Ann\n", &["Ann"], "* Who: Ann, New\n");
        check("[Ann,Bob]", &["Ann", "Bob"], "[Ann,Bob,New]");
    }

    #[test]
    fn a_list_gets_another_line() {
        check(
            "who:\r\n  - Ann # she\r\nx\r\n",
            &["Ann"],
            "who:\r\n  - Ann # she\r\n  - New\r\nx\r\n",
        );
        check("* Ann\n* Bob", &["Ann", "Bob"], "* Ann\n* Bob\n* New");
    }

    #[test]
    fn lines_go_with_the_break_above_them() {
        let check = |text: &str, line: &str, expected: &str| {
            let at = text.find(line).unwrap();
            let span = cut(text, Span::new(at, at + line.len()));
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
    fn the_first_and_the_only_one_go_with_what_parts_them() {
        let check = |text, items: &[&str], expected| {
            let edit = remove_item(text, &spans(text, items), 0).unwrap();
            assert_eq!(apply(text, &[edit]).unwrap(), expected);
        };
        check("| Who | Ann, Bob |", &["Ann", "Bob"], "| Who | Bob |");
        check("| Who | Ann |", &["Ann"], "| Who | |");
        check("- Who:\n  - Ann\n- x", &["Ann"], "- Who:\n- x");
    }
}
