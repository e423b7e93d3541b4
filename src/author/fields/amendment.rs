//! Changes several fields of a record at once: its title and with it its file, its tags and people, its review
//! date. Returns one change per file.

use super::field_values::{FieldEditor, allowed_changes, clean_value};
use super::title::{escaped, retitle_edits, single_line};
use crate::author::guard::{AllowedChanges, Guard};
use crate::author::naming::{Renaming, check_name_is_text, slug};
use crate::author::rename::RecordRename;
use crate::format::{Field, Words, naming, slug_in};
use crate::model::{Date, Layout, Log, Record, RecordId};
use crate::syntax::plain;
use crate::text::{Change, Edit, Source, Span};
use crate::{Refusal, Result};

/// The new values of a record's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// The new title.
    pub title: Option<String>,
    /// Whether to rename the file after the title, and to update the links in all texts.
    pub rename: bool,
    /// Tags to add.
    pub add_tags: Vec<String>,
    /// Tags to remove.
    pub remove_tags: Vec<String>,
    /// Decision makers to add.
    pub add_deciders: Vec<String>,
    /// Decision makers to remove.
    pub remove_deciders: Vec<String>,
    /// The new review date.
    pub review_by: Option<Date>,
    /// Whether to remove the review date; not together with `review_by`.
    pub remove_review_by: bool,
}

/// Returns the changes to `log` and to the texts `others` that apply `amendment` to a record, in log order; none if
/// the record has these values already.
///
/// # Errors
///
/// If the title is blank, or a record is written in a way that cannot be changed safely.
pub fn amend(
    log: &Log,
    id: RecordId,
    amendment: &Amendment,
    others: &[Source],
    words: &Words,
) -> Result<Vec<Change>> {
    let before = log.record(id);
    let amended_record = amended(log, before, amendment, words)?;
    let after = amended_record.as_ref().unwrap_or(before);
    let edits_to = |new_text: &str| {
        let edit = Edit::between(before.text(), new_text);
        if edit.span.is_empty() && edit.text.is_empty() { vec![] } else { vec![edit] }
    };
    let renaming = renaming(before, after, amendment);
    if renaming.is_some() {
        check_name_is_text(before)?;
    }
    let allowed = amendment_changes(amendment);
    let is_retitled = before.title_or_file() != after.title_or_file();
    if renaming.is_none() && !(amendment.rename && is_retitled) {
        let guard = Guard { words, allowed: &allowed };
        return Ok(guard.change(before, edits_to(after.text()))?.into_iter().collect());
    }
    let record_rename = RecordRename {
        log,
        id,
        renaming: renaming.as_ref(),
        before,
        after,
        words,
        allowed: &allowed,
    };
    let mut changes = Vec::new();
    for (other_id, other) in log.iter() {
        if other_id == id {
            changes.extend(record_rename.in_renamed_record(&edits_to)?);
        } else {
            changes.extend(record_rename.in_other_record(other_id, other)?);
        }
    }
    changes.extend(others.iter().filter_map(|source| record_rename.in_other_text(source)));
    // A folder is moved after all files in it have been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    Ok(changes)
}

/// Returns the changes that set the date of a record; none if it has that date.
///
/// # Errors
///
/// If the record is written in a way that cannot be changed safely.
pub fn set_date(log: &Log, id: RecordId, date: Date, words: &Words) -> Result<Vec<Change>> {
    let record = log.record(id);
    let dated_record = FieldEditor { log, words }.with_date(record, date)?;
    let Some(after) = dated_record else { return Ok(vec![]) };
    let guard = Guard { words, allowed: &allowed_changes(Field::Date) };
    let edits = vec![Edit::between(record.text(), after.text())];
    Ok(guard.change(record, edits)?.into_iter().collect())
}

/// The changes that the fields of an amendment allow.
fn amendment_changes(amendment: &Amendment) -> AllowedChanges {
    let has_tags = !amendment.add_tags.is_empty() || !amendment.remove_tags.is_empty();
    let has_deciders = !amendment.add_deciders.is_empty() || !amendment.remove_deciders.is_empty();
    let fields = [
        (Field::Title, amendment.title.is_some()),
        (Field::Tags, has_tags),
        (Field::Deciders, has_deciders),
        (Field::Review, amendment.review_by.is_some() || amendment.remove_review_by),
    ];
    let requested_fields = fields.into_iter().filter(|(_, is_requested)| *is_requested);
    requested_fields.fold(AllowedChanges::default(), |allowed, (field, _)| {
        allowed.union(&allowed_changes(field))
    })
}

/// Returns the record with its new fields; `None` if nothing changes.
pub(crate) fn amended(
    log: &Log,
    record: &Record,
    amendment: &Amendment,
    words: &Words,
) -> Result<Option<Record>> {
    let editor = FieldEditor { log, words };
    let mut latest: Option<Record> = None;
    if let Some(title) = &amendment.title {
        latest = with_title(record, title, words)?;
    }
    let list_fields = [
        (Field::Tags, &amendment.add_tags, &amendment.remove_tags),
        (Field::Deciders, &amendment.add_deciders, &amendment.remove_deciders),
    ];
    for (field, added_values, removed_values) in list_fields {
        for value in removed_values {
            let value = clean_value(field, value)?;
            let shorter = editor.without_value(latest.as_ref().unwrap_or(record), field, &value)?;
            latest = shorter.or(latest);
        }
        for value in added_values {
            let value = clean_value(field, value)?;
            let longer = editor.with_value(latest.as_ref().unwrap_or(record), field, &value)?;
            latest = longer.or(latest);
        }
    }
    if amendment.remove_review_by {
        let unscheduled = editor.without_review_date(latest.as_ref().unwrap_or(record))?;
        latest = unscheduled.or(latest);
    }
    if let Some(date) = amendment.review_by {
        let scheduled = editor.with_review_date(latest.as_ref().unwrap_or(record), date)?;
        latest = scheduled.or(latest);
    }
    Ok(latest)
}

/// Returns the record with a new title; `None` if it has that title already.
fn with_title(record: &Record, title: &str, words: &Words) -> Result<Option<Record>> {
    let title = single_line(title);
    if !title.contains(char::is_alphanumeric) {
        return Err(Refusal::BlankTitle.into());
    }
    let shown_title = plain(&escaped(&title));
    if record.title.as_ref().is_some_and(|old| old.value == shown_title || old.value == title) {
        return Ok(None);
    }
    if let Some(refusal) = multi_line_title(record) {
        return Err(refusal.into());
    }
    let cannot_edit = || Refusal::CannotEdit { path: record.source.path().to_owned() };
    let has_new_title = |after: &Record| {
        let read_title = after.title.as_ref().map(|title| title.value.as_str());
        read_title == Some(shown_title.as_str()) || read_title == Some(title.as_str())
    };
    let edits = retitle_edits(record, &title).ok_or_else(cannot_edit)?;
    let guard = Guard { words, allowed: &allowed_changes(Field::Title) };
    let after = guard.check(record, &edits)?;
    if has_new_title(&after) { Ok(Some(after)) } else { Err(cannot_edit().into()) }
}

/// The refusal for a title of several lines. An underlined heading includes all lines of the paragraph, which its
/// author may not have intended.
fn multi_line_title(record: &Record) -> Option<Refusal> {
    let title = record.title.as_ref().filter(|title| title.layout == Layout::Title)?;
    let span = title.span?.trim(record.text());
    let line = |offset| record.source.line_column(offset).line;
    let (path, first, last) = (record.source.path().to_owned(), line(span.start), line(span.end));
    (first < last).then_some(Refusal::TitleOfLines { path, first, last })
}

/// The new name of the file, if one is requested and it differs.
fn renaming(before: &Record, after: &Record, amendment: &Amendment) -> Option<Renaming> {
    let title = after.title.as_ref().filter(|_| amendment.rename)?;
    let slug_span = slug_in(&before.file)?;
    let old_slug = slug_span.of(&before.file);
    let mut new_slug = slug(&title.value);
    if old_slug.contains('_') && !old_slug.contains('-') {
        new_slug = new_slug.replace('-', "_");
    }
    let name_span = naming(&before.file);
    let prefix = Span::new(name_span.start, slug_span.start).of(&before.file);
    let suffix = Span::new(slug_span.end, name_span.end).of(&before.file);
    let is_unchanged = new_slug.is_empty() || old_slug == new_slug;
    (!is_unchanged).then(|| Renaming::new(before, &format!("{prefix}{new_slug}{suffix}")))
}
