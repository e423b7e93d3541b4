//! Why a record has its status: one line beside the status, such that the status is read as before.

use super::beside::{self, Model};
use super::front_matter;
use super::lines::{end_of_line, end_of_paragraph, eol, line_start};
use super::list::cut;
use super::yaml;
use crate::format::{Words, status_history};
use crate::model::{Layout, Record};
use crate::text::{Edit, Span};

/// The key in front matter.
const KEY: &str = "status-reason";

/// Where a reason goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// As the layout of the status has it: a key below it, a paragraph, a remark on its line.
    Usual,
    /// On its line.
    OnLine,
    /// In a line of its own with a key: a reason that would be read as another status elsewhere.
    OwnLine,
}

impl Beside {
    pub(super) const ALL: [Self; 3] = [Self::Usual, Self::OnLine, Self::OwnLine];
}

/// Whether the record gives this reason already.
pub(super) fn states(record: &Record, reason: &str) -> bool {
    let front = record.document.front_matter.as_ref();
    let entry = front.and_then(|front| front.entry(&[KEY]));
    let stated = entry.and_then(|entry| entry.value.scalar());
    let text = record.document.body.of(record.text());
    stated == Some(reason) || text.contains(reason) || text.contains(&in_table(reason))
}

/// The edits with the reason among them; `edits` may hold one that restates the status.
pub(super) fn add(
    record: &Record,
    mut edits: Vec<Edit>,
    reason: &str,
    beside: Beside,
    words: &Words,
) -> Option<Vec<Edit>> {
    let stated = record.statuses.first();
    let span = stated.and_then(|stated| stated.span);
    let layout = stated.map(|stated| stated.layout);
    if beside == Beside::OwnLine {
        let line = Model::of(record, words)
            .and_then(|model| model.line(record, "Status reason", reason))
            .or_else(|| beside::line_below_title(record, &format!("Status reason: {reason}")))?;
        edits.push(line);
        return Some(edits);
    }
    match (layout, span) {
        (Some(Layout::FrontMatter) | None, _) if record.document.front_matter.is_some() => {
            edits.push(key(record, words, reason)?);
        }
        (Some(Layout::Section), Some(span)) => {
            in_section(record, span, (reason, beside), words, &mut edits)?;
        }
        (Some(Layout::Table), Some(span)) => {
            on_line(record, span, &in_table(reason), &mut edits)?;
        }
        (Some(Layout::Bullet | Layout::Bold | Layout::Line), Some(span)) => {
            on_line(record, span, reason, &mut edits)?;
        }
        _ => return None,
    }
    Some(edits)
}

/// The edit that takes the reason of another status away, where a key gives it. What stands in
/// running text nobody can tell from the rest.
pub(super) fn outdated(record: &Record) -> Option<Edit> {
    let entry = record.document.front_matter.as_ref()?.entry(&[KEY])?;
    let lines = cut(record.text(), entry.key.span.to(entry.value.span));
    Some(Edit::replace(lines, ""))
}

/// A paragraph below the status; in a history and in a list, a remark on its line.
fn in_section(
    record: &Record,
    span: Span,
    (reason, beside): (&str, Beside),
    words: &Words,
    edits: &mut Vec<Edit>,
) -> Option<()> {
    let text = record.text();
    let history = status_history(record, words);
    if let Some(last) = history.last() {
        let at = end_of_line(text, last.end);
        if let Some(line) = edits.iter_mut().find(|edit| edit.span == Span::at(at)) {
            line.text.push_str(&remark(reason));
            return Some(());
        }
        return on_line(record, *last, reason, edits);
    }
    let head = Span::new(line_start(text, span.start), span.start).of(text);
    if beside == Beside::OnLine || !head.trim().is_empty() {
        return on_line(record, span, reason, edits);
    }
    let section = record.document.sections.iter().find(|one| one.body.contains(span))?;
    let at = end_of_paragraph(text, span.end.saturating_sub(1), section.body.end);
    let eol = eol(text);
    // Before what is said about other records, which goes on behind it.
    edits.insert(0, Edit::insert(at, format!("{eol}{eol}{reason}")));
    Some(())
}

/// A remark behind the status, in the place of one that was there.
fn on_line(record: &Record, span: Span, reason: &str, edits: &mut Vec<Edit>) -> Option<()> {
    let restates = |edit: &&mut Edit| !edit.span.is_empty() && span.contains(edit.span);
    if let Some(edit) = edits.iter_mut().find(restates) {
        edit.text.push_str(&remark(reason));
        return Some(());
    }
    let line = span.of(record.text());
    let kept = line.split(" - ").next()?.trim_end().len();
    edits.push(Edit::replace(Span::new(span.start + kept, span.end), remark(reason)));
    Some(())
}

/// The key below that of the status.
fn key(record: &Record, words: &Words, reason: &str) -> Option<Edit> {
    let text = record.text();
    let front = record.document.front_matter.as_ref()?;
    if let Some(entry) = front.entry(&[KEY]) {
        return front_matter::set(text, entry, reason);
    }
    let new = front_matter::new_raw_key(record, front, KEY, &yaml::line(reason));
    let status = front.entries.iter().find(|entry| words.is_status_key(&entry.key.value));
    let Some(status) = status else { return Some(new) };
    let at = end_of_line(text, status.value.span.end);
    let line = new.text.trim_end();
    Some(Edit::insert(at, format!("{}{line}", eol(text))))
}

fn remark(reason: &str) -> String {
    format!(" - {reason}")
}

fn in_table(reason: &str) -> String {
    reason.replace('|', "\\|")
}
