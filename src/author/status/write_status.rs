//! Writes a status in every place in which the record states it; a first statement if it states none.

use super::check_box;
use super::revision::Revision;
use super::status_line::{NewStatus, TextAfterStatus, restated, without_qualifier};
use super::transition::RequestedStatus;
use crate::author::edits::{
    capitalized, line_below_title, line_ending, line_start, new_key, numbered_item, set_value,
};
use crate::author::naming::RecordLink;
use crate::format::Words;
use crate::model::{Layout, Record, RelationKind, Stated, Status};
use crate::text::{Edit, Span};

/// Restates every statement of the status; adds a new one if none of them can be changed.
pub(super) fn status_edits(
    record: &Record,
    revision: &Revision,
    successors: &[&RecordLink],
    words: &Words,
) -> Option<Vec<Edit>> {
    let current_status = || record.status().cloned().map(RequestedStatus::from);
    let Some(requested) = revision.status.clone().or_else(current_status) else {
        return Some(vec![]);
    };
    let status = &requested.status;
    if revision.status.is_none() && successors.is_empty() {
        return Some(vec![]);
    }
    let new_status = |successors: Vec<String>| NewStatus {
        word: &requested.word,
        by_phrase: &requested.by_phrase,
        successors,
        date: revision.date,
    };
    let mut edits = Vec::new();
    for stated in record.statuses.iter().filter(|stated| is_editable(stated.layout)) {
        let is_same = stated.value == *status;
        let Some(span) = stated.span.filter(|_| !is_same || !successors.is_empty()) else {
            continue;
        };
        let new = new_status(names_in_layout(record, successors, stated.layout));
        let box_edits = match stated.layout {
            Layout::FrontMatter => None,
            _ => check_box::move_tick(record.text(), span, status, &new, words),
        };
        match box_edits {
            Some(box_edits) => edits.extend(box_edits),
            None => edits.push(restate(record, stated, span, &new, words)?),
        }
    }
    let first_is_editable = record.statuses.first().is_some_and(|first| is_editable(first.layout));
    if !first_is_editable {
        let links = successors.iter().map(|target| target.markdown(record)).collect();
        edits.push(first_statement(record, &new_status(links), successors, words)?);
    }
    Some(edits)
}

/// Adds a new status as a paragraph above the old one, which keeps all remarks, such as who decided and when. `None`
/// if the status is not a paragraph.
pub(super) fn status_above(
    record: &Record,
    revision: &Revision,
    successors: &[&RecordLink],
    words: &Words,
) -> Option<Vec<Edit>> {
    let text = record.text();
    let requested = revision.status.as_ref()?;
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
    let old_word = words.statuses_in(line).into_iter().next().map(|(span, _)| span.of(line));
    let new = NewStatus {
        word: &requested.word,
        by_phrase: &requested.by_phrase,
        successors: successors.iter().map(|target| target.markdown(record)).collect(),
        date: revision.date,
    };
    let (phrase, ending) = (new.phrase(old_word.unwrap_or(line)), line_ending(text));
    Some(vec![Edit::insert(body.start, format!("{phrase}{ending}{ending}"))])
}

/// The names of `targets` in a statement of this layout.
fn names_in_layout(record: &Record, targets: &[&RecordLink], layout: Layout) -> Vec<String> {
    let name = |target: &&RecordLink| match layout {
        Layout::FrontMatter => target.plain_name().to_owned(),
        _ => target.markdown(record),
    };
    targets.iter().map(name).collect()
}

/// Whether people write a statement of this layout to state a status.
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

/// The relations that a statement of the status contains, as offsets in it.
struct RelationsInStatement {
    /// The end of the last successor.
    successors_end: Option<usize>,
    /// The start of the first other relation.
    others_start: Option<usize>,
}

impl RelationsInStatement {
    fn of(record: &Record, statement: Span) -> Self {
        let relations = record.relations.iter().map(|one| (one.kind, one.reference.span));
        let is_inside = |span: &Span| statement.start <= span.start && span.start < statement.end;
        let mut inside: Vec<(RelationKind, Span)> =
            relations.filter(|(_, span)| is_inside(span)).collect();
        inside.sort_by_key(|(_, span)| *span);
        let is_successor = |kind: RelationKind| kind == RelationKind::SupersededBy;
        let last_successor = inside.iter().rev().find(|(kind, _)| is_successor(*kind));
        let first_other = inside.iter().find(|(kind, _)| !is_successor(*kind));
        Self {
            successors_end: last_successor.map(|(_, span)| span.end - statement.start),
            others_start: first_other.map(|(_, span)| span.start - statement.start),
        }
    }
}

/// Restates the statement of the status at `span`.
fn restate(
    record: &Record,
    stated: &Stated<Status>,
    span: Span,
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    // One of several numbered items is an entry of a history, which later entries do not change.
    if stated.layout == Layout::Section && is_one_of_several(text, span) {
        return None;
    }
    let relations = RelationsInStatement::of(record, span);
    let is_front_matter = stated.layout == Layout::FrontMatter;
    let more_successors = format!(", {}", new.successors.join(", "));
    if let Some(successors_end) = relations.successors_end
        && !new.successors.is_empty()
        && !is_front_matter
    {
        return Some(Edit::insert(span.start + successors_end, more_successors));
    }
    let old_word = &stated.value.word;
    let statement = restated_statement(span.of(text), old_word, &relations, new, words)?;
    if !is_front_matter {
        return Some(Edit::replace(span, statement));
    }
    let front = record.document.front_matter.as_ref()?;
    let entry = front.entries.iter().find(|entry| entry.value.span.contains(span))?;
    if relations.successors_end.is_some()
        && !new.successors.is_empty()
        && let Some(value) = entry.value.scalar()
    {
        return set_value(text, entry, &format!("{value}{more_successors}"));
    }
    // Struck-out text before the status stays.
    let text_before = Span::new(entry.value.span.start, span.start).of(text);
    let text_before = text_before.trim_start_matches(['"', '\'']);
    let struck_out = if text_before.contains("~~") { text_before } else { "" };
    set_value(text, entry, &format!("{struck_out}{statement}"))
}

/// The statement `line` with the new status instead of `old_word`.
fn restated_statement(
    line: &str,
    old_word: &str,
    relations: &RelationsInStatement,
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<String> {
    let others_start = relations.others_start;
    // If the line names other records too, only the part about successors is replaced.
    if let Some(successors_end) = relations.successors_end {
        let about_successors = line.get(..successors_end)?;
        let new_text = restated(about_successors, None, new, words, TextAfterStatus::RemoveRemarks);
        let others_follow = others_start.is_some_and(|start| start > successors_end);
        let remaining_line = line.get(successors_end..).filter(|_| others_follow);
        return Some(new_text + remaining_line.unwrap_or_default());
    }
    let unqualified = without_qualifier(line, old_word, words);
    let removed_length = |line_after: &str| line.len().saturating_sub(line_after.len());
    let unqualified = unqualified
        .filter(|line_after| others_start.is_none_or(|start| start >= removed_length(line_after)));
    let shift = unqualified.as_deref().map_or(0, removed_length);
    let kept_from = others_start.map(|start| start - shift);
    let line = unqualified.as_deref().unwrap_or(line);
    Some(restated(line, kept_from, new, words, TextAfterStatus::RemoveRemarks))
}

/// Whether the line at `span` is an item of a numbered list with other items next to it.
fn is_one_of_several(text: &str, span: Span) -> bool {
    let lines = span.whole_lines(text);
    let line_above = text.get(..lines.start).and_then(|above| above.lines().next_back());
    let line_below = text.get(lines.end..).and_then(|below| below.trim_start().lines().next());
    let is_item = |line: &str| numbered_item(line).is_some();
    is_item(lines.of(text)) && [line_above, line_below].into_iter().flatten().any(is_item)
}

/// A status for a record that states none, or none that can be changed.
fn first_statement(
    record: &Record,
    new: &NewStatus<'_>,
    successors: &[&RecordLink],
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    if let Some(front) = &record.document.front_matter {
        let plain_names = names_in_layout(record, successors, Layout::FrontMatter);
        let value = NewStatus { successors: plain_names, ..new.clone() }.phrase("");
        let entry = front.entries.iter().find(|entry| words.is_status_key(&entry.key.value));
        return match entry {
            Some(entry) => set_value(text, entry, &value),
            None => Some(new_key(record, front, "status", &value)),
        };
    }
    let phrase = capitalized(&new.phrase(""));
    let ending = line_ending(text);
    let sections = &record.document.sections;
    if let Some(section) = sections.iter().find(|section| words.is_status_key(&section.title)) {
        let body = section.body.trim(text);
        if body.is_empty() {
            let paragraph = format!("{ending}{phrase}{ending}");
            return Some(Edit::insert(section.heading.end, paragraph));
        }
        return Some(Edit::insert(body.start, format!("{phrase}{ending}{ending}")));
    }
    let title_span = record.title.as_ref().and_then(|title| title.span);
    let first_section = sections.iter().find(|section| Some(section.title_span) != title_span);
    match first_section {
        Some(section) => {
            let marks = "#".repeat(usize::from(section.level.max(2)));
            let status_section = format!("{marks} Status{ending}{ending}{phrase}{ending}{ending}");
            Some(Edit::insert(section.heading.start, status_section))
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
    fn a_first_status_is_written_as_the_format_does() {
        check("# A\n\n## Context\n\nx\n", "# A\n\n## Status\n\nRejected\n\n## Context\n\nx\n");
        check("---\ntags: [a]\n---\n\n# A\n", "---\ntags: [a]\nstatus: rejected\n---\n\n# A\n");
        check("# A\n\nSo be it.\n", "# A\n\nStatus: Rejected\n\nSo be it.\n");
    }
}
