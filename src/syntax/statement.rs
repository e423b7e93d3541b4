//! Statements of the form *key: value* in running Markdown: lines, bullets, bold words, tables.
//!
//! Knows no particular key. Several statements may share a line, and a value may go on below it.

use super::inline::plain;
use super::line::LineKind;
use crate::text::{Span, Spanned};

/// How a statement is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `Key: value`
    Line,
    /// `- Key: value`, the key bold or not
    Bullet,
    /// `**Key:** value`
    Bold,
    /// `| Key | value |`
    Table,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Without markup and colon.
    pub key: Spanned<String>,
    /// The value as written, without white space at its ends; may be empty, and may go over
    /// several lines.
    pub value: Span,
    /// How it is written.
    pub form: Form,
    /// The line, or lines, that make it.
    pub span: Span,
}

/// The longest key that is read, in characters. `Considered alternatives and their owners` fits.
const MAX_KEY: usize = 48;

/// Where the colon behind a key stands at the latest, in bytes: what lies further on is not looked at,
/// however long the line.
const REACH: usize = 4 * MAX_KEY + 16;

/// Every statement between the bytes of `region`, in the order of the text. Code and comments
/// make none.
pub fn statements(text: &str, region: Span) -> Vec<Statement> {
    // A key ends in a colon, is emphasised, or stands in a table.
    if !region.of(text).contains([':', '：', '*', '_', '|']) {
        return vec![];
    }
    let lines = lines(text, region);
    let mut found = Vec::new();
    let mut table = Table::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if line.is_heading {
            table = Table::default();
            continue;
        }
        if let Some(cells) = cells(text, line.bare) {
            table.row(text, line, &cells, &mut found);
            continue;
        }
        table = Table::default();
        let first = found.len();
        on_line(text, line, &mut found);
        if let Some(last) = found.get_mut(first..).and_then(<[_]>::last_mut) {
            at += go_on(text, last, line, lines.get(at..).unwrap_or_default());
        }
    }
    found
}

/// A line without what containers put before it.
#[derive(Clone, Copy)]
struct Line {
    /// Without the marks of quotations and list items, and without white space.
    bare: Span,
    /// All of it, but for white space at its end.
    whole: Span,
    /// The column at which it begins.
    indent: usize,
    is_item: bool,
    is_heading: bool,
}

/// The lines of the region that are neither code nor comment; empty those that are struck out, and those
/// that end whatever is above them.
fn lines(text: &str, region: Span) -> Vec<Line> {
    let mut found = Vec::new();
    for line in super::lines::lines(text, region) {
        let indent = line.indent;
        let bare = match line.kind {
            LineKind::Fence | LineKind::Code | LineKind::Comment => continue,
            LineKind::Blank | LineKind::Rule | LineKind::Definition => Span::at(line.span.end),
            LineKind::Heading(_) | LineKind::Underline(_) => line.span.trim(text),
            LineKind::Text | LineKind::Row | LineKind::Html => line.content,
        };
        let bullet = bare.of(text).strip_prefix('•').filter(|rest| rest.starts_with(' '));
        let is_item = line.is_item || bullet.is_some();
        let rest = bullet.map_or(bare.of(text), str::trim_start);
        let bare = Span::new(bare.end - rest.len(), bare.end);
        let inner = rest.strip_prefix("~~").and_then(|rest| rest.strip_suffix("~~"));
        let is_struck = inner.is_some_and(|inner| !inner.contains("~~"));
        let bare = if is_struck { Span::at(bare.end) } else { bare };
        let is_heading = matches!(line.kind, LineKind::Heading(_) | LineKind::Underline(_));
        found.push(Line { bare, whole: line.span, indent, is_item, is_heading });
    }
    found
}

/// Adds the statements that stand on the line.
fn on_line(text: &str, line: &Line, found: &mut Vec<Statement>) {
    let mut rest = line.bare;
    let mut first = true;
    while let Some(keyed) = emphasised(text, rest).or_else(|| plainly(text, rest)) {
        if !first && !keyed.colon {
            break;
        }
        let (value, next) = split(text, keyed.value);
        let form = match (line.is_item, keyed.emphasised) {
            (true, _) => Form::Bullet,
            (false, true) => Form::Bold,
            (false, false) => Form::Line,
        };
        found.push(Statement { key: keyed.key, value, form, span: line.whole });
        let Some(next) = next else { break };
        rest = next;
        first = false;
    }
}

/// A key with all that follows it on the line.
struct Keyed {
    key: Spanned<String>,
    value: Span,
    emphasised: bool,
    colon: bool,
}

/// `**Key:** value`, `**Key**: value`, `**Key: value**`, `**Key** value` and a bare `**Key**`.
fn emphasised(text: &str, span: Span) -> Option<Keyed> {
    let words = span.of(text);
    let mark = words.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let run = words.get(..words.len() - words.trim_start_matches(mark).len())?;
    let inner_start = run.len();
    let inner_end = inner_start + words.get(inner_start..)?.find(run)?;
    let inner = Span::new(span.start + inner_start, span.start + inner_end);
    let after = Span::new(inner.end + run.len(), span.end);
    let keyed = |key: Span, value: Span, colon| {
        let key = key.trim(text);
        let name = key_name(key.of(text))?;
        Some(Keyed {
            key: Spanned::new(name, key),
            value: value.trim(text),
            emphasised: true,
            colon,
        })
    };
    if let Some((before, behind)) = colon(inner.of(text)) {
        let key = Span::new(inner.start, inner.start + before);
        let own = Span::new(inner.start + behind, inner.end).trim(text);
        return keyed(key, if own.is_empty() { after } else { own }, true);
    }
    let words = after.of(text);
    let behind =
        colon(words).filter(|(at, _)| words.get(..*at).is_some_and(|w| w.trim().is_empty()));
    if let Some((_, behind)) = behind {
        return keyed(inner, Span::new(after.start + behind, after.end), true);
    }
    let strong = run.len() >= 2;
    (strong && (words.is_empty() || words.starts_with(' '))).then(|| keyed(inner, after, false))?
}

/// `Key: value`.
fn plainly(text: &str, span: Span) -> Option<Keyed> {
    let words = span.of(text);
    let (before, behind) = colon(words)?;
    let key = Span::new(span.start, span.start + before).trim(text);
    let name = key_name(key.of(text))?;
    let value = Span::new(span.start + behind, span.end).trim(text);
    Some(Keyed { key: Spanned::new(name, key), value, emphasised: false, colon: true })
}

/// The bytes before and up to behind the first colon that ends a word, if a key can stand before it.
fn colon(words: &str) -> Option<(usize, usize)> {
    let near = words.char_indices().take_while(|(at, _)| *at <= REACH);
    near.filter(|(_, c)| matches!(c, ':' | '：')).find_map(|(at, c)| {
        let behind = at + c.len_utf8();
        let rest = words.get(behind..)?;
        let ends = c == '：' || rest.is_empty() || rest.starts_with([' ', '\t', '*', '_', '[']);
        ends.then_some((at, behind))
    })
}

/// A key without markup, if the text can be one: a few words, led by at most an emoji.
fn key_name(written: &str) -> Option<String> {
    if written.len() > 4 * MAX_KEY || written.starts_with(['[', '<', '!', '`', '#', '(', '"']) {
        return None;
    }
    let name = plain(written);
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let fits = name.starts_with(char::is_alphabetic)
        && name.chars().count() <= MAX_KEY
        && name.split_whitespace().count() <= 6
        && !name.contains(['.', '|', ';', '?', '!', '"', '[']);
    fits.then(|| name.to_owned())
}

/// What parts statements that share a line.
const MARKS: [&str; 4] = [" | ", " · ", " • ", " / "];

/// Divides a value before the next `**Key:**`, or before `| Key:`, that shares its line.
fn split(text: &str, value: Span) -> (Span, Option<Span>) {
    let words = value.of(text);
    // One after the other, as the first is nearly always the right one.
    let places = words.char_indices().filter_map(|(at, c)| {
        let rest = words.get(at..).filter(|_| matches!(c, '*' | ' '))?;
        let behind = || MARKS.iter().find(|mark| rest.starts_with(**mark)).map(|mark| mark.len());
        if rest.starts_with("**") { Some(at) } else { behind().map(|length| at + length) }
    });
    for at in places.filter(|at| *at > 0) {
        let rest = Span::new(value.start + at, value.end).trim(text);
        let keyed = emphasised(text, rest).or_else(|| plainly(text, rest));
        if keyed.is_some_and(|keyed| keyed.colon && keyed.key.span.start <= rest.start + 2) {
            let before = Span::new(value.start, rest.start).of(text);
            let kept =
                before.trim_end().trim_end_matches(['|', '·', '•', ',', ';', '/']).trim_end();
            return (Span::new(value.start, value.start + kept.len()), Some(rest));
        }
    }
    (value, None)
}

/// Lets the value of `statement` go on over the lines below it; says over how many.
///
/// A value goes on to the end of its paragraph; an empty one takes the list or the line below it,
/// also behind a blank line.
fn go_on(text: &str, statement: &mut Statement, line: &Line, below: &[Line]) -> usize {
    let empty = statement.value.is_empty();
    let mut taken = 0;
    let mut end = None;
    for next in below {
        if next.bare.is_empty() {
            if !(empty && end.is_none() && taken == 0) {
                break;
            }
            taken += 1;
            continue;
        }
        let words = next.bare.of(text);
        let nested = next.is_item && next.indent > line.indent;
        let items = empty && next.is_item && (nested || !line.is_item);
        let filled = empty && (end.is_some() || taken > 0 && line.is_item);
        let flows = !next.is_item && !filled;
        let stops = next.is_heading
            || words.starts_with('|')
            || emphasised(text, next.bare).is_some()
            || plainly(text, next.bare)
                .is_some_and(|keyed| !keyed.value.of(text).contains("](") || !items);
        if stops || !(nested || items || flows) {
            break;
        }
        if end.is_none() && empty {
            statement.value.start = next.whole.start;
        }
        end = Some(next.whole.end);
        taken += 1;
    }
    match end {
        Some(end) => {
            statement.value = Span::new(statement.value.start, end).trim(text);
            statement.span.end = end;
            taken
        }
        None => 0,
    }
}

/// The cells of a table's row, without white space; `None` for any other line.
fn cells(text: &str, line: Span) -> Option<Vec<Span>> {
    let words = line.of(text);
    if !words.starts_with('|') || words.len() < 2 {
        return None;
    }
    let mut cells = Vec::new();
    let mut start = 1;
    let bytes = words.as_bytes();
    for at in 1..bytes.len() {
        let escaped = bytes.get(at - 1) == Some(&b'\\');
        if bytes.get(at) == Some(&b'|') && !escaped {
            cells.push(Span::new(start, at).shift(line.start).trim(text));
            start = at + 1;
        }
    }
    if start < words.len() {
        cells.push(Span::new(start, words.len()).shift(line.start).trim(text));
    }
    Some(cells)
}

/// The table whose rows are being read. A key stands before its value, or above it.
#[derive(Default)]
struct Table {
    header: Vec<Span>,
    ruled: bool,
}

impl Table {
    fn row(&mut self, text: &str, line: &Line, cells: &[Span], found: &mut Vec<Statement>) {
        let rule = |cell: &Span| cell.of(text).bytes().all(|b| matches!(b, b'-' | b':' | b' '));
        if !cells.is_empty() && cells.iter().all(rule) && cells.iter().any(|cell| !cell.is_empty())
        {
            self.ruled = true;
            return;
        }
        let mut state = |key: Span, value: Span| {
            let words = key.of(text).trim_end_matches([':', '*', ' ', '：']);
            if let Some(name) = key_name(words) {
                let key = Spanned::new(name, key);
                found.push(Statement { key, value, form: Form::Table, span: line.whole });
            }
        };
        if let [key, value, ..] = cells {
            state(*key, *value);
        }
        if self.ruled {
            for (key, value) in self.header.iter().zip(cells) {
                state(*key, *value);
            }
            self.ruled = false;
        }
        if self.header.is_empty() {
            self.header = cells.to_vec();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, statements};
    use crate::text::Span;

    /// Key, value and form of every statement.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, Form)]) {
        let found = statements(text, Span::new(0, text.len()));
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.key.value.as_str(), one.value.of(text), one.form))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_ways_to_write_a_key() {
        check(
            "Status: accepted
",
            &[("Status", "accepted", Form::Line)],
        );
        check(
            "> Status: accepted
",
            &[("Status", "accepted", Form::Line)],
        );
        check(
            "* Status: accepted
",
            &[("Status", "accepted", Form::Bullet)],
        );
        check(
            "- **Status**: accepted
",
            &[("Status", "accepted", Form::Bullet)],
        );
        check(
            "**Status:** accepted
",
            &[("Status", "accepted", Form::Bold)],
        );
        check(
            "**Status** accepted
",
            &[("Status", "accepted", Form::Bold)],
        );
        check(
            "*Status: accepted*
",
            &[("Status", "accepted", Form::Bold)],
        );
        check(
            "状态：accepted
",
            &[("状态", "accepted", Form::Line)],
        );
        check(
            "📅 Date: today
",
            &[("Date", "today", Form::Line)],
        );
    }

    #[test]
    fn several_statements_share_a_line() {
        let bold = |key, value| (key, value, Form::Bold);
        check(
            "**Status:** Accepted | **Date:** 2024-01-01 | **Review:** never\n",
            &[bold("Status", "Accepted"), bold("Date", "2024-01-01"), bold("Review", "never")],
        );
    }

    #[test]
    fn a_value_goes_on_to_the_end_of_its_paragraph() {
        check(
            "Status: accepted
and more

Text
",
            &[(
                "Status",
                "accepted
and more",
                Form::Line,
            )],
        );
        check(
            "Supersedes:

- [a](a.md)
- [b](b.md)

Text
",
            &[(
                "Supersedes",
                "- [a](a.md)
- [b](b.md)",
                Form::Line,
            )],
        );
        check(
            "- Status:
- Date: today
",
            &[("Status", "", Form::Bullet), ("Date", "today", Form::Bullet)],
        );
    }

    #[test]
    fn keys_of_tables_stand_before_or_above_their_values() {
        check(
            "| | |
|---|---|
| **Status**: | accepted |
",
            &[("Status", "accepted", Form::Table)],
        );
        let found = "| Status | Date |
|---|---|
| accepted | today |
";
        let table = |key, value| (key, value, Form::Table);
        check(
            found,
            &[
                table("Status", "Date"),
                table("accepted", "today"),
                table("Status", "accepted"),
                table("Date", "today"),
            ],
        );
    }

    #[test]
    fn code_comments_links_and_sentences_make_no_statement() {
        check(
            "```
Status: a
```
<!--
Status: b
-->
[x]: y
https://a.b
",
            &[],
        );
        check(
            "This is, e.g. in a sentence of many words, the reason: we like it
",
            &[],
        );
    }
}
