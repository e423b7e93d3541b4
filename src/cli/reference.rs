//! What a person means by `12`, `ADR-12`, a file or words of a title; and what to say where that is
//! not clear.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::ui::Ui;
use crate::format::{naming, number_of};
use crate::model::{Log, Lookup, Number, Record, RecordId, SkipReason, Skipped};
use crate::text::{Encoding, visible};
use crate::{Error, Refusal, Result};

/// How many candidates an error names.
const MAX_CANDIDATES: usize = 12;

/// The record that `given` means.
///
/// # Errors
///
/// Where it means none, or more than one; with those that may be meant. Where it means a file that
/// cannot be read, or one that was skipped; with the reason.
pub(super) fn find(log: &Log, given: &str) -> Result<RecordId> {
    let given = given.trim();
    if given.is_empty() {
        let (what, reason) = ("the name of a record".to_owned(), "it is blank".to_owned());
        return Err(Refusal::BadInput { what, reason }.into());
    }
    match log.find(given) {
        Lookup::One(id) => readable(log, id),
        Lookup::Many(ids) => Err(Error::AmbiguousRecord {
            given: given.to_owned(),
            count: ids.len(),
            candidates: lines(log, &ids),
            by: told_apart_by(log, &ids),
        }),
        Lookup::None(ids) => Err(match skipped(log, given) {
            Some(one) => Error::Skipped {
                file: one.file.clone(),
                reason: one.reason.as_str(),
                help: mended(one.reason),
            },
            None => Error::NoRecord {
                given: given.to_owned(),
                nearest: match keyword(given) {
                    Some(keyword) => vec![format!("`{keyword}`")],
                    None => ids.iter().map(|id| called(log, *id)).collect(),
                },
            },
        }),
    }
}

/// The word with an `@` that is nearest to `given`, where that begins with one.
fn keyword(given: &str) -> Option<&'static str> {
    let far = |keyword: &&str| strsim::damerau_levenshtein(&given.to_lowercase(), keyword);
    let near = ["@last", "@proposed"].into_iter().filter(|one| (1..=3).contains(&far(one)));
    near.filter(|_| given.starts_with('@')).min_by_key(far)
}

/// What makes a record of a file that was skipped.
fn mended(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Template | SkipReason::Note => {
            "give it a title, a status and a date of its own"
        }
        SkipReason::Index => "move the decision into a file of its own",
        SkipReason::Markup => "write it as Markdown",
        SkipReason::Translation => "name the record that it is a translation of",
        SkipReason::Unreadable => "check who may read it",
        SkipReason::Alias => "name the file that it leads to",
        SkipReason::Site => "name the record that its page was made from",
    }
}

/// The record, if its file could be read: nothing is known of any other.
fn readable(log: &Log, id: RecordId) -> Result<RecordId> {
    let source = &log.record(id).source;
    match source.encoding() {
        Encoding::Unreadable { reason } => {
            let (path, reason) = (source.path().to_owned(), reason.clone());
            Err(Error::Read { path, source: io::Error::other(reason) })
        }
        Encoding::Utf8 | Encoding::Lossy { .. } => Ok(id),
    }
}

/// Says of each record whose text is not what its file holds why that is so.
pub(super) fn report_faults<'r>(ui: &mut Ui<'_>, records: impl Iterator<Item = &'r Record>) {
    for record in records {
        if let Some(fault) = record.source.fault() {
            ui.note(&format!("`{}` {fault}", record.source.path().display()));
        }
    }
}

/// Names the folders of the log that could not be listed: what they hold is missing.
pub(super) fn report_unreadable<'s>(ui: &mut Ui<'_>, skipped: impl Iterator<Item = &'s Skipped>) {
    for folder in skipped.filter(|one| one.reason == SkipReason::Unreadable) {
        ui.note(&visible(&format!("the folder `{}` of the log cannot be read", folder.file)));
    }
}

/// The file of the log that `given` names and that is no record: by its path, its name, or the number
/// in it.
fn skipped<'l>(log: &'l Log, given: &str) -> Option<&'l Skipped> {
    let given = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let number = given.rsplit(['-', ' ', '#']).next().and_then(Number::read);
    let named = |one: &&Skipped| {
        let name = naming(&one.file).of(&one.file);
        let base = one.file.rsplit('/').next().unwrap_or_default();
        let same = number.is_some_and(|number| {
            number_of(&one.file).is_some_and(|own| own.value == number.value)
        });
        same || name.eq_ignore_ascii_case(given) || base.eq_ignore_ascii_case(given)
    };
    log.skipped().iter().find(named)
}

/// A number that all of them share tells none of them.
fn told_apart_by(log: &Log, ids: &[RecordId]) -> &'static str {
    let mut labels = ids.iter().map(|id| log.record(*id).label());
    let first = labels.next();
    let is_shared = labels.all(|label| Some(label) == first);
    if is_shared { "file name" } else { "number or its file name" }
}

/// The words of the command line as one reference.
pub(super) fn find_words(log: &Log, words: &[String]) -> Result<RecordId> {
    find(log, &words.join(" "))
}

/// `ADR-0012 Use PostgreSQL for orders`.
pub(super) fn called(log: &Log, id: RecordId) -> String {
    let record = log.record(id);
    match &record.title {
        Some(title) => format!("{} {}", one_line(&record.label()), one_line(&title.value)),
        None => one_line(&record.label()),
    }
}

/// `text` without line breaks and other control characters.
pub(super) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// One line for each record, in columns.
fn lines(log: &Log, ids: &[RecordId]) -> Vec<String> {
    let shown = ids.get(..MAX_CANDIDATES).unwrap_or(ids);
    let rows: Vec<[String; 3]> = shown
        .iter()
        .map(|id| {
            let record = log.record(*id);
            // Where two records share a number, only the file tells them apart.
            let shared = ids.iter().filter(|other| log.record(**other).label() == record.label());
            let title = if shared.count() > 1 { &record.file } else { record.title_or_file() };
            let status = record.status().map(ToString::to_string).unwrap_or_default();
            [one_line(&record.label()), one_line(title), one_line(&status)]
        })
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let mut lines: Vec<String> = rows
        .iter()
        .map(|[label, title, status]| {
            let title_gap = " ".repeat(first - label.width());
            let status_gap = " ".repeat(second - title.width());
            format!("{label}{title_gap}  {title}{status_gap}  {status}").trim_end().to_owned()
        })
        .collect();
    if ids.len() > shown.len() {
        lines.push(format!("… and {} more", ids.len() - shown.len()));
    }
    lines
}
