//! References to records: `12`, `ADR-12`, a file, or words of a title; and the errors of unclear ones.

use std::io;

use unicode_width::UnicodeWidthStr;

use crate::cli::terminal::{Ui, one_line};
use crate::format::{naming, number_of};
use crate::model::{Log, Lookup, Number, Record, RecordId, SkipReason, Skipped};
use crate::text::{Encoding, visible};
use crate::{Error, Refusal, Result};

/// The number of candidates that an error lists at most.
const MAX_CANDIDATES: usize = 12;

/// Returns the record that the words of the command line refer to together.
///
/// # Errors
///
/// As [`find_record`].
pub(crate) fn find_record_by_words(log: &Log, words: &[String]) -> Result<RecordId> {
    find_record(log, &words.join(" "))
}

/// Returns the record that `given` refers to.
///
/// # Errors
///
/// If it refers to none or to several, with the candidates; if it refers to a file that cannot be read
/// or was skipped, with the reason.
pub(crate) fn find_record(log: &Log, given: &str) -> Result<RecordId> {
    let given = given.trim();
    if given.is_empty() {
        let what = "the reference to a record".to_owned();
        return Err(Refusal::BadInput { what, reason: "it is empty".to_owned() }.into());
    }
    match log.find(given) {
        Lookup::One(id) => check_readable(log, id).map(|()| id),
        Lookup::Many(ids) => Err(Error::AmbiguousRecord {
            given: given.to_owned(),
            count: ids.len(),
            candidates: candidate_lines(log, &ids),
            by: distinguishing_field(log, &ids),
        }),
        Lookup::None(nearest_ids) => Err(match skipped_file(log, given) {
            Some(skipped) => Error::Skipped {
                file: skipped.file.clone(),
                reason: skipped.reason.as_str(),
                help: skipped_help(skipped.reason),
            },
            None => Error::NoRecord {
                given: given.to_owned(),
                nearest: match nearest_keyword(given) {
                    Some(keyword) => vec![format!("`{keyword}`")],
                    None => nearest_ids.iter().map(|id| label_and_title(log, *id)).collect(),
                },
            },
        }),
    }
}

/// Returns the keyword nearest to `given`, if that starts with `@` too.
fn nearest_keyword(given: &str) -> Option<&'static str> {
    let distance = |keyword: &&str| strsim::damerau_levenshtein(&given.to_lowercase(), keyword);
    let near_keywords =
        ["@last", "@proposed"].into_iter().filter(|keyword| (1..=3).contains(&distance(keyword)));
    near_keywords.filter(|_| given.starts_with('@')).min_by_key(distance)
}

/// Returns what to do so that a skipped file is read as a record, or what to name instead.
fn skipped_help(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Template | SkipReason::Note => "give it a title, a status and a date",
        SkipReason::Index => "move the decision into a separate file",
        SkipReason::Markup => "write it as Markdown",
        SkipReason::Translation => "name the record that it translates",
        SkipReason::Unreadable => "check its permissions",
        SkipReason::Alias => "name the file that it links to",
        SkipReason::Site => "name the record that the page was built from",
    }
}

/// Fails if the file of the record could not be read, since nothing is known about its content.
fn check_readable(log: &Log, id: RecordId) -> Result<()> {
    let source = &log.record(id).source;
    match source.encoding() {
        Encoding::Unreadable { reason } => {
            let (path, reason) = (source.path().to_owned(), reason.clone());
            Err(Error::Read { path, source: io::Error::other(reason) })
        }
        Encoding::Utf8 | Encoding::Lossy { .. } => Ok(()),
    }
}

/// Reports the records whose text differs from the content of their file, and why.
pub(crate) fn report_faults<'r>(ui: &mut Ui<'_>, records: impl Iterator<Item = &'r Record>) {
    for record in records {
        if let Some(fault) = record.source.fault() {
            ui.note(&format!("`{}` {fault}", record.source.path().display()));
        }
    }
}

/// Reports the folders of the log that cannot be listed; their records are missing.
pub(crate) fn report_unreadable<'s>(ui: &mut Ui<'_>, skipped: impl Iterator<Item = &'s Skipped>) {
    for folder in skipped.filter(|skipped| skipped.reason == SkipReason::Unreadable) {
        ui.note(&visible(&format!("the folder `{}` of the log cannot be read", folder.file)));
    }
}

/// Returns the skipped file of the log that `given` refers to by its path, its name, or its number.
fn skipped_file<'l>(log: &'l Log, given: &str) -> Option<&'l Skipped> {
    let given_name = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let given_number = given_name.rsplit(['-', ' ', '#']).next().and_then(Number::read);
    let matches = |skipped: &&Skipped| {
        let name = naming(&skipped.file).of(&skipped.file);
        let base_name = skipped.file.rsplit('/').next().unwrap_or_default();
        let has_number = given_number.is_some_and(|given_number| {
            number_of(&skipped.file).is_some_and(|number| number.value == given_number.value)
        });
        has_number
            || name.eq_ignore_ascii_case(given_name)
            || base_name.eq_ignore_ascii_case(given_name)
    };
    log.skipped().iter().find(matches)
}

/// Returns how to refer to one of several records. A number that all of them share does not help.
fn distinguishing_field(log: &Log, ids: &[RecordId]) -> &'static str {
    let mut labels = ids.iter().map(|id| log.record(*id).label());
    let first_label = labels.next();
    let is_shared = labels.all(|label| Some(label) == first_label);
    if is_shared { "file name" } else { "number or its file name" }
}

/// Returns the label and the title of a record: `ADR-0012 Use PostgreSQL for orders`.
pub(crate) fn label_and_title(log: &Log, id: RecordId) -> String {
    let record = log.record(id);
    match &record.title {
        Some(title) => format!("{} {}", one_line(&record.label()), one_line(&title.value)),
        None => one_line(&record.label()),
    }
}

/// Returns one line per record, in columns.
fn candidate_lines(log: &Log, ids: &[RecordId]) -> Vec<String> {
    let listed_ids = ids.get(..MAX_CANDIDATES).unwrap_or(ids);
    let rows: Vec<[String; 3]> = listed_ids
        .iter()
        .map(|id| {
            let record = log.record(*id);
            // If two records share a number, only their files distinguish them.
            let same_label =
                ids.iter().filter(|other| log.record(**other).label() == record.label());
            let title = if same_label.count() > 1 { &record.file } else { record.title_or_file() };
            let status = record.status().map(ToString::to_string).unwrap_or_default();
            [one_line(&record.label()), one_line(title), one_line(&status)]
        })
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let (label_width, title_width) = (width(0), width(1));
    let mut lines: Vec<String> = rows
        .iter()
        .map(|[label, title, status]| {
            let label_padding = " ".repeat(label_width - label.width());
            let title_padding = " ".repeat(title_width - title.width());
            let line = format!("{label}{label_padding}  {title}{title_padding}  {status}");
            line.trim_end().to_owned()
        })
        .collect();
    if ids.len() > listed_ids.len() {
        lines.push(format!("… and {} more", ids.len() - listed_ids.len()));
    }
    lines
}
