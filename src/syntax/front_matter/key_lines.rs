//! Front matter read line by line, without YAML.
//!
//! This is the only reading of broken YAML. If every line is plain, it is also
//! what the YAML parser would find, and takes a tenth of its time: see [`are_plain`].

use super::line_spans::LineSpans;
use super::tree::{Entry, Node, NodeKind};
use crate::text::{Span, Spanned};

/// Keys at the start of a line, each with the rest of the line, or with the `- item` lines that follow.
pub(super) fn read(text: &str, content: Span) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let lines = LineSpans::new(text, content.start);
    for line in lines.take_while(|line| line.end <= content.end) {
        let line_text = line.of(text);
        if let Some(item) = line_text.trim_start().strip_prefix("- ") {
            let dash = line.start + (line_text.len() - item.len()) - 2;
            let item = value(text, uncommented(text, Span::new(dash + 2, line.end)).trim(text));
            if let Some(Entry { value, .. }) = entries.last_mut() {
                add(value, item, dash);
            }
            continue;
        }
        let Some((key, after_colon)) = line_text.split_once(':') else { continue };
        if !is_key(key) {
            continue;
        }
        let key_span = Span::new(line.start, line.start + key.len());
        let after_colon = Span::new(line.start + (line_text.len() - after_colon.len()), line.end);
        let value = match uncommented(text, after_colon).trim(text) {
            empty if empty.is_empty() => {
                Node { span: Span::at(after_colon.start), kind: NodeKind::Null }
            }
            written => value(text, written),
        };
        entries.push(Entry { key: Spanned::new(key.to_owned(), key_span), value });
    }
    // They live as long as the record.
    entries.shrink_to_fit();
    entries
}

/// Adds an item, whose `dash` is at that byte, to the list that the value is or becomes.
fn add(value: &mut Node, item: Node, dash: usize) {
    let item_end = item.span.end;
    match &mut value.kind {
        NodeKind::List(items) => {
            value.span.end = item_end;
            items.push(item);
        }
        NodeKind::Null => {
            *value = Node { span: Span::new(dash, item_end), kind: NodeKind::List(vec![item]) };
        }
        _ => {}
    }
}

/// The rest of a line up to a comment: a `#` after white space, outside of quotes.
fn uncommented(text: &str, value_span: Span) -> Span {
    let source = value_span.of(text);
    let trimmed = source.trim_start();
    let value_start = source.len() - trimmed.len();
    let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\''));
    let quote_end = quote
        .and_then(|quote| trimmed.get(1..)?.find(quote).map(|length| value_start + length + 2));
    let search_start = quote_end.unwrap_or(0);
    let is_comment = |offset: &usize| {
        source
            .get(..*offset)
            .is_some_and(|text_before| text_before.is_empty() || text_before.ends_with([' ', '\t']))
    };
    let hashes = source
        .match_indices('#')
        .map(|(offset, _)| offset)
        .filter(|offset| *offset >= search_start);
    let value_end = hashes.into_iter().find(is_comment).unwrap_or(source.len());
    Span::new(value_span.start, value_span.start + value_end)
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
}

/// Reads a value on one line: a list of plain items in brackets, or a scalar. Quotes are removed from
/// the text but not from the span.
fn value(text: &str, span: Span) -> Node {
    let source = span.of(text);
    if let Some(items) = bracketed(source) {
        let mut item_start = span.start + 1;
        let item = |item: &str| {
            let span = Span::new(item_start, item_start + item.len()).trim(text);
            item_start += item.len() + 1;
            Node { span, kind: NodeKind::Scalar(span.of(text).to_owned()) }
        };
        let items =
            if items.trim().is_empty() { vec![] } else { items.split(',').map(item).collect() };
        return Node { span, kind: NodeKind::List(items) };
    }
    let unquoted = ['"', '\'']
        .iter()
        .find_map(|quote| source.strip_prefix(*quote).and_then(|rest| rest.strip_suffix(*quote)));
    Node { span, kind: NodeKind::Scalar(unquoted.unwrap_or(source).to_owned()) }
}

/// The text between the brackets of a list of plain words, or of an empty list.
fn bracketed(source: &str) -> Option<&str> {
    let items = source.strip_prefix('[')?.strip_suffix(']')?;
    let is_plain = |item: &str| {
        let item = item.trim_matches(' ');
        item.starts_with(|c: char| c.is_ascii_alphanumeric())
            && item.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_./@+".contains(&b))
            && !is_null(item)
    };
    (items.trim_matches(' ').is_empty() || items.split(',').all(is_plain)).then_some(items)
}

/// Whether the YAML parser would find in `content` what [`read`] finds: top-level keys of letters
/// and digits, each with a word, a quotation without escapes, words in brackets, or a list of these
/// on separate lines. Everything else is left to the YAML parser.
pub(super) fn are_plain(content: &str) -> bool {
    // The indentation of the items that may follow: unknown after a key without a value.
    let mut item_indent: Option<Option<usize>> = None;
    content.lines().all(|line| {
        let line = line.trim_end_matches(' ');
        if line.is_empty() {
            return true;
        }
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        if let Some(item) = trimmed.strip_prefix("- ") {
            let is_aligned = item_indent.is_some_and(|indent_before| {
                indent_before.is_none_or(|indent_before| indent_before == indent)
            });
            item_indent = Some(Some(indent));
            return is_aligned && is_plain_scalar(item.trim_start_matches(' '));
        }
        let Some((key, after_colon)) = line.split_once(':') else { return false };
        let value = after_colon.trim_start_matches(' ');
        item_indent = value.is_empty().then_some(None);
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && (value.is_empty() || after_colon.starts_with(' '))
            && (value.is_empty() || is_plain_scalar(value) || bracketed(value).is_some())
    })
}

/// Whether a scalar means exactly what is written, apart from quotes.
fn is_plain_scalar(source: &str) -> bool {
    let is_printable = |b: u8| matches!(b, b' '..=b'~');
    let is_plain_quote = ['"', '\''].into_iter().find_map(|quote| {
        let quoted_text = source.strip_prefix(quote)?.strip_suffix(quote)?;
        Some(
            quoted_text.bytes().all(|b| is_printable(b) && b != b'\\')
                && !quoted_text.contains(quote),
        )
    });
    is_plain_quote.unwrap_or_else(|| {
        source.starts_with(|c: char| c.is_ascii_alphanumeric())
            && source.bytes().all(|b| is_printable(b) && !matches!(b, b':' | b'#'))
            && !is_null(source)
    })
}

/// Whether YAML reads the plain word as null.
pub(super) fn is_null(word: &str) -> bool {
    matches!(word, "" | "~" | "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests {
    use super::{are_plain, read};
    use crate::syntax::front_matter::yaml::read_yaml;
    use crate::text::Span;

    /// Lines of every kind that is plain, and of many that are nearly so.
    const LINES: &[&str] = &[
        "",
        " ",
        "---",
        "a:",
        "a: ",
        "a: b",
        "a:  b  ",
        "a : b",
        "a:b",
        " a: b",
        "a: b: c",
        "a: b #c",
        "a: b#c",
        "#c",
        "a: 'b'",
        "a: 'b: c'",
        "a: 'b''c'",
        "a: \"b\"",
        "a: \"b\\n\"",
        "a: \"b",
        "a: \"\"",
        "a: [b, c]",
        "a: [ b ,c ]",
        "a: []",
        "a: [b,]",
        "a: [b, [c]]",
        "a: [null]",
        "a: {b: c}",
        "a: null",
        "a: ~",
        "a: -",
        "a: - b",
        "a: @b",
        "a: *b",
        "a: &b c",
        "a: !b c",
        "a: |",
        "a: >",
        "a: 2024-01-01",
        "a: b\r",
        "a: b\tc",
        "a: ü",
        "a-b_c: d",
        "1: b",
        "ü: b",
        "null: b",
        "- b",
        "  - b",
        "   - 'b'",
        "  -  b",
        "- [b]",
        "- b: c",
        "-",
        "  b",
        "a: it's",
        "a: b, c]",
        "? b",
    ];

    #[test]
    fn plain_lines_are_read_as_the_yaml_reader_reads_them() {
        let mut plain = 0;
        for first in LINES {
            for second in LINES {
                for third in ["a:", "x: y", "- b", "  - c", "", "[c]"] {
                    let text = format!("{first}\n{second}\n{third}\n");
                    if are_plain(&text) {
                        let whole = Span::new(0, text.len());
                        assert_eq!(Ok(read(&text, whole)), read_yaml(&text, whole), "{text}");
                        plain += 1;
                    }
                }
            }
        }
        assert!(plain > 1_000, "only {plain} were plain");
    }
}
