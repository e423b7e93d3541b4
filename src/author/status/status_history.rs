//! Sections with a history of statuses, one dated line for each change. A new status adds a line, and the existing
//! lines stay.

use super::revision::Revision;
use super::status_line::{NewStatus, TextAfterStatus, restated};
use super::transition::RequestedStatus;
use crate::author::edits::{line_end, line_ending, line_start, numbered_item};
use crate::author::naming::RecordLink;
use crate::format::{Words, date_in, status_history, tick_boxes};
use crate::model::{Date, Record};
use crate::text::{Edit, Span};

/// The new line, in the style of the last one; `None` if the status does not change, or the record has no history.
pub(super) fn new_entry(
    record: &Record,
    revision: &Revision,
    successors: &[&RecordLink],
    words: &Words,
) -> Option<Edit> {
    let is_different = |requested: &&RequestedStatus| record.status() != Some(&requested.status);
    let requested = revision.status.as_ref().filter(is_different)?;
    let text = record.text();
    let entries = status_history(record, words);
    let last_entry = *entries.last()?;
    // In a list of check boxes the tick moves instead.
    if !tick_boxes(text, Span::new(line_start(text, last_entry.start), last_entry.end)).is_empty() {
        return None;
    }
    let new_status = NewStatus {
        word: &requested.word,
        by_phrase: &requested.by_phrase,
        successors: successors.iter().map(|target| target.markdown(record)).collect(),
        date: revision.date,
    };
    let model = last_entry.of(text);
    let entry_text = restated(model, None, &new_status, words, TextAfterStatus::Remove);
    let entry_text = with_date(&entry_text, model, &new_status, words);
    let prefix = Span::new(line_start(text, last_entry.start), last_entry.start).of(text);
    let offset = line_end(text, last_entry.end);
    let separator = separator(text, &entries, last_entry)?;
    let next_number = numbered_item(prefix)
        .map(|(indentation, number, mark)| format!("{indentation}{}{mark}", number + 1));
    let prefix = next_number.as_deref().unwrap_or(prefix);
    Some(Edit::insert(offset, format!("{separator}{prefix}{entry_text}")))
}

/// The text between two entries of the history.
fn separator(text: &str, entries: &[Span], last_entry: Span) -> Option<String> {
    let last_start = line_start(text, last_entry.start);
    let last_end = line_end(text, last_entry.end);
    let previous_entry = entries.len().checked_sub(2).and_then(|index| entries.get(index));
    let separator = match previous_entry {
        Some(previous) => {
            let previous_end = line_end(text, previous.end);
            // The hard break of the previous line, which the last line did not need yet.
            let hard_break = Span::new(previous.end, previous_end).of(text);
            let is_needed = !text.get(..last_end)?.ends_with("  ") && hard_break.trim().is_empty();
            let hard_break = if is_needed { hard_break } else { "" };
            format!("{hard_break}{}", Span::new(previous_end, last_start).of(text))
        }
        // Items of a list need no blank line between them; Markdown would join other lines.
        None if Span::new(last_start, last_entry.start).of(text).trim().is_empty() => {
            line_ending(text).repeat(2)
        }
        None => line_ending(text).to_owned(),
    };
    // Other text between two entries does not separate them.
    let is_blank = separator.trim().is_empty();
    Some(if is_blank { separator } else { line_ending(text).to_owned() })
}

/// `line` with the date of the change instead of its own. A line without a date gets it at the end, in the style of
/// the date in `model`.
fn with_date(line: &str, model: &str, new: &NewStatus<'_>, words: &Words) -> String {
    let date_span = |line: &str| date_in(line, Span::new(0, line.len()), words);
    if let Some(span) = date_span(line) {
        let (text_before, text_after) = (line.get(..span.start), line.get(span.end..));
        let date = in_style_of(span.of(line), new.date);
        return format!(
            "{}{date}{}",
            text_before.unwrap_or_default(),
            text_after.unwrap_or_default()
        );
    }
    let model_date = date_span(model).map_or("", |span| span.of(model));
    format!("{line} ({})", in_style_of(model_date, new.date))
}

/// `date` with the separators of `model`: `2024/01/02`, `2024.01.02`; otherwise in ISO format.
fn in_style_of(model: &str, date: Date) -> String {
    let iso_date = date.to_string();
    let separator = model.get(4..5).filter(|mark| matches!(*mark, "/" | "."));
    separator.map_or(iso_date.clone(), |separator| iso_date.replace('-', separator))
}
