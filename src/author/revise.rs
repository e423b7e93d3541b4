//! A record that is to say something new about itself: which bytes of it change.
//!
//! Every statement is written in the way in which the record writes its status: as a key, a
//! section, a bullet, a row. What comes out is read again before it is handed on, so that no
//! change is made that does not say what was asked for.

use super::beside;
use super::case::capital;
use super::front_matter;
use super::lines::eol;
use super::status_line::{NewStatus, restated};
use super::target::Target;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Date, DateStatement, Layout, Lifecycle, Record, RelationKind, Stated, Status};
use crate::text::{Edit, Source, Span, apply};
use crate::{Refusal, Result};

/// What a record is to say.
#[derive(Clone, Debug)]
pub(super) struct Revision {
    /// Its status, where that changes.
    pub status: Option<Status>,
    /// What it says about others.
    pub relations: Vec<NewRelation>,
    /// The day of the change.
    pub date: Date,
}

/// A relation that is to be stated.
#[derive(Clone, Debug)]
pub(super) struct NewRelation {
    /// What is claimed.
    pub kind: RelationKind,
    /// The words for it, with a capital: `Superseded by`.
    pub verb: String,
    /// About which record.
    pub target: Target,
}

/// The edits that make `record` say what `revision` asks for; none where it says so already.
///
/// # Errors
///
/// [`Refusal::CannotEdit`] where the record is written in a way that cannot be changed without
/// harm.
pub(super) fn revise(record: &Record, revision: &Revision, words: &Words) -> Result<Vec<Edit>> {
    let wanted: Vec<&NewRelation> =
        revision.relations.iter().filter(|new| !states(record, new)).collect();
    let unchanged = revision.status.as_ref().is_none_or(|status| record.status() == Some(status));
    if unchanged && wanted.is_empty() {
        return Ok(vec![]);
    }
    for way in [Way::AsStatus, Way::BesideStatus, Way::OfItsOwn] {
        let Some(edits) = edits(record, revision, &wanted, words, way) else { continue };
        let after = reread(record, &edits, words);
        let status = revision.status.as_ref().or_else(|| record.status());
        let says = |after: &Record| {
            after.status() == status && wanted.iter().all(|new| states(after, new))
        };
        if after.as_ref().is_some_and(says) {
            return Ok(edits);
        }
    }
    Err(Refusal::CannotEdit { path: record.source.path().to_owned() }.into())
}

/// How relations are stated, the first that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `Superseded by X` as the status itself; all else beside the status.
    AsStatus,
    /// As a statement of its own in the layout of the status.
    BesideStatus,
    /// As a line below the title.
    OfItsOwn,
}

/// The record as it will read.
pub(super) fn reread(record: &Record, edits: &[Edit], words: &Words) -> Option<Record> {
    let text = apply(record.text(), edits).ok()?;
    match recognise(Source::new(record.source.path(), text), &record.file, words) {
        Recognised::Record(after) => Some(after),
        Recognised::Skipped(_) => None,
    }
}

/// Whether `record` states the relation already.
fn states(record: &Record, new: &NewRelation) -> bool {
    if new.kind == RelationKind::Other || !new.target.has_digit() {
        // Words that nobody knows, and links to names without a number, are not always read as a
        // relation: they only have to be there.
        let said = |name: &str, between: &str| {
            record.text().contains(&format!("{}{between}{name}", new.verb))
        };
        let link = new.target.link(record);
        let key = new.verb.to_lowercase().replace(' ', "-");
        let plain = format!("{key}: {}", new.target.plain());
        return said(&link, " ") || said(&link, ": ") || record.text().contains(&plain);
    }
    record.relations.iter().any(|relation| {
        relation.kind == new.kind && new.target.is_meant(record, &relation.reference)
    })
}

fn edits(
    record: &Record,
    revision: &Revision,
    wanted: &[&NewRelation],
    words: &Words,
    way: Way,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let own_key = key_for(record, RelationKind::SupersededBy, words).is_some();
    let inline = |new: &&&NewRelation| {
        new.kind == RelationKind::SupersededBy && way == Way::AsStatus && !own_key
    };
    let superseded = revision.status.as_ref().or_else(|| record.status());
    let superseded = superseded.is_some_and(|status| status.is(Lifecycle::Superseded));
    let successors: Vec<&Target> =
        wanted.iter().filter(inline).filter(|_| superseded).map(|new| &new.target).collect();
    edits.extend(status_edits(record, revision, &successors, words)?);
    for new in wanted.iter().filter(|new| !(superseded && inline(new))) {
        edits.push(match way {
            Way::OfItsOwn => beside::below_title(record, &new.verb, &new.target)?,
            _ => relation_edit(record, new, words)?,
        });
    }
    if revision.status.is_some() && record.format.name == "madr" {
        edits.extend(date_edit(record, revision.date));
    }
    Some(joined(edits))
}

/// Insertions at one place as one edit, in their order, so that none gets lost between others.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    for edit in edits {
        match joined.iter_mut().find(|known| known.span == edit.span && edit.span.is_empty()) {
            Some(known) => known.text.push_str(&edit.text),
            None => joined.push(edit),
        }
    }
    joined
}

/// Every statement of the status, restated; a new one where there is none that can be changed.
fn status_edits(
    record: &Record,
    revision: &Revision,
    successors: &[&Target],
    words: &Words,
) -> Option<Vec<Edit>> {
    let Some(status) = revision.status.as_ref().or_else(|| record.status()) else {
        return Some(vec![]);
    };
    if revision.status.is_none() && successors.is_empty() {
        return Some(vec![]);
    }
    let mut edits = Vec::new();
    for stated in record.statuses.iter().filter(|stated| is_editable(stated.layout)) {
        let same = stated.value == *status;
        let Some(span) = stated.span.filter(|_| !same || !successors.is_empty()) else { continue };
        let new = NewStatus {
            word: &status.word,
            successors: successors
                .iter()
                .map(|target| name(record, target, stated.layout))
                .collect(),
            date: revision.date,
        };
        edits.push(restate(record, stated, span, &new, words)?);
    }
    let settled = record.statuses.first().is_some_and(|first| is_editable(first.layout));
    if !settled {
        let link = |target: &&Target| target.link(record);
        let names: Vec<String> = successors.iter().map(link).collect();
        let new = NewStatus { word: &status.word, successors: names, date: revision.date };
        edits.push(first_statement(record, &new, successors, words)?);
    }
    Some(edits)
}

/// How `target` is named in a statement of this layout.
fn name(record: &Record, target: &Target, layout: Layout) -> String {
    if layout == Layout::FrontMatter { target.plain().to_owned() } else { target.link(record) }
}

/// Whether a statement of this layout is one that people write to state a status.
fn is_editable(layout: Layout) -> bool {
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
    let written = match cut {
        Some(cut) => {
            let head = restated(line.get(..cut)?, None, new, words);
            head + line
                .get(cut..)
                .filter(|_| kept.is_some_and(|kept| kept > cut))
                .unwrap_or_default()
        }
        None => restated(line, kept, new, words),
    };
    if stated.layout != Layout::FrontMatter {
        return Some(Edit::replace(span, written));
    }
    let front = record.document.front_matter.as_ref()?;
    let entry = front.entries.iter().find(|entry| entry.value.span.contains(span))?;
    let already = by.filter(|_| !new.successors.is_empty()).and_then(|_| entry.value.scalar());
    match already {
        Some(value) => {
            front_matter::set(text, entry, &format!("{value}, {}", new.successors.join(", ")))
        }
        None => front_matter::set(text, entry, &written),
    }
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
            Some(entry) => front_matter::set(text, entry, &value),
            None => Some(front_matter::new_key(record, front, "status", &value)),
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
        None => beside::line_below_title(record, &format!("Status: {phrase}")),
    }
}

/// The entry of the front matter that holds relations of this kind.
fn key_for<'r>(
    record: &'r Record,
    kind: RelationKind,
    words: &Words,
) -> Option<&'r crate::syntax::Entry> {
    let front = record.document.front_matter.as_ref()?;
    front.entries.iter().find(|entry| words.relation(&entry.key.value) == Some(kind))
}

fn relation_edit(record: &Record, new: &NewRelation, words: &Words) -> Option<Edit> {
    let text = record.text();
    if let Some(entry) = key_for(record, new.kind, words) {
        return front_matter::add(text, entry, new.target.plain());
    }
    // A list of the same relation grows.
    let listed = [Layout::Table, Layout::Bullet, Layout::Bold, Layout::Line];
    let known = record.relations.iter().rev();
    let known = known.filter(|one| one.kind == new.kind && listed.contains(&one.layout));
    if let Some(relation) = known.into_iter().next() {
        let at = relation.reference.span.end;
        return Some(Edit::insert(at, format!(", {}", new.target.link(record))));
    }
    let Some(status) = record.statuses.first() else {
        return beside::below_title(record, &new.verb, &new.target);
    };
    match status.layout {
        Layout::FrontMatter => {
            let front = record.document.front_matter.as_ref()?;
            let key = new.verb.to_lowercase().replace(' ', "-");
            Some(front_matter::new_key(record, front, &key, new.target.plain()))
        }
        Layout::Section => beside::in_section(record, status, &new.verb, &new.target),
        Layout::Table | Layout::Bullet | Layout::Bold | Layout::Line => {
            beside::like_status(record, status, &new.verb, &new.target)
        }
        _ => beside::below_title(record, &new.verb, &new.target),
    }
}

/// The day of the last change, which is what MADR's date is.
fn date_edit(record: &Record, date: Date) -> Option<Edit> {
    let stated = record.date.as_ref()?;
    let span = stated.span.filter(|_| is_editable(stated.layout))?;
    let DateStatement::Date(old) = stated.value else { return None };
    (old < date).then(|| Edit::replace(span, date.to_string()))
}
