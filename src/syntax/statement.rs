//! Statements of the form *key: value* in Markdown: lines, bullets, bold words, tables.
//!
//! Independent of particular keys. Several statements may share a line, and a value may continue below it.

use super::plain;
use super::statement_line::{StatementLine, statement_lines};
use crate::text::{Span, Spanned};

/// The way a statement is written.
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
    /// The value as written, without white space at either end; may be empty, and may span
    /// several lines.
    pub value: Span,
    /// The way it is written.
    pub form: Form,
    /// The lines that contain it.
    pub span: Span,
}

/// The most characters of a key. `Considered alternatives and their owners` fits.
const MAX_KEY: usize = 48;

/// The most bytes before the colon after a key: text beyond them is not searched,
/// however long the line is.
const REACH: usize = 4 * MAX_KEY + 16;

/// Every statement in `region`, in the order of the text, except in code and comments.
pub fn statements(text: &str, region: Span) -> Vec<Statement> {
    // A key ends in a colon, is emphasised, or is in a table.
    if !region.of(text).contains([':', '：', '*', '_', '|']) {
        return vec![];
    }
    let statement_lines = statement_lines(text, region);
    let mut statements = Vec::new();
    let mut table = TableReader::default();
    let mut index = 0;
    while let Some(line) = statement_lines.get(index) {
        index += 1;
        if line.is_heading {
            table = TableReader::default();
            continue;
        }
        if let Some(cells) = cells(text, line.content) {
            table.row(text, line, &cells, &mut statements);
            continue;
        }
        table = TableReader::default();
        let first_on_line = statements.len();
        on_line(text, line, &mut statements);
        if let Some(last_statement) = statements.get_mut(first_on_line..).and_then(<[_]>::last_mut)
        {
            let lines_below = statement_lines.get(index..).unwrap_or_default();
            index += continue_value(text, last_statement, line, lines_below);
        }
    }
    statements
}

/// Adds the statements on the line.
fn on_line(text: &str, line: &StatementLine, found: &mut Vec<Statement>) {
    let mut remaining = line.content;
    let mut is_first = true;
    while let Some(keyed) = emphasised(text, remaining).or_else(|| plainly(text, remaining)) {
        if !is_first && !keyed.has_colon {
            break;
        }
        let (value, next_statement) = split(text, keyed.value);
        let form = match (line.is_item, keyed.is_emphasised) {
            (true, _) => Form::Bullet,
            (false, true) => Form::Bold,
            (false, false) => Form::Line,
        };
        found.push(Statement { key: keyed.key, value, form, span: line.whole });
        let Some(next_statement) = next_statement else { break };
        remaining = next_statement;
        is_first = false;
    }
}

/// A key with everything that follows it on the line.
struct Keyed {
    key: Spanned<String>,
    value: Span,
    is_emphasised: bool,
    has_colon: bool,
}

/// `**Key:** value`, `**Key**: value`, `**Key: value**`, `**Key** value` and a bare `**Key**`.
fn emphasised(text: &str, span: Span) -> Option<Keyed> {
    let span_text = span.of(text);
    let first_mark = span_text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let marks =
        span_text.get(..span_text.len() - span_text.trim_start_matches(first_mark).len())?;
    let inner_start = marks.len();
    let inner_end = inner_start + span_text.get(inner_start..)?.find(marks)?;
    let emphasised_span = Span::new(span.start + inner_start, span.start + inner_end);
    let after_span = Span::new(emphasised_span.end + marks.len(), span.end);
    let keyed = |key: Span, value: Span, has_colon| {
        let key = key.trim(text);
        let name = key_name(key.of(text))?;
        Some(Keyed {
            key: Spanned::new(name, key),
            value: value.trim(text),
            is_emphasised: true,
            has_colon,
        })
    };
    if let Some((key_length, after_colon)) = colon(emphasised_span.of(text)) {
        let key = Span::new(emphasised_span.start, emphasised_span.start + key_length);
        let inner_value =
            Span::new(emphasised_span.start + after_colon, emphasised_span.end).trim(text);
        return keyed(key, if inner_value.is_empty() { after_span } else { inner_value }, true);
    }
    let after_text = after_span.of(text);
    let colon_after = colon(after_text)
        .filter(|(offset, _)| after_text.get(..*offset).is_some_and(|gap| gap.trim().is_empty()));
    if let Some((_, after_colon)) = colon_after {
        return keyed(
            emphasised_span,
            Span::new(after_span.start + after_colon, after_span.end),
            true,
        );
    }
    let is_strong = marks.len() >= 2;
    let stands_alone = after_text.is_empty() || after_text.starts_with(' ');
    (is_strong && stands_alone).then(|| keyed(emphasised_span, after_span, false))?
}

/// `Key: value`.
fn plainly(text: &str, span: Span) -> Option<Keyed> {
    let span_text = span.of(text);
    let (key_length, value_offset) = colon(span_text)?;
    let key = Span::new(span.start, span.start + key_length).trim(text);
    let name = key_name(key.of(text))?;
    let value = Span::new(span.start + value_offset, span.end).trim(text);
    Some(Keyed { key: Spanned::new(name, key), value, is_emphasised: false, has_colon: true })
}

/// The offsets of the start and end of the first colon that ends a word, if a key can come before it.
fn colon(words: &str) -> Option<(usize, usize)> {
    let candidates = words.char_indices().take_while(|(offset, _)| *offset <= REACH);
    candidates.filter(|(_, c)| matches!(c, ':' | '：')).find_map(|(offset, c)| {
        let after_colon = offset + c.len_utf8();
        let after_text = words.get(after_colon..)?;
        let ends_word = c == '：'
            || after_text.is_empty()
            || after_text.starts_with([' ', '\t', '*', '_', '[']);
        ends_word.then_some((offset, after_colon))
    })
}

/// Returns the key without markup if the text can be one: a few words, with at most an emoji before them.
fn key_name(source: &str) -> Option<String> {
    if source.len() > 4 * MAX_KEY || source.starts_with(['[', '<', '!', '`', '#', '(', '"']) {
        return None;
    }
    let name = plain(source);
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let is_key = name.starts_with(char::is_alphabetic)
        && name.chars().count() <= MAX_KEY
        && name.split_whitespace().count() <= 6
        && !name.contains(['.', '|', ';', '?', '!', '"', '[']);
    is_key.then(|| name.to_owned())
}

/// The separators between statements on one line.
const SEPARATORS: [&str; 4] = [" | ", " · ", " • ", " / "];

/// Splits a value before the next `**Key:**` or `| Key:` on its line.
fn split(text: &str, value: Span) -> (Span, Option<Span>) {
    let value_text = value.of(text);
    // One after the other, because the first is nearly always the right one.
    let split_offsets = value_text.char_indices().filter_map(|(offset, c)| {
        let candidate = value_text.get(offset..).filter(|_| matches!(c, '*' | ' '))?;
        let after_separator =
            || SEPARATORS.iter().find(|mark| candidate.starts_with(**mark)).map(|mark| mark.len());
        if candidate.starts_with("**") {
            Some(offset)
        } else {
            after_separator().map(|length| offset + length)
        }
    });
    for offset in split_offsets.filter(|offset| *offset > 0) {
        let candidate = Span::new(value.start + offset, value.end).trim(text);
        let keyed = emphasised(text, candidate).or_else(|| plainly(text, candidate));
        if keyed.is_some_and(|keyed| keyed.has_colon && keyed.key.span.start <= candidate.start + 2)
        {
            let text_before = Span::new(value.start, candidate.start).of(text);
            let first_value =
                text_before.trim_end().trim_end_matches(['|', '·', '•', ',', ';', '/']).trim_end();
            return (Span::new(value.start, value.start + first_value.len()), Some(candidate));
        }
    }
    (value, None)
}

/// Extends the value of `statement` over the lines below it; returns over how many.
///
/// A value continues to the end of its paragraph; an empty one takes the list or the line below it,
/// also after a blank line.
fn continue_value(
    text: &str,
    statement: &mut Statement,
    line: &StatementLine,
    below: &[StatementLine],
) -> usize {
    let is_empty = statement.value.is_empty();
    let mut line_count = 0;
    let mut value_end = None;
    for next_line in below {
        if next_line.content.is_empty() {
            if !(is_empty && value_end.is_none() && line_count == 0) {
                break;
            }
            line_count += 1;
            continue;
        }
        let line_text = next_line.content.of(text);
        let is_nested = next_line.is_item && next_line.indent > line.indent;
        let is_list = is_empty && next_line.is_item && (is_nested || !line.is_item);
        let is_complete = is_empty && (value_end.is_some() || line_count > 0 && line.is_item);
        let continues = !next_line.is_item && !is_complete;
        let starts_other = next_line.is_heading
            || line_text.starts_with('|')
            || emphasised(text, next_line.content).is_some()
            || plainly(text, next_line.content)
                .is_some_and(|keyed| !keyed.value.of(text).contains("](") || !is_list);
        if starts_other || !(is_nested || is_list || continues) {
            break;
        }
        if value_end.is_none() && is_empty {
            statement.value.start = next_line.whole.start;
        }
        value_end = Some(next_line.whole.end);
        line_count += 1;
    }
    match value_end {
        Some(value_end) => {
            statement.value = Span::new(statement.value.start, value_end).trim(text);
            statement.span.end = value_end;
            line_count
        }
        None => 0,
    }
}

/// The cells of a table row, without white space; `None` for any other line.
fn cells(text: &str, line: Span) -> Option<Vec<Span>> {
    let row_text = line.of(text);
    if !row_text.starts_with('|') || row_text.len() < 2 {
        return None;
    }
    let mut cells = Vec::new();
    let mut cell_start = 1;
    let bytes = row_text.as_bytes();
    for offset in 1..bytes.len() {
        let is_escaped = bytes.get(offset - 1) == Some(&b'\\');
        if bytes.get(offset) == Some(&b'|') && !is_escaped {
            cells.push(Span::new(cell_start, offset).shift(line.start).trim(text));
            cell_start = offset + 1;
        }
    }
    if cell_start < row_text.len() {
        cells.push(Span::new(cell_start, row_text.len()).shift(line.start).trim(text));
    }
    Some(cells)
}

/// Reads the rows of a table. A key is before its value, or above it.
#[derive(Default)]
struct TableReader {
    header: Vec<Span>,
    follows_rule: bool,
}

impl TableReader {
    fn row(
        &mut self,
        text: &str,
        line: &StatementLine,
        cells: &[Span],
        found: &mut Vec<Statement>,
    ) {
        let is_rule = |cell: &Span| cell.of(text).bytes().all(|b| matches!(b, b'-' | b':' | b' '));
        if !cells.is_empty()
            && cells.iter().all(is_rule)
            && cells.iter().any(|cell| !cell.is_empty())
        {
            self.follows_rule = true;
            return;
        }
        let mut add_statement = |key: Span, value: Span| {
            let key_text = key.of(text).trim_end_matches([':', '*', ' ', '：']);
            if let Some(name) = key_name(key_text) {
                let key = Spanned::new(name, key);
                found.push(Statement { key, value, form: Form::Table, span: line.whole });
            }
        };
        if let [key, value, ..] = cells {
            add_statement(*key, *value);
        }
        if self.follows_rule {
            for (key, value) in self.header.iter().zip(cells) {
                add_statement(*key, *value);
            }
            self.follows_rule = false;
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
