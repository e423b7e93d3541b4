//! Why a record has its status: one line beside the status, such that the status is read as before.
//!
//! A reason is that of one status. It goes when the status changes, and another one takes its place;
//! what else people have written beside a status stays. In a history every line keeps its own.

use crate::author::edits::{
    Model, cut, end_of_line, end_of_paragraph, eol, line_below_title, line_break, line_start,
    new_raw_key, set_value, yaml_line,
};
use crate::format::{Words, status_history};
use crate::model::{Layout, Record};
use crate::syntax::Entry;
use crate::text::{Edit, Span};

/// The key in front matter; the second way is that of records whose keys have underscores.
const KEYS: [&str; 2] = ["status-reason", "status_reason"];

/// What a reason begins with in the section of the status, so that it is known again.
const MARK: &str = "Reason: ";

/// What stands before it in a line of its own.
const OWN_KEY: &str = "Status reason";

/// Where a reason goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// As the layout of the status has it: a key below it, a paragraph, a remark on its line.
    Usual,
    /// On its line.
    OnLine,
    /// In a line of its own with a key: a reason that would be read as another status elsewhere.
    OwnLine,
}

impl Beside {
    pub(crate) const ALL: [Self; 3] = [Self::Usual, Self::OnLine, Self::OwnLine];
}

/// Whether the record gives this reason already.
pub(crate) fn states(record: &Record, reason: &str, words: &Words) -> bool {
    let stated = in_front_matter(record).and_then(|entry| entry.value.scalar());
    let text = record.text();
    let lines = lines(record).into_iter().map(|(_, reason)| reason);
    let is_it = |said: &str| said == reason || said == in_table(reason);
    let last = record.statuses.first().and_then(|stated| stated.span);
    let mut remarks = status_history(record, words).last().copied().into_iter().chain(last);
    stated == Some(reason)
        || lines.into_iter().any(is_it)
        || remarks.any(|line| {
            let said = line.of(text);
            let said = said.strip_suffix(line_break(said)).unwrap_or(said).trim_end();
            said.ends_with(&remark(reason)) || said.ends_with(&remark(&in_table(reason)))
        })
}

/// The entry of the front matter that gives a reason.
fn in_front_matter(record: &Record) -> Option<&Entry> {
    record.document.front_matter.as_ref()?.entry(&KEYS)
}

/// The lines of the text that give a reason and nothing else, and what they say.
fn lines(record: &Record) -> Vec<(Span, &str)> {
    let text = record.text();
    let stated = record.statuses.first().filter(|stated| stated.layout == Layout::Section);
    let span = stated.and_then(|stated| stated.span);
    let sections = &record.document.sections;
    let section = span.and_then(|span| sections.iter().find(|one| one.body.contains(span)));
    let mut found = Vec::new();
    for line in record.document.body.lines(text) {
        let line = line.trim(text);
        let said = line.of(text);
        let bare = said.trim_start_matches(['-', '*', '+', '>', '|', '_', ' ']);
        let own = bare.get(..OWN_KEY.len()).filter(|key| key.eq_ignore_ascii_case(OWN_KEY));
        let rest = own.and_then(|own| bare.get(own.len()..));
        let rest =
            rest.filter(|rest| rest.trim_start_matches(['*', '_', ' ']).starts_with([':', '|']));
        let marked = section.filter(|section| section.body.contains(line));
        let marked = marked.and_then(|_| said.strip_prefix(MARK));
        if let Some(reason) = rest.or(marked) {
            let reason = reason.trim_start_matches(['*', '_', ':', '|', ' ']);
            found.push((line, reason.trim_end_matches(['|', ' ', '\\'])));
        }
    }
    found
}

/// The edits with the reason among them; `edits` may hold one that restates the status.
pub(crate) fn add(
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
            .and_then(|model| model.line(record, OWN_KEY, reason))
            .or_else(|| line_below_title(record, &format!("{OWN_KEY}: {reason}")))?;
        edits.push(line);
        return Some(edits);
    }
    match (layout, span) {
        (Some(Layout::FrontMatter) | None, _) if record.document.front_matter.is_some() => {
            let key = key(record, words, reason)?;
            // Of an entry that is there only the value changes.
            if in_front_matter(record).is_some() {
                edits.retain(|edit| edit.span.is_empty() || !edit.span.contains(key.span));
            }
            edits.push(key);
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

/// The edits that take the reason of another status away. That on the line of the status goes when
/// the line is restated.
pub(crate) fn outdated(record: &Record) -> Vec<Edit> {
    let entry = in_front_matter(record).map(|entry| entry.key.span.to(entry.value.span));
    let lines = lines(record).into_iter().map(|(line, _)| line);
    let all = entry.into_iter().chain(lines);
    all.map(|span| Edit::replace(cut(record.text(), span), "")).collect()
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
    edits.insert(0, Edit::insert(at, format!("{eol}{eol}{MARK}{reason}")));
    Some(())
}

/// A remark behind the status, in the place of one that was there.
fn on_line(record: &Record, span: Span, reason: &str, edits: &mut Vec<Edit>) -> Option<()> {
    let restates = |edit: &&mut Edit| !edit.span.is_empty() && span.contains(edit.span);
    if let Some(edit) = edits.iter_mut().find(restates) {
        let end = edit.text.len() - line_break(&edit.text).len();
        edit.text.insert_str(end, &remark(reason));
        return Some(());
    }
    let line = span.of(record.text());
    let line = line.strip_suffix(line_break(line))?;
    let kept = line.split(" - ").next()?.trim_end().len();
    let end = span.start + line.len();
    edits.push(Edit::replace(Span::new(span.start + kept, end), remark(reason)));
    Some(())
}

/// The key below that of the status.
fn key(record: &Record, words: &Words, reason: &str) -> Option<Edit> {
    let text = record.text();
    let front = record.document.front_matter.as_ref()?;
    if let Some(entry) = in_front_matter(record) {
        return set_value(text, entry, reason);
    }
    let new = new_raw_key(record, front, KEYS[0], &yaml_line(reason));
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
    fn a_reason_is_beside_the_status_and_gives_way_to_another_one() {
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
