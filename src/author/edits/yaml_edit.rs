//! Values of front matter, set, added to and taken away. Key order, quotes and comments stay.

use super::inline_list::remove_item;
use super::lines::{end_of_line, eol, line_start};
use super::yaml_value::{is_plain_line, yaml_list, yaml_quoted, yaml_scalar};
use crate::model::Record;
use crate::syntax::{Entry, FrontMatter, Node, NodeKind};
use crate::text::{Edit, Span, Spanned};

/// Puts `value` in the place of the value of `entry`, in the quotes that it has.
pub(crate) fn set_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    // A list, a map and a block of several lines are more than a value.
    if matches!(entry.value.kind, NodeKind::List(_) | NodeKind::Map(_)) {
        return None;
    }
    let written = match span.of(text).chars().next() {
        None => format!(" {}", yaml_scalar(value)),
        Some('"') => yaml_quoted(value),
        Some('\'') => format!("'{}'", value.replace('\'', "''")),
        Some('|' | '>') => return None,
        Some(_) => yaml_scalar(value),
    };
    Some(Edit::replace(span, written))
}

/// Adds `value` to what `entry` holds: a list grows, a single value becomes one.
pub(crate) fn add_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    add_values(text, entry, &[value])
}

/// The same for several values.
pub(crate) fn add_values(text: &str, entry: &Entry, values: &[&str]) -> Option<Edit> {
    let Node { span, kind } = &entry.value;
    let row = values.iter().map(|value| yaml_scalar(value)).collect::<Vec<_>>().join(", ");
    let value = if values.len() == 1 { row.clone() } else { format!("[{row}]") };
    match kind {
        NodeKind::Null if span.is_empty() => Some(Edit::replace(*span, format!(" {value}"))),
        NodeKind::Null => Some(Edit::replace(*span, value)),
        NodeKind::Scalar(_) if span.of(text).starts_with(['|', '>']) => None,
        NodeKind::Scalar(_)
            if span.is_empty() || span.of(text).trim_matches(['"', '\'']).trim().is_empty() =>
        {
            Some(Edit::replace(*span, value))
        }
        NodeKind::Scalar(_) => Some(Edit::replace(*span, format!("[{}, {row}]", span.of(text)))),
        NodeKind::List(items) => {
            let flow = span.of(text).starts_with('[');
            match items.last() {
                None if flow => Some(Edit::insert(span.start + 1, row)),
                None => None,
                Some(last) if flow => Some(Edit::insert(last.span.end, format!(", {row}"))),
                Some(last) => {
                    let dash = Span::new(line_start(text, last.span.start), last.span.start);
                    let at = end_of_line(text, last.span.end);
                    let (eol, dash) = (eol(text), dash.of(text));
                    let line = |value: &&str| format!("{eol}{dash}{}", yaml_scalar(value));
                    Some(Edit::insert(at, values.iter().map(line).collect::<String>()))
                }
            }
        }
        NodeKind::Map(_) => None,
    }
}

/// Adds `value` to a text with commas in it, within its quotes.
pub(crate) fn append_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    let old = entry.value.scalar()?;
    let written = span.of(text);
    let all = format!("{}, {value}", old.trim());
    match written.chars().next()? {
        '|' | '>' => None,
        '"' if !value.contains(['"', '\\']) => {
            Some(Edit::insert(span.end - 1, format!(", {value}")))
        }
        '"' => Some(Edit::replace(span, yaml_quoted(&all))),
        '\'' => Some(Edit::insert(span.end - 1, format!(", {}", value.replace('\'', "''")))),
        // What was no YAML before is left to whoever wrote it.
        _ if is_plain_line(&all) || !is_plain_line(old.trim()) => {
            Some(Edit::insert(span.end, format!(", {value}")))
        }
        _ => Some(Edit::replace(span, yaml_quoted(&all))),
    }
}

/// Puts a first value where there is none, or only something that means none.
pub(crate) fn fill_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    match &entry.value.kind {
        NodeKind::List(_) if span.of(text) == "[]" => {
            Some(Edit::insert(span.start + 1, yaml_scalar(value)))
        }
        NodeKind::Scalar(_) if span.of(text).starts_with(['|', '>']) => None,
        NodeKind::Null | NodeKind::Scalar(_) if span.is_empty() => {
            Some(Edit::insert(span.start, format!(" {}", plain(value))))
        }
        _ => Some(Edit::replace(span, plain(value))),
    }
}

/// Takes the value `at` away, of the `items` that are read in the value of `entry`. The key stays.
pub(crate) fn remove_value(
    text: &str,
    entry: &Entry,
    at: usize,
    items: &[Spanned<String>],
) -> Option<Edit> {
    let spans: Vec<Span> = match &entry.value.kind {
        NodeKind::List(nodes) if nodes.len() == items.len() => {
            nodes.iter().map(|node| node.span).collect()
        }
        NodeKind::Scalar(_) if items.len() == 1 => vec![entry.value.span],
        _ => items.iter().map(|item| item.span).collect(),
    };
    if spans.len() == 1 && entry.value.span.of(text).starts_with('[') {
        return Some(Edit::replace(*spans.first()?, ""));
    }
    remove_item(text, &spans, at)
}

/// A value as it stands behind a key: days as everybody writes them.
fn plain(value: &str) -> String {
    let is_day = crate::model::Date::parse_iso(value).is_some();
    if is_day { value.to_owned() } else { yaml_scalar(value) }
}

/// A new key at the end of the front matter.
pub(crate) fn new_key(record: &Record, front: &FrontMatter, key: &str, value: &str) -> Edit {
    new_raw_key(record, front, key, &yaml_scalar(value))
}

/// As [`new_key`], for a value that is YAML already.
pub(crate) fn new_raw_key(record: &Record, front: &FrontMatter, key: &str, value: &str) -> Edit {
    let underscores = front.entries.iter().any(|entry| entry.key.value.contains('_'));
    let key = if underscores { key.replace('-', "_") } else { key.to_owned() };
    Edit::insert(front.content.end, format!("{key}: {value}{}", eol(record.text())))
}

/// A new key that holds a list, in the style of the lists that are there.
pub(crate) fn new_list_key(
    record: &Record,
    front: &FrontMatter,
    key: &str,
    values: &[&str],
) -> Edit {
    let text = record.text();
    let mut lists = front.entries.iter().rev().filter_map(|entry| match &entry.value.kind {
        NodeKind::List(nodes) if !entry.value.span.of(text).starts_with('[') => nodes.first(),
        _ => None,
    });
    let Some(first) = lists.next() else {
        return new_raw_key(record, front, key, &yaml_list(values.iter().copied()));
    };
    let dash = Span::new(line_start(text, first.span.start), first.span.start).of(text);
    let eol = eol(text);
    let lines = values.iter().map(|value| format!("{eol}{dash}{}", yaml_scalar(value)));
    let edit = new_raw_key(record, front, key, &lines.collect::<String>());
    let text = edit.text.replacen(": ", ":", 1);
    Edit { text, ..edit }
}
