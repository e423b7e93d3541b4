//! What a revision of a record may change and remove beyond the statements that it adds.

use super::removed_words::Removable;
use super::revision::Revision;
use super::{check_box, reason};
use crate::author::guard::AllowedChanges;
use crate::format::{Fact, Words, date_in, effective_text};
use crate::model::{Date, Lifecycle, Record, RelationKind, Stated, Status};
use crate::syntax::NodeKind;
use crate::text::{Edit, Span};

/// Whether the record kept its date, or has the date of the change.
pub(super) fn keeps_date(before: &Record, after: &Record, change_date: Date) -> bool {
    let old_date = before.date.as_ref().map(|date| date.value.date());
    let new_date = after.date.as_ref().map(|date| date.value.date());
    old_date == new_date || new_date == Some(Some(change_date))
}

/// The facts that a revision may change.
pub(crate) fn allowed_changes(
    record: &Record,
    revision: &Revision,
    words: &Words,
) -> AllowedChanges {
    let mut changing = Vec::new();
    // A reason in front matter is a key, and so is a relation in unknown words.
    let mut growing = vec![Fact::Keys];
    let text = record.text();
    let new_status = revision.status().filter(|status| record.status() != Some(status));
    if new_status.is_some() {
        changing.extend([Fact::Status, Fact::Relations]);
        // A new status may need a section.
        growing.push(Fact::Sections);
        for span in record.statuses.iter().filter_map(|stated| stated.span) {
            let line = span.of(text);
            let may_be_badge = line.contains("](") && revision.relations.is_empty();
            changing.extend(may_be_badge.then_some(Fact::Links));
            changing.extend(line.starts_with('`').then_some(Fact::Code));
            let is_dated = date_in(line, Span::new(0, line.len()), words).is_some();
            changing.extend(is_dated.then_some(Fact::Date));
        }
    }
    if updates_date(record, revision) {
        changing.push(Fact::Date);
    }
    if !revision.relations.is_empty() {
        changing.push(Fact::Relations);
        growing.push(Fact::Links);
        // In front matter `status: superseded by ADR-2` is both status and relation.
        changing.push(Fact::Status);
    }
    if new_status.is_some() || revision.reason.is_some() {
        changing.push(Fact::Keys);
    }
    AllowedChanges::changing(changing).and_growing(growing)
}

/// Whether the record's date is the date of its last change, as in MADR, and the revision changes its status.
pub(super) fn updates_date(record: &Record, revision: &Revision) -> bool {
    revision.status.is_some() && record.format.name == "madr"
}

/// What a new status replaces: the words of the old one, its reason, its date, and its statements about successors.
pub(super) fn removable(
    record: &Record,
    revision: &Revision,
    edits: &[Edit],
    words: &Words,
) -> Removable {
    let mut removable = Removable::default();
    let text = record.text();
    let change_date = revision.date.to_string();
    let is_dated = edits.iter().any(|edit| edit.text.contains(&change_date));
    for (stated, span) in record.statuses.iter().filter_map(|one| Some((one, one.span?))) {
        let line = effective_text(span.of(text), words);
        let status_word =
            words.statuses_in(&line).into_iter().next().map(|(span, _)| span.of(&line));
        removable.add_words(status_word.unwrap_or_default());
        removable.add_words(&stated.value.word);
        removable.spans.extend(date_in(text, span, words).filter(|_| is_dated));
        removable.spans.extend(check_box::replaceable_spans(text, span));
        let successor = successor_by_number(stated, &line).map(|one| one.shift(span.start));
        removable.spans.extend(successor);
        let reason_start = span.of(text).find(" - ").map(|dash| span.start + dash);
        removable.spans.extend(reason_start.map(|start| Span::new(start, span.end)));
    }
    let entries = record.document.front_matter.iter().flat_map(|front| &front.entries);
    let empty_entries = entries.filter(|entry| entry.value.kind == NodeKind::Null);
    removable.spans.extend(empty_entries.map(|entry| entry.value.span));
    let superseded = record.relations.iter().filter(|one| one.kind == RelationKind::SupersededBy);
    removable.spans.extend(superseded.flat_map(|one| [one.span, one.reference.span]));
    removable.spans.extend(reason::remove_reason(record).into_iter().map(|edit| edit.span));
    let old_date = record.date.as_ref().filter(|_| updates_date(record, revision));
    removable.spans.extend(old_date.and_then(|date| date.span));
    removable
}

/// The text after a superseded status that names the successor by a number only, so that it is not read as a
/// relation: `by 99`.
fn successor_by_number(stated: &Stated<Status>, line: &str) -> Option<Span> {
    let word_start = line.to_lowercase().find(stated.value.word.as_ref() as &str)?;
    let word_end = word_start + stated.value.word.len();
    let text_after = line.get(word_end..).filter(|_| stated.value.is(Lifecycle::Superseded))?;
    let mut words =
        text_after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let ends_in_number = words.clone().count() <= 2 && words.next_back().is_some_and(is_number);
    ends_in_number.then(|| Span::new(word_end, line.len()))
}
