//! Values of front matter, set and added to. Key order, quotes and comments stay.

use super::lines::{end_of_line, eol, line_start};
use super::yaml;
use crate::model::Record;
use crate::syntax::{Entry, FrontMatter, Node, NodeKind};
use crate::text::{Edit, Span};

/// Puts `value` in the place of the value of `entry`, in the quotes that it has.
pub(super) fn set(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let span = entry.value.span;
    // A list, a map and a block of several lines are more than a value.
    if matches!(entry.value.kind, NodeKind::List(_) | NodeKind::Map(_)) {
        return None;
    }
    let written = match span.of(text).chars().next() {
        None => format!(" {}", yaml::scalar(value)),
        Some('"') => yaml::quoted(value),
        Some('\'') => format!("'{}'", value.replace('\'', "''")),
        Some('|' | '>') => return None,
        Some(_) => yaml::scalar(value),
    };
    Some(Edit::replace(span, written))
}

/// Adds `value` to what `entry` holds: a list grows, a single value becomes one.
pub(super) fn add(text: &str, entry: &Entry, value: &str) -> Option<Edit> {
    let Node { span, kind } = &entry.value;
    let value = yaml::scalar(value);
    match kind {
        NodeKind::Null => Some(Edit::replace(*span, format!(" {value}"))),
        NodeKind::Scalar(_) if span.of(text).starts_with(['|', '>']) => None,
        NodeKind::Scalar(_)
            if span.is_empty() || span.of(text).trim_matches(['"', '\'']).trim().is_empty() =>
        {
            Some(Edit::replace(*span, value))
        }
        NodeKind::Scalar(_) => Some(Edit::replace(*span, format!("[{}, {value}]", span.of(text)))),
        NodeKind::List(items) => {
            let flow = span.of(text).starts_with('[');
            match items.last() {
                None if flow => Some(Edit::insert(span.start + 1, value)),
                None => None,
                Some(last) if flow => Some(Edit::insert(last.span.end, format!(", {value}"))),
                Some(last) => {
                    let dash = Span::new(line_start(text, last.span.start), last.span.start);
                    let at = end_of_line(text, last.span.end);
                    Some(Edit::insert(at, format!("{}{}{value}", eol(text), dash.of(text))))
                }
            }
        }
        NodeKind::Map(_) => None,
    }
}

/// A new key at the end of the front matter.
pub(super) fn new_key(record: &Record, front: &FrontMatter, key: &str, value: &str) -> Edit {
    let text = record.text();
    let underscores = front.entries.iter().any(|entry| entry.key.value.contains('_'));
    let key = if underscores { key.replace('-', "_") } else { key.to_owned() };
    Edit::insert(front.content.end, format!("{key}: {}{}", yaml::scalar(value), eol(text)))
}
