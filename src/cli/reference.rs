//! What a person means by `12`, `ADR-12`, a file or words of a title; and what to say where that is
//! not clear.

use unicode_width::UnicodeWidthStr;

use super::ui::visible;
use crate::model::{Log, Lookup, RecordId};
use crate::{Error, Result};

/// How many candidates an error names.
const MAX_CANDIDATES: usize = 12;

/// The record that `given` means.
///
/// # Errors
///
/// Where it means none, or more than one; with those that may be meant.
pub(super) fn find(log: &Log, given: &str) -> Result<RecordId> {
    let given = given.trim();
    match log.find(given) {
        Lookup::One(id) => Ok(id),
        Lookup::Many(ids) => Err(Error::AmbiguousRecord {
            given: given.to_owned(),
            count: ids.len(),
            candidates: lines(log, &ids),
        }),
        Lookup::None(ids) => Err(Error::NoRecord {
            given: given.to_owned(),
            nearest: ids.iter().map(|id| called(log, *id)).collect(),
        }),
    }
}

/// The words of the command line as one reference.
pub(super) fn find_words(log: &Log, words: &[String]) -> Result<RecordId> {
    find(log, &words.join(" "))
}

/// `ADR-0012 Use PostgreSQL for orders`.
pub(super) fn called(log: &Log, id: RecordId) -> String {
    let record = log.record(id);
    match &record.title {
        Some(title) => format!("{} {}", record.label(), one_line(&title.value)),
        None => record.label(),
    }
}

/// `text` without line breaks and other control characters.
pub(super) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One line for each record, in columns.
fn lines(log: &Log, ids: &[RecordId]) -> Vec<String> {
    let shown = ids.get(..MAX_CANDIDATES).unwrap_or(ids);
    let rows: Vec<[String; 3]> = shown
        .iter()
        .map(|id| {
            let record = log.record(*id);
            // Where two records share a number, only the file tells them apart.
            let shared = ids.iter().filter(|other| log.record(**other).label() == record.label());
            let title = if shared.count() > 1 { &record.file } else { record.title_or_file() };
            let status = record.status().map(ToString::to_string).unwrap_or_default();
            [record.label(), one_line(title), status]
        })
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let mut lines: Vec<String> = rows
        .iter()
        .map(|[label, title, status]| {
            let title_gap = " ".repeat(first - label.width());
            let status_gap = " ".repeat(second - title.width());
            format!("{label}{title_gap}  {title}{status_gap}  {status}").trim_end().to_owned()
        })
        .collect();
    if ids.len() > shown.len() {
        lines.push(format!("… and {} more", ids.len() - shown.len()));
    }
    lines
}
