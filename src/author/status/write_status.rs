//! The status of a record, restated in every place where the record states it; a first statement
//! where it states none.

use super::check_box;
use super::revision::Revision;
use super::status_line::{NewStatus, Remark, restated, without_lead};
use super::transition::RequestedStatus;
use crate::author::edits::{
    capital, eol, line_below_title, line_start, new_key, numbered_item, set_value,
};
use crate::author::naming::Target;
use crate::format::Words;
use crate::model::{Layout, Record, RelationKind, Stated, Status};
use crate::text::{Edit, Span};

/// Every statement of the status, restated; a new one where there is none that can be changed.
pub(crate) fn status_edits(
    record: &Record,
    revision: &Revision,
    successors: &[&Target],
    words: &Words,
) -> Option<Vec<Edit>> {
    let current = || record.status().cloned().map(RequestedStatus::from);
    let Some(requested) = revision.status.clone().or_else(current) else {
        return Some(vec![]);
    };
    let (status, word) = (&requested.status, requested.word.as_str());
    if revision.status.is_none() && successors.is_empty() {
        return Some(vec![]);
    }
    let mut edits = Vec::new();
    for stated in record.statuses.iter().filter(|stated| is_editable(stated.layout)) {
        let same = stated.value == *status;
        let Some(span) = stated.span.filter(|_| !same || !successors.is_empty()) else { continue };
        let new = NewStatus {
            word,
            by: &requested.by,
            successors: successors
                .iter()
                .map(|target| name(record, target, stated.layout))
                .collect(),
            date: revision.date,
        };
        let ticked = match stated.layout {
            Layout::FrontMatter => None,
            _ => check_box::moved(record.text(), span, status, &new, words),
        };
        match ticked {
            Some(moved) => edits.extend(moved),
            None => edits.push(restate(record, stated, span, &new, words)?),
        }
    }
    let settled = record.statuses.first().is_some_and(|first| is_editable(first.layout));
    if !settled {
        let link = |target: &&Target| target.link(record);
        let names: Vec<String> = successors.iter().map(link).collect();
        let new = NewStatus { word, by: &requested.by, successors: names, date: revision.date };
        edits.push(first_statement(record, &new, successors, words)?);
    }
    Some(edits)
}

/// A new status in a paragraph of its own above the old one, which keeps all that is said of it, such as who
/// decided so and when. `None` where the status is not a paragraph.
pub(crate) fn above(
    record: &Record,
    revision: &Revision,
    successors: &[&Target],
    words: &Words,
) -> Option<Vec<Edit>> {
    let text = record.text();
    let status = revision.status.as_ref()?;
    let [stated] = record.statuses.as_slice() else { return None };
    let span = stated.span.filter(|_| stated.layout == Layout::Section)?;
    let sections = &record.document.sections;
    let section = sections.iter().find(|section| section.body.contains(span))?;
    let body = section.body.trim(text);
    let is_paragraph = body.of(text).starts_with(char::is_alphabetic);
    if line_start(text, body.start) != line_start(text, span.start) || !is_paragraph {
        return None;
    }
    let line = span.of(text);
    let named = words.statuses_in(line).into_iter().next().map(|(span, _)| span.of(line));
    let new = NewStatus {
        word: &status.word,
        by: &status.by,
        successors: successors.iter().map(|target| target.link(record)).collect(),
        date: revision.date,
    };
    let (phrase, eol) = (new.phrase(named.unwrap_or(line)), eol(text));
    Some(vec![Edit::insert(body.start, format!("{phrase}{eol}{eol}"))])
}

/// How `target` is named in a statement of this layout.
fn name(record: &Record, target: &Target, layout: Layout) -> String {
    if layout == Layout::FrontMatter { target.plain().to_owned() } else { target.link(record) }
}

/// Whether a statement of this layout is one that people write to state a status.
pub(crate) fn is_editable(layout: Layout) -> bool {
    matches!(
        layout,
        Layout::FrontMatter
            | Layout::Section
            | Layout::Table
            | Layout::Bullet
            | Layout::Bold
            | Layout::Line
    )
}

fn restate(
    record: &Record,
    stated: &Stated<Status>,
    span: Span,
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    // One of several numbered items is an entry of a history, which no later one changes.
    if stated.layout == Layout::Section && is_one_of_several(text, span) {
        return None;
    }
    let inside = |span: &Span, at: &Span| span.start <= at.start && at.start < span.end;
    let mut related: Vec<(RelationKind, Span)> = record
        .relations
        .iter()
        .map(|relation| (relation.kind, relation.reference.span))
        .filter(|(_, at)| inside(&span, at))
        .collect();
    related.sort_by_key(|(_, at)| *at);
    let by = related.iter().rev().find(|(kind, _)| *kind == RelationKind::SupersededBy);
    let grows = !new.successors.is_empty() && stated.layout != Layout::FrontMatter;
    if let Some((_, last)) = by.filter(|_| grows) {
        return Some(Edit::insert(last.end, format!(", {}", new.successors.join(", "))));
    }
    let line = span.of(text);
    // Of a line that names other records, only what is said about successors goes.
    let cut = by.map(|(_, last)| last.end - span.start);
    let others = related.iter().find(|(kind, _)| *kind != RelationKind::SupersededBy);
    let kept = others.map(|(_, at)| at.start - span.start);
    let written = if let Some(cut) = cut {
        let head = restated(line.get(..cut)?, None, new, words, Remark::Stays);
        let tail = line.get(cut..).filter(|_| kept.is_some_and(|kept| kept > cut));
        head + tail.unwrap_or_default()
    } else {
        let bare = without_lead(line, &stated.value.word, words);
        let gone = |bare: &String| line.len().saturating_sub(bare.len());
        let bare = bare.filter(|bare| kept.is_none_or(|kept| kept >= gone(bare)));
        let kept = kept.map(|kept| kept - bare.as_ref().map_or(0, gone));
        restated(bare.as_deref().unwrap_or(line), kept, new, words, Remark::Stays)
    };
    if stated.layout != Layout::FrontMatter {
        return Some(Edit::replace(span, written));
    }
    let front = record.document.front_matter.as_ref()?;
    let entry = front.entries.iter().find(|entry| entry.value.span.contains(span))?;
    // What is struck out before the word stays there.
    let before = Span::new(entry.value.span.start, span.start).of(text);
    let struck = before.trim_start_matches(['"', '\'']);
    let struck = if struck.contains("~~") { struck } else { "" };
    let already = by.filter(|_| !new.successors.is_empty()).and_then(|_| entry.value.scalar());
    match already {
        Some(value) => set_value(text, entry, &format!("{value}, {}", new.successors.join(", "))),
        None => set_value(text, entry, &format!("{struck}{written}")),
    }
}

/// Whether the line at `span` is an item of a numbered list with other items next to it.
fn is_one_of_several(text: &str, span: Span) -> bool {
    let lines = span.whole_lines(text);
    let above = text.get(..lines.start).and_then(|above| above.lines().next_back());
    let below = text.get(lines.end..).and_then(|below| below.trim_start().lines().next());
    let is_item = |line: &str| numbered_item(line).is_some();
    is_item(lines.of(text)) && [above, below].into_iter().flatten().any(is_item)
}

/// A status for a record that states none, or none that can be changed.
fn first_statement(
    record: &Record,
    new: &NewStatus<'_>,
    successors: &[&Target],
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    if let Some(front) = &record.document.front_matter {
        let names = successors.iter().map(|target| target.plain().to_owned()).collect();
        let value = NewStatus { successors: names, ..new.clone() }.phrase("");
        let entry = front.entries.iter().find(|entry| words.is_status_key(&entry.key.value));
        return match entry {
            Some(entry) => set_value(text, entry, &value),
            None => Some(new_key(record, front, "status", &value)),
        };
    }
    let phrase = capital(&new.phrase(""));
    let eol = eol(text);
    let sections = &record.document.sections;
    if let Some(section) = sections.iter().find(|section| words.is_status_key(&section.title)) {
        let body = section.body.trim(text);
        if body.is_empty() {
            let at = section.heading.end;
            return Some(Edit::insert(at, format!("{eol}{phrase}{eol}")));
        }
        return Some(Edit::insert(body.start, format!("{phrase}{eol}{eol}")));
    }
    let title = record.title.as_ref().and_then(|title| title.span);
    let next = sections.iter().find(|section| Some(section.title_span) != title);
    match next {
        Some(section) => {
            let marks = "#".repeat(usize::from(section.level.max(2)));
            let stated = format!("{marks} Status{eol}{eol}{phrase}{eol}{eol}");
            Some(Edit::insert(section.heading.start, stated))
        }
        None => line_below_title(record, &format!("Status: {phrase}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::author::testing::{after, log, words};
    use crate::author::{Revisions, Rules};
    use crate::model::{Date, Lifecycle};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = words();
        let rules =
            Rules { words: &words, transitions: None, date: Date::day(2026, 3, 1).unwrap() };
        let log = log(&[("0001-a.md", text)]);
        let (id, _) = log.iter().next().unwrap();
        let mut revisions = Revisions::default();
        revisions.status(&log, id, &Lifecycle::Rejected.into(), &rules).unwrap();
        let changes = revisions.changes(&log, &rules).unwrap();
        assert_eq!(after(&log, "0001-a.md", &changes), expected);
    }

    #[test]
    fn every_statement_of_the_status_is_restated() {
        check(
            "---\nstatus: 'proposed' # for now\n---\n\n# A\n\n## Status\n\nProposed\n\n## Context\n\nx\n",
            "---\nstatus: 'rejected' # for now\n---\n\n# A\n\n## Status\n\nRejected\n\n## Context\n\nx\n",
        );
        check(
            "# A\n\n| Status | Proposed |\n|---|---|\n",
            "# A\n\n| Status | Rejected |\n|---|---|\n",
        );
    }

    #[test]
    fn a_first_status_goes_where_the_form_has_it() {
        check("# A\n\n## Context\n\nx\n", "# A\n\n## Status\n\nRejected\n\n## Context\n\nx\n");
        check("---\ntags: [a]\n---\n\n# A\n", "---\ntags: [a]\nstatus: rejected\n---\n\n# A\n");
        check("# A\n\nSo be it.\n", "# A\n\nStatus: Rejected\n\nSo be it.\n");
    }
}
