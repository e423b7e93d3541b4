//! A record that is to be changed as a whole: its title and with it its file, its tags and people,
//! the day of its review. One change for each file, whatever is asked for.

use super::field_values::{Amending, field_scope, named};
use super::title::{escaped, retitled, tidy};
use crate::author::guard::{Guard, Scope};
use crate::author::naming::{Renaming, nameable, slug};
use crate::author::rename::Follow;
use crate::format::{Field, Words, slug_in};
use crate::model::{Date, Layout, Log, Record, RecordId};
use crate::syntax::plain;
use crate::text::{Change, Edit, Source, Span};
use crate::{Refusal, Result};

/// What is to be different about a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// What is decided, in new words.
    pub title: Option<String>,
    /// Whether the name of the file follows the title, and the links of all texts that name.
    pub rename: bool,
    /// Tags that come.
    pub add_tags: Vec<String>,
    /// Tags that go.
    pub remove_tags: Vec<String>,
    /// People who come to those who decided.
    pub add_deciders: Vec<String>,
    /// People who go from them.
    pub remove_deciders: Vec<String>,
    /// When to look at it again.
    pub review_by: Option<Date>,
    /// Whether it need not be looked at again; not together with `review_by`.
    pub remove_review_by: bool,
}

/// The changes to `log` and to the texts `others` that make the record say what `amendment` asks
/// for, in log order; none where it says so already.
///
/// # Errors
///
/// Where the title is blank, or a record is written in a way that cannot be changed without harm.
pub fn amend(
    log: &Log,
    id: RecordId,
    amendment: &Amendment,
    others: &[Source],
    words: &Words,
) -> Result<Vec<Change>> {
    let before = log.record(id);
    let amended = amended(log, before, amendment, words)?;
    let after = amended.as_ref().unwrap_or(before);
    let edited = |text: &str| {
        let edit = Edit::between(before.text(), text);
        if edit.span.is_empty() && edit.text.is_empty() { vec![] } else { vec![edit] }
    };
    let renaming = renaming(before, after, amendment);
    if renaming.is_some() {
        nameable(before)?;
    }
    let is_retitled = before.title_or_file() != after.title_or_file();
    if renaming.is_none() && !(amendment.rename && is_retitled) {
        let guard = Guard { words, scope: &scope(amendment) };
        return Ok(guard.change(before, edited(after.text()))?.into_iter().collect());
    }
    let scope = scope(amendment);
    let follow =
        Follow { log, id, renaming: renaming.as_ref(), before, after, words, scope: &scope };
    let mut changes = Vec::new();
    for (other, record) in log.iter() {
        if other == id {
            changes.extend(follow.own(&edited)?);
        } else {
            changes.extend(follow.in_record(other, record)?);
        }
    }
    changes.extend(others.iter().filter_map(|source| follow.in_source(source)));
    // A folder moves when all that lies in it has been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    Ok(changes)
}

/// The changes that let the record state that it was taken on `day`; none where it does.
///
/// # Errors
///
/// Where the record is written in a way that cannot be changed without harm.
pub fn date(log: &Log, id: RecordId, day: Date, words: &Words) -> Result<Vec<Change>> {
    let record = log.record(id);
    let dated = Amending { log, words }.dated(record, day)?;
    let Some(after) = dated else { return Ok(vec![]) };
    let guard = Guard { words, scope: &field_scope(Field::Date) };
    let edits = vec![Edit::between(record.text(), after.text())];
    Ok(guard.change(record, edits)?.into_iter().collect())
}

/// What may change with all that is asked for.
fn scope(amendment: &Amendment) -> Scope {
    let tags = [&amendment.add_tags, &amendment.remove_tags];
    let deciders = [&amendment.add_deciders, &amendment.remove_deciders];
    let asked = |lists: [&Vec<String>; 2]| lists.iter().any(|list| !list.is_empty());
    let review = amendment.review_by.is_some() || amendment.remove_review_by;
    let fields = [
        (Field::Title, amendment.title.is_some()),
        (Field::Tags, asked(tags)),
        (Field::Deciders, asked(deciders)),
        (Field::Review, review),
    ];
    let fields = fields.into_iter().filter(|(_, is_asked)| *is_asked);
    fields.fold(Scope::default(), |scope, (field, _)| scope.with(&field_scope(field)))
}

/// The record with its new fields; `None` where nothing changes.
pub(crate) fn amended(
    log: &Log,
    record: &Record,
    amendment: &Amendment,
    words: &Words,
) -> Result<Option<Record>> {
    let amending = Amending { log, words };
    let mut now: Option<Record> = None;
    if let Some(title) = &amendment.title {
        now = titled(record, title, words)?;
    }
    let fields = [
        (Field::Tags, &amendment.add_tags, &amendment.remove_tags),
        (Field::Deciders, &amendment.add_deciders, &amendment.remove_deciders),
    ];
    for (field, come, go) in fields {
        for value in go {
            let value = named(field, value)?;
            let next = amending.without(now.as_ref().unwrap_or(record), field, &value)?;
            now = next.or(now);
        }
        for value in come {
            let value = named(field, value)?;
            let next = amending.with(now.as_ref().unwrap_or(record), field, &value)?;
            now = next.or(now);
        }
    }
    if amendment.remove_review_by {
        let next = amending.not_reviewed(now.as_ref().unwrap_or(record))?;
        now = next.or(now);
    }
    if let Some(day) = amendment.review_by {
        let next = amending.reviewed_by(now.as_ref().unwrap_or(record), day)?;
        now = next.or(now);
    }
    Ok(now)
}

/// The record with another title; `None` where it has that one.
fn titled(record: &Record, title: &str, words: &Words) -> Result<Option<Record>> {
    let title = tidy(title);
    if !title.contains(char::is_alphanumeric) {
        return Err(Refusal::BlankTitle.into());
    }
    let shown = plain(&escaped(&title));
    if record.title.as_ref().is_some_and(|old| old.value == shown || old.value == title) {
        return Ok(None);
    }
    if let Some(lines) = title_of_lines(record) {
        return Err(lines.into());
    }
    let reads = |after: &Record| {
        let new = after.title.as_ref().map(|title| title.value.as_str());
        new == Some(shown.as_str()) || new == Some(title.as_str())
    };
    let edits = retitled(record, &title).ok_or_else(|| refused(record))?;
    let after = Guard { words, scope: &field_scope(Field::Title) }.check(record, &edits)?;
    if reads(&after) { Ok(Some(after)) } else { Err(refused(record)) }
}

/// Why the title cannot be replaced: a heading that is underlined takes in all lines of the paragraph, and
/// not every author knows that.
fn title_of_lines(record: &Record) -> Option<Refusal> {
    let title = record.title.as_ref().filter(|title| title.layout == Layout::Title)?;
    let span = title.span?.trim(record.text());
    let line = |at| record.source.line_column(at).line;
    let (path, first, last) = (record.source.path().to_owned(), line(span.start), line(span.end));
    (first < last).then_some(Refusal::TitleOfLines { path, first, last })
}

/// The new name of the file, where one is asked for and it differs.
fn renaming(before: &Record, after: &Record, amendment: &Amendment) -> Option<Renaming> {
    let title = after.title.as_ref().filter(|_| amendment.rename)?;
    let old = slug_in(&before.file)?;
    let mut new = slug(&title.value);
    let words = old.of(&before.file);
    if words.contains('_') && !words.contains('-') {
        new = new.replace('-', "_");
    }
    let naming = crate::format::naming(&before.file);
    let kept = Span::new(naming.start, old.start).of(&before.file);
    let rest = Span::new(old.end, naming.end).of(&before.file);
    let same = new.is_empty() || words == new;
    (!same).then(|| Renaming::new(before, &format!("{kept}{new}{rest}")))
}

fn refused(record: &Record) -> crate::Error {
    Refusal::CannotEdit { path: record.source.path().to_owned() }.into()
}
