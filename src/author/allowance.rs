//! What a revision of a record may change and remove besides what it is for.

use super::guard::Scope;
use super::kept::Replaced;
use super::revise::Revision;
use super::{reason, tick};
use crate::format::{Fact, Words, date_in, effective_text};
use crate::model::{Date, Lifecycle, Record, RelationKind, Stated, Status};
use crate::syntax::NodeKind;
use crate::text::{Edit, Span};

/// Whether the record has the date that it had, or that of the change.
pub(super) fn keeps_date(before: &Record, after: &Record, change: Date) -> bool {
    let kept = before.date.as_ref().map(|date| date.value.date());
    let read = after.date.as_ref().map(|date| date.value.date());
    kept == read || read == Some(Some(change))
}

/// What may change.
pub(super) fn scope(record: &Record, revision: &Revision, words: &Words) -> Scope {
    let mut changes = Vec::new();
    let mut grows = Vec::new();
    let text = record.text();
    let new_status = revision.status().filter(|status| record.status() != Some(status));
    if new_status.is_some() {
        changes.extend([Fact::Status, Fact::Relations]);
        // A new status may be a section of its own.
        grows.push(Fact::Sections);
        for span in record.statuses.iter().filter_map(|stated| stated.span) {
            let line = span.of(text);
            let badge = line.contains("](") && revision.relations.is_empty();
            changes.extend(badge.then_some(Fact::Links));
            changes.extend(line.starts_with('`').then_some(Fact::Code));
            let is_dated = date_in(line, Span::new(0, line.len()), words).is_some();
            changes.extend(is_dated.then_some(Fact::Date));
        }
    }
    // Which is the date of the last update there.
    changes
        .extend((revision.status.is_some() && record.format.name == "madr").then_some(Fact::Date));
    if !revision.relations.is_empty() {
        changes.push(Fact::Relations);
        grows.push(Fact::Links);
        // In front matter `status: superseded by ADR-2` is status and relation.
        changes.push(Fact::Status);
    }
    // The reason in front matter is a key, and so is a relation in words that are not known.
    changes.extend((new_status.is_some() || revision.reason.is_some()).then_some(Fact::Keys));
    grows.push(Fact::Keys);
    Scope::changing(changes).growing(grows)
}

/// What gives way to a new status: the words of the old one, its reason, its date, and what it says about
/// successors.
pub(super) fn replaced(
    record: &Record,
    revision: &Revision,
    edits: &[Edit],
    words: &Words,
) -> Replaced {
    let mut replaced = Replaced::default();
    let text = record.text();
    let date = revision.date.to_string();
    let is_dated = edits.iter().any(|edit| edit.text.contains(&date));
    for (stated, span) in record.statuses.iter().filter_map(|one| Some((one, one.span?))) {
        let line = effective_text(span.of(text), words);
        let named = words.statuses_in(&line).into_iter().next().map(|(span, _)| span.of(&line));
        replaced.add_words(named.unwrap_or_default());
        replaced.add_words(&stated.value.word);
        replaced.spans.extend(date_in(text, span, words).filter(|_| is_dated));
        replaced.spans.extend(tick::waiting(text, span));
        replaced.spans.extend(successor_by_number(stated, &line).map(|one| one.shift(span.start)));
        let reason = span.of(text).find(" - ").map(|at| Span::new(span.start + at, span.end));
        replaced.spans.extend(reason);
    }
    let entries = record.document.front_matter.iter().flat_map(|front| &front.entries);
    let waiting = entries.filter(|entry| entry.value.kind == NodeKind::Null);
    replaced.spans.extend(waiting.map(|entry| entry.value.span));
    let superseded = record.relations.iter().filter(|one| one.kind == RelationKind::SupersededBy);
    replaced.spans.extend(superseded.flat_map(|one| [one.span, one.reference.span]));
    replaced.spans.extend(reason::outdated(record).into_iter().map(|edit| edit.span));
    let is_updated = revision.status.is_some() && record.format.name == "madr";
    let updated = record.date.as_ref().filter(|_| is_updated).and_then(|date| date.span);
    replaced.spans.extend(updated);
    replaced
}

/// What a superseded status says of its successor, in a line that is read as no relation as only a number names it:
/// `by 99`.
fn successor_by_number(stated: &Stated<Status>, line: &str) -> Option<Span> {
    let start = line.to_lowercase().find(stated.value.word.as_ref() as &str)?;
    let start = start + stated.value.word.len();
    let said = line.get(start..).filter(|_| stated.value.is(Lifecycle::Superseded))?;
    let mut words = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = words.clone().count() <= 2 && words.next_back().is_some_and(is_number);
    is_short.then(|| Span::new(start, line.len()))
}
