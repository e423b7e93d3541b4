//! The reason for a record's status: one line next to the status, which is read as before.
//!
//! A reason belongs to one status. It is removed when the status changes, and a new reason replaces it; other text
//! next to the status stays. In a history, every entry keeps its reason.

use crate::author::edits::{
    LineStyle, hard_break, line_below_title, line_end, line_ending, line_start, new_raw_key,
    paragraph_end, removable_lines, set_value, yaml_line,
};
use crate::format::{Words, status_history};
use crate::model::{Layout, Record};
use crate::syntax::Entry;
use crate::text::{Edit, Span};

/// The key in front matter, also as records with underscores in their keys have it.
const FRONT_MATTER_KEYS: [&str; 2] = ["status-reason", "status_reason"];

/// The start of a reason in the section of the status, by which it is recognised.
const PARAGRAPH_PREFIX: &str = "Reason: ";

/// The key of a reason on a line of its own.
const LINE_KEY: &str = "Status reason";

/// The place of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReasonPlacement {
    /// As the layout of the status suggests: a key below it, a paragraph, or a remark on its line.
    Usual,
    /// On the line of the status.
    StatusLine,
    /// On another line, with a key. For a reason that would be read as another status elsewhere.
    OwnLine,
}

impl ReasonPlacement {
    pub(super) const ALL: [Self; 3] = [Self::Usual, Self::StatusLine, Self::OwnLine];
}

/// Whether the record states this reason already.
pub(super) fn states_reason(record: &Record, reason: &str, words: &Words) -> bool {
    let front_matter_reason = reason_entry(record).and_then(|entry| entry.value.scalar());
    let text = record.text();
    let mut line_reasons = reason_lines(record).into_iter().map(|(_, reason)| reason);
    let status_span = record.statuses.first().and_then(|stated| stated.span);
    let last_entry = status_history(record, words).last().copied();
    let mut status_lines = last_entry.into_iter().chain(status_span);
    front_matter_reason == Some(reason)
        || line_reasons.any(|stated| stated == reason || stated == escaped_for_table(reason))
        || status_lines.any(|line| {
            let line = line.of(text);
            let line = line.strip_suffix(hard_break(line)).unwrap_or(line).trim_end();
            line.ends_with(&remark(reason)) || line.ends_with(&remark(&escaped_for_table(reason)))
        })
}

/// The entry of the front matter with the reason.
fn reason_entry(record: &Record) -> Option<&Entry> {
    record.document.front_matter.as_ref()?.entry(&FRONT_MATTER_KEYS)
}

/// The lines of the text that contain only a reason, with that reason.
fn reason_lines(record: &Record) -> Vec<(Span, &str)> {
    let text = record.text();
    let in_section = record.statuses.first().filter(|stated| stated.layout == Layout::Section);
    let status_span = in_section.and_then(|stated| stated.span);
    let mut sections = record.document.sections.iter();
    let section = status_span.and_then(|span| sections.find(|one| one.body.contains(span)));
    let mut reasons = Vec::new();
    for line in record.document.body.lines(text) {
        let line = line.trim(text);
        let line_text = line.of(text);
        let prefixed = section
            .filter(|section| section.body.contains(line))
            .and_then(|_| line_text.strip_prefix(PARAGRAPH_PREFIX));
        if let Some(reason) = value_of_line_key(line_text).or(prefixed) {
            let reason = reason.trim_start_matches(['*', '_', ':', '|', ' ']);
            reasons.push((line, reason.trim_end_matches(['|', ' ', '\\'])));
        }
    }
    reasons
}

/// The text after [`LINE_KEY`] and its separator, if the line starts with them.
fn value_of_line_key(line: &str) -> Option<&str> {
    let from_key = line.trim_start_matches(['-', '*', '+', '>', '|', '_', ' ']);
    let key = from_key.get(..LINE_KEY.len())?;
    let after_key = from_key.get(LINE_KEY.len()..)?;
    let has_separator = after_key.trim_start_matches(['*', '_', ' ']).starts_with([':', '|']);
    (key.eq_ignore_ascii_case(LINE_KEY) && has_separator).then_some(after_key)
}

/// The `edits` with the reason added; one of them may restate the status.
pub(super) fn add_reason(
    record: &Record,
    mut edits: Vec<Edit>,
    reason: &str,
    placement: ReasonPlacement,
    words: &Words,
) -> Option<Vec<Edit>> {
    let status = record.statuses.first();
    let status_span = status.and_then(|stated| stated.span);
    let layout = status.map(|stated| stated.layout);
    if placement == ReasonPlacement::OwnLine {
        let line = LineStyle::of(record, words)
            .and_then(|style| style.new_line(record, LINE_KEY, reason))
            .or_else(|| line_below_title(record, &format!("{LINE_KEY}: {reason}")))?;
        edits.push(line);
        return Some(edits);
    }
    match (layout, status_span) {
        (Some(Layout::FrontMatter) | None, _) if record.document.front_matter.is_some() => {
            let entry_edit = front_matter_edit(record, words, reason)?;
            // The new value replaces the old one, so the old entry is not removed.
            if reason_entry(record).is_some() {
                edits.retain(|edit| edit.span.is_empty() || !edit.span.contains(entry_edit.span));
            }
            edits.push(entry_edit);
        }
        (Some(Layout::Section), Some(span)) => match status_history(record, words).last() {
            Some(last_entry) => add_to_history(record, *last_entry, reason, &mut edits)?,
            None => add_to_section(record, span, reason, placement, &mut edits)?,
        },
        (Some(Layout::Table), Some(span)) => {
            add_to_line(record, span, &escaped_for_table(reason), &mut edits)?;
        }
        (Some(Layout::Bullet | Layout::Bold | Layout::Line), Some(span)) => {
            add_to_line(record, span, reason, &mut edits)?;
        }
        _ => return None,
    }
    Some(edits)
}

/// The edits that remove the reason for the old status. A reason on the line of the status is removed when the line
/// is restated.
pub(super) fn remove_reason(record: &Record) -> Vec<Edit> {
    let entry = reason_entry(record).map(|entry| entry.key.span.to(entry.value.span));
    let lines = reason_lines(record).into_iter().map(|(line, _)| line);
    let statements = entry.into_iter().chain(lines);
    statements.map(|span| Edit::replace(removable_lines(record.text(), span), "")).collect()
}

/// Adds a remark to the new entry of a history, or to its last entry.
fn add_to_history(
    record: &Record,
    last_entry: Span,
    reason: &str,
    edits: &mut Vec<Edit>,
) -> Option<()> {
    let offset = line_end(record.text(), last_entry.end);
    match edits.iter_mut().find(|edit| edit.span == Span::at(offset)) {
        Some(new_entry) => {
            new_entry.text.push_str(&remark(reason));
            Some(())
        }
        None => add_to_line(record, last_entry, reason, edits),
    }
}

/// Adds a paragraph below the status; in a list, a remark on its line.
fn add_to_section(
    record: &Record,
    status_span: Span,
    reason: &str,
    placement: ReasonPlacement,
    edits: &mut Vec<Edit>,
) -> Option<()> {
    let text = record.text();
    let text_before = Span::new(line_start(text, status_span.start), status_span.start).of(text);
    if placement == ReasonPlacement::StatusLine || !text_before.trim().is_empty() {
        return add_to_line(record, status_span, reason, edits);
    }
    let mut sections = record.document.sections.iter();
    let section = sections.find(|section| section.body.contains(status_span))?;
    let offset = paragraph_end(text, status_span.end.saturating_sub(1), section.body.end);
    let ending = line_ending(text);
    // First, so that statements about other records follow it.
    let paragraph = format!("{ending}{ending}{PARAGRAPH_PREFIX}{reason}");
    edits.insert(0, Edit::insert(offset, paragraph));
    Some(())
}

/// Adds a remark after the status, and replaces an existing one.
fn add_to_line(record: &Record, status: Span, reason: &str, edits: &mut Vec<Edit>) -> Option<()> {
    let restates_line = |edit: &&mut Edit| !edit.span.is_empty() && status.contains(edit.span);
    if let Some(edit) = edits.iter_mut().find(restates_line) {
        let offset = edit.text.len() - hard_break(&edit.text).len();
        edit.text.insert_str(offset, &remark(reason));
        return Some(());
    }
    let line = status.of(record.text());
    let line = line.strip_suffix(hard_break(line))?;
    let remark_start = status.start + line.split(" - ").next()?.trim_end().len();
    let remark_end = status.start + line.len();
    edits.push(Edit::replace(Span::new(remark_start, remark_end), remark(reason)));
    Some(())
}

/// The edit of the key in front matter, below the status.
fn front_matter_edit(record: &Record, words: &Words, reason: &str) -> Option<Edit> {
    let text = record.text();
    let front = record.document.front_matter.as_ref()?;
    if let Some(entry) = reason_entry(record) {
        return set_value(text, entry, reason);
    }
    let key_at_end = new_raw_key(record, front, FRONT_MATTER_KEYS[0], &yaml_line(reason));
    let status = front.entries.iter().find(|entry| words.is_status_key(&entry.key.value));
    let Some(status) = status else { return Some(key_at_end) };
    let offset = line_end(text, status.value.span.end);
    Some(Edit::insert(offset, format!("{}{}", line_ending(text), key_at_end.text.trim_end())))
}

fn remark(reason: &str) -> String {
    format!(" - {reason}")
}

fn escaped_for_table(reason: &str) -> String {
    reason.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use crate::author::testing::{after, log, words};
    use crate::author::{Revisions, Rules};
    use crate::model::{Date, Lifecycle};

    /// The text of a record that is rejected for a reason, and then for another one.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = words();
        let rules =
            Rules { words: &words, transitions: None, date: Date::day(2026, 3, 1).unwrap() };
        let mut text = text.to_owned();
        for reason in ["Too early", "It costs more"] {
            let log = log(&[("0001-a.md", &text)]);
            let (id, _) = log.iter().next().unwrap();
            let mut revisions = Revisions::default();
            revisions.status(&log, id, &Lifecycle::Rejected.into(), &rules).unwrap();
            revisions.reason(id, reason).unwrap();
            text = after(&log, "0001-a.md", &revisions.changes(&log, &rules).unwrap());
        }
        assert_eq!(text, expected);
    }

    #[test]
    fn a_reason_is_next_to_the_status_and_replaces_the_old_one() {
        check(
            "# A\n\n## Status\n\nProposed\n\n## Context\n\nx\n",
            "# A\n\n## Status\n\nRejected\n\nReason: It costs more\n\n## Context\n\nx\n",
        );
        check(
            "---\nstatus: proposed # for now\ntags: [a]\n---\n\n# A\n",
            "---\nstatus: rejected # for now\nstatus-reason: It costs more\ntags: [a]\n---\n\n# A\n",
        );
        check(
            "# A\n\n* Status: proposed\n* Date: 2026-01-01\n",
            "# A\n\n* Status: rejected - It costs more\n* Date: 2026-01-01\n",
        );
    }
}
