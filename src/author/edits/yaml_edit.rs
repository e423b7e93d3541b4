//! Changes values of front matter. Keeps the order of keys, quotes and comments.

use super::inline_list::remove_item;
use super::lines::{line_end, line_ending, line_start};
use super::yaml_value::{is_plain_line, yaml_list, yaml_quoted, yaml_scalar};
use crate::model::{Date, Record};
use crate::syntax::{Entry, FrontMatter, Node, NodeKind};
use crate::text::{Edit, Span, Spanned};

/// Replaces the value of `entry` with `value`, in the same quotes.
pub(crate) fn set_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    // A list, a map or a block scalar holds more than one value.
    if matches!(entry.value.kind, NodeKind::List(_) | NodeKind::Map(_)) {
        return None;
    }
    let replacement = match span.of(text).chars().next() {
        None => format!(" {}", yaml_scalar(value)),
        Some('"') => yaml_quoted(value),
        Some('\'') => format!("'{}'", value.replace('\'', "''")),
        Some('|' | '>') => return None,
        Some(_) => yaml_scalar(value),
    };
    Some(Edit::replace(span, replacement))
}

/// Adds `value` to the values of `entry`. A list grows; a single value becomes a list.
pub(crate) fn add_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    add_values(text, entry, &[value])
}

/// Adds several values as [`add_value`] adds one.
pub(crate) fn add_values(text: &str, entry: &Entry, values: &[&str]) -> Option<Edit> {
    let Node { span, kind } = &entry.value;
    let written = span.of(text);
    let row = values.iter().map(|value| yaml_scalar(value)).collect::<Vec<_>>().join(", ");
    let whole_value = if values.len() == 1 { row.clone() } else { format!("[{row}]") };
    match kind {
        NodeKind::Null if span.is_empty() => Some(Edit::replace(*span, format!(" {whole_value}"))),
        NodeKind::Null => Some(Edit::replace(*span, whole_value)),
        NodeKind::Scalar(_) if written.starts_with(['|', '>']) => None,
        NodeKind::Scalar(_) if written.trim_matches(['"', '\'']).trim().is_empty() => {
            Some(Edit::replace(*span, whole_value))
        }
        NodeKind::Scalar(_) => Some(Edit::replace(*span, format!("[{written}, {row}]"))),
        NodeKind::List(items) => {
            let is_flow_style = written.starts_with('[');
            match items.last() {
                None if is_flow_style => Some(Edit::insert(span.start + 1, row)),
                None => None,
                Some(last) if is_flow_style => {
                    Some(Edit::insert(last.span.end, format!(", {row}")))
                }
                Some(last) => {
                    let dash = dash_before(text, last);
                    let offset = line_end(text, last.span.end);
                    let ending = line_ending(text);
                    let line = |value: &&str| format!("{ending}{dash}{}", yaml_scalar(value));
                    Some(Edit::insert(offset, values.iter().map(line).collect::<String>()))
                }
            }
        }
        NodeKind::Map(_) => None,
    }
}

/// Appends `value` to a scalar that separates values by commas, within its quotes.
pub(crate) fn append_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    let old_value = entry.value.scalar()?.trim();
    let new_value = format!("{old_value}, {value}");
    match span.of(text).chars().next()? {
        '|' | '>' => None,
        '"' if !value.contains(['"', '\\']) => {
            Some(Edit::insert(span.end - 1, format!(", {value}")))
        }
        '"' => Some(Edit::replace(span, yaml_quoted(&new_value))),
        '\'' => Some(Edit::insert(span.end - 1, format!(", {}", value.replace('\'', "''")))),
        // A value that needed quotes and had none is left to its author.
        _ if is_plain_line(&new_value) || !is_plain_line(old_value) => {
            Some(Edit::insert(span.end, format!(", {value}")))
        }
        _ => Some(Edit::replace(span, yaml_quoted(&new_value))),
    }
}

/// Writes a first value into an entry that has none, or only a placeholder.
pub(crate) fn fill_value(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    match &entry.value.kind {
        NodeKind::List(_) if span.of(text) == "[]" => {
            Some(Edit::insert(span.start + 1, yaml_scalar(value)))
        }
        NodeKind::Scalar(_) if span.of(text).starts_with(['|', '>']) => None,
        NodeKind::Null | NodeKind::Scalar(_) if span.is_empty() => {
            Some(Edit::insert(span.start, format!(" {}", date_or_scalar(value))))
        }
        _ => Some(Edit::replace(span, date_or_scalar(value))),
    }
}

/// Removes the value at `index` of the `items` that were read from `entry`. The key stays.
pub(crate) fn remove_value(
    text: &str,
    entry: &Entry,
    index: usize,
    items: &[Spanned<String>],
) -> Option<Edit> {
    let item_spans: Vec<Span> = match &entry.value.kind {
        NodeKind::List(nodes) if nodes.len() == items.len() => {
            nodes.iter().map(|node| node.span).collect()
        }
        NodeKind::Scalar(_) if items.len() == 1 => vec![entry.value.span],
        _ => items.iter().map(|item| item.span).collect(),
    };
    if item_spans.len() == 1 && entry.value.span.of(text).starts_with('[') {
        return Some(Edit::replace(*item_spans.first()?, ""));
    }
    remove_item(text, &item_spans, index)
}

/// A value of a key. Dates stay without quotes, as people write them.
fn date_or_scalar(value: &str) -> String {
    if Date::parse_iso(value).is_some() { value.to_owned() } else { yaml_scalar(value) }
}

/// A new key at the end of the front matter.
pub(crate) fn new_key(record: &Record, front: &FrontMatter, key: &str, value: &str) -> Edit {
    new_raw_key(record, front, key, &yaml_scalar(value))
}

/// As [`new_key`], for a value that is YAML already.
pub(crate) fn new_raw_key(record: &Record, front: &FrontMatter, key: &str, value: &str) -> Edit {
    let has_underscores = front.entries.iter().any(|entry| entry.key.value.contains('_'));
    let key = if has_underscores { key.replace('-', "_") } else { key.to_owned() };
    Edit::insert(front.content.end, format!("{key}: {value}{}", line_ending(record.text())))
}

/// A new key with a list, in the style of the existing lists.
pub(crate) fn new_list_key(
    record: &Record,
    front: &FrontMatter,
    key: &str,
    values: &[&str],
) -> Edit {
    let text = record.text();
    let mut block_lists = front.entries.iter().rev().filter_map(|entry| match &entry.value.kind {
        NodeKind::List(nodes) if !entry.value.span.of(text).starts_with('[') => nodes.first(),
        _ => None,
    });
    let Some(first_item) = block_lists.next() else {
        return new_raw_key(record, front, key, &yaml_list(values.iter().copied()));
    };
    let (dash, ending) = (dash_before(text, first_item), line_ending(text));
    let lines = values.iter().map(|value| format!("{ending}{dash}{}", yaml_scalar(value)));
    let edit = new_raw_key(record, front, key, &lines.collect::<String>());
    // No space at the end of the line with the key.
    let key_and_lines = edit.text.replacen(": ", ":", 1);
    Edit { text: key_and_lines, ..edit }
}

/// The indentation and the dash before an item of a block list.
fn dash_before<'t>(text: &'t str, item: &Node) -> &'t str {
    Span::new(line_start(text, item.span.start), item.span.start).of(text)
}
