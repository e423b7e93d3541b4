//! Sections that hold a history of statuses, one dated line for each change: it grows by a line, and
//! none of the old ones changes.

use super::revision::Revision;
use super::status_line::{NewStatus, Remark, restated};
use super::transition::RequestedStatus;
use crate::author::edits::{end_of_line, eol, line_start, numbered_item};
use crate::author::naming::Target;
use crate::format::{Words, date_in, status_history, tick_boxes};
use crate::model::{Date, Record};
use crate::text::{Edit, Span};

/// The new line, in the style of the last one; `None` where the status does not change, or the
/// record holds no history.
pub(crate) fn grown(
    record: &Record,
    revision: &Revision,
    successors: &[&Target],
    words: &Words,
) -> Option<Edit> {
    let changes = |requested: &&RequestedStatus| record.status() != Some(&requested.status);
    let status = revision.status.as_ref().filter(changes)?;
    let text = record.text();
    let lines = status_history(record, words);
    let last = *lines.last()?;
    // In a list of boxes the tick moves.
    if !tick_boxes(text, Span::new(line_start(text, last.start), last.end)).is_empty() {
        return None;
    }
    let new = NewStatus {
        word: &status.word,
        by: &status.by,
        successors: successors.iter().map(|target| target.link(record)).collect(),
        date: revision.date,
    };
    let model = last.of(text);
    let line = dated(&restated(model, None, &new, words, Remark::Goes), model, &new, words);
    let before = Span::new(line_start(text, last.start), last.start).of(text);
    let at = end_of_line(text, last.end);
    let earlier = lines.len().checked_sub(2).and_then(|at| lines.get(at));
    let apart = match earlier {
        Some(earlier) => {
            let end = end_of_line(text, earlier.end);
            let blanks = Span::new(earlier.end, end).of(text);
            // Two blanks that keep lines apart, where the last line did not need them yet.
            let blanks = if text.get(..at)?.ends_with("  ") { "" } else { blanks };
            let blanks = if blanks.trim().is_empty() { blanks } else { "" };
            format!("{blanks}{}", Span::new(end, line_start(text, last.start)).of(text))
        }
        // Items of a list stand close together, other lines would flow into one.
        None if before.trim().is_empty() => eol(text).repeat(2),
        None => eol(text).to_owned(),
    };
    // Whatever else stands between two lines is no part of what parts them.
    let apart = if apart.trim().is_empty() { apart } else { eol(text).to_owned() };
    let next =
        numbered_item(before).map(|(indent, number, mark)| format!("{indent}{}{mark}", number + 1));
    let before = next.as_deref().unwrap_or(before);
    Some(Edit::insert(at, format!("{apart}{before}{line}")))
}

/// `line` with the day of the change where `model`, which it was made from, has its day.
fn dated(line: &str, model: &str, new: &NewStatus<'_>, words: &Words) -> String {
    let whole = |line: &str| Span::new(0, line.len());
    if let Some(at) = date_in(line, whole(line), words) {
        let (before, after) = (line.get(..at.start), line.get(at.end..));
        let day = like(at.of(line), new.date);
        return format!("{}{day}{}", before.unwrap_or_default(), after.unwrap_or_default());
    }
    let day = date_in(model, whole(model), words).map_or("", |at| at.of(model));
    format!("{line} ({})", like(day, new.date))
}

/// `date` as `old` is written: year, month and day with other marks between them, else as ISO has it.
fn like(old: &str, date: Date) -> String {
    let iso = date.to_string();
    let mark = old.get(4..5).filter(|mark| matches!(*mark, "/" | "."));
    mark.map_or(iso.clone(), |mark| iso.replace('-', mark))
}
