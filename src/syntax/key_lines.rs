//! Front matter read line by line, as a person reads it who knows no YAML.
//!
//! It is all that can be had where the YAML is broken. Where every line is a plain one, it is also
//! what the YAML reader would find, and takes a tenth of its time: see [`are_plain`].

use super::front_matter::{Entry, Lines, Node, NodeKind};
use crate::text::{Span, Spanned};

/// Keys at the start of a line, with the rest of the line, or the `- item` lines that follow.
pub(super) fn read(text: &str, content: Span) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let lines = Lines { text, at: content.start };
    for line in lines.take_while(|line| line.end <= content.end) {
        let words = line.of(text);
        if let Some(item) = words.trim_start().strip_prefix("- ") {
            let dash = line.start + (words.len() - item.len()) - 2;
            let item = value(text, uncommented(text, Span::new(dash + 2, line.end)).trim(text));
            if let Some(Entry { value, .. }) = entries.last_mut() {
                add(value, item, dash);
            }
            continue;
        }
        let Some((key, rest)) = words.split_once(':') else { continue };
        if !is_key(key) {
            continue;
        }
        let key_span = Span::new(line.start, line.start + key.len());
        let rest = Span::new(line.start + (words.len() - rest.len()), line.end);
        let value = match uncommented(text, rest).trim(text) {
            empty if empty.is_empty() => Node { span: Span::at(rest.start), kind: NodeKind::Null },
            written => value(text, written),
        };
        entries.push(Entry { key: Spanned::new(key.to_owned(), key_span), value });
    }
    // They stay for as long as the record.
    entries.shrink_to_fit();
    entries
}

/// Adds an item, whose `dash` stands at that byte, to the list that the value is or becomes.
fn add(value: &mut Node, item: Node, dash: usize) {
    let end = item.span.end;
    match &mut value.kind {
        NodeKind::List(items) => {
            value.span.end = end;
            items.push(item);
        }
        NodeKind::Null => {
            *value = Node { span: Span::new(dash, end), kind: NodeKind::List(vec![item]) };
        }
        _ => {}
    }
}

/// The rest of a line up to the comment that ends it: a `#` behind a blank, outside of quotes.
fn uncommented(text: &str, rest: Span) -> Span {
    let written = rest.of(text);
    let value = written.trim_start();
    let lead = written.len() - value.len();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closed = quote.and_then(|quote| value.get(1..)?.find(quote).map(|end| lead + end + 2));
    let from = closed.unwrap_or(0);
    let is_comment = |at: &usize| {
        written.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']))
    };
    let marks = written.match_indices('#').map(|(at, _)| at).filter(|at| *at >= from);
    let end = marks.into_iter().find(is_comment).unwrap_or(written.len());
    Span::new(rest.start, rest.start + end)
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
}

/// A value on one line: a list of plain items in brackets, or a scalar, its quotes removed from
/// the text but not from the span.
fn value(text: &str, span: Span) -> Node {
    let written = span.of(text);
    if let Some(items) = bracketed(written) {
        let mut at = span.start + 1;
        let item = |piece: &str| {
            let span = Span::new(at, at + piece.len()).trim(text);
            at += piece.len() + 1;
            Node { span, kind: NodeKind::Scalar(span.of(text).to_owned()) }
        };
        let items =
            if items.trim().is_empty() { vec![] } else { items.split(',').map(item).collect() };
        return Node { span, kind: NodeKind::List(items) };
    }
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| written.strip_prefix(*quote).and_then(|rest| rest.strip_suffix(*quote)));
    Node { span, kind: NodeKind::Scalar(inner.unwrap_or(written).to_owned()) }
}

/// What stands between the brackets of a list of plain words, or of none.
fn bracketed(written: &str) -> Option<&str> {
    let items = written.strip_prefix('[')?.strip_suffix(']')?;
    let plain = |piece: &str| {
        let piece = piece.trim_matches(' ');
        piece.starts_with(|c: char| c.is_ascii_alphanumeric())
            && piece.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_./@+".contains(&b))
            && !is_null(piece)
    };
    (items.trim_matches(' ').is_empty() || items.split(',').all(plain)).then_some(items)
}

/// Whether a YAML reader would find in `content` what [`read`] finds: top-level keys of letters
/// and digits, each with a word, a quotation without escapes, words in brackets, or a list of such
/// on lines of their own. Anything else is for the YAML reader, whatever it may be.
pub(super) fn are_plain(content: &str) -> bool {
    // The indent of the items that may follow: unknown behind a key without a value.
    let mut items: Option<Option<usize>> = None;
    content.lines().all(|line| {
        let line = line.trim_end_matches(' ');
        if line.is_empty() {
            return true;
        }
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        if let Some(item) = bare.strip_prefix("- ") {
            let fits = items.is_some_and(|known| known.is_none_or(|known| known == indent));
            items = Some(Some(indent));
            return fits && is_plain_scalar(item.trim_start_matches(' '));
        }
        let Some((key, rest)) = line.split_once(':') else { return false };
        let value = rest.trim_start_matches(' ');
        items = value.is_empty().then_some(None);
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && (value.is_empty() || rest.starts_with(' '))
            && (value.is_empty() || is_plain_scalar(value) || bracketed(value).is_some())
    })
}

/// Whether a scalar means what is written, but for quotes around it.
fn is_plain_scalar(written: &str) -> bool {
    let visible = |b: u8| matches!(b, b' '..=b'~');
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
        Some(inner.bytes().all(|b| visible(b) && b != b'\\') && !inner.contains(quote))
    });
    quoted.unwrap_or_else(|| {
        written.starts_with(|c: char| c.is_ascii_alphanumeric())
            && written.bytes().all(|b| visible(b) && !matches!(b, b':' | b'#'))
            && !is_null(written)
    })
}

/// Whether YAML takes the plain word for nothing.
pub(super) fn is_null(word: &str) -> bool {
    matches!(word, "" | "~" | "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests {
    use super::{are_plain, read};
    use crate::syntax::front_matter::tree;
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
                        assert_eq!(Ok(read(&text, whole)), tree(&text, whole), "{text}");
                        plain += 1;
                    }
                }
            }
        }
        assert!(plain > 1_000, "only {plain} were plain");
    }
}
