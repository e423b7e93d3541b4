//! Adds a text that is a record already to the log. It keeps its form and its bytes, except for its number and the
//! fields that were requested.

use std::path::Path;
use std::sync::Arc;

use super::content::NewRecord;
use super::draft::RecordDraft;
use crate::author::edits::line_ending;
use crate::author::fields::{Amendment, FieldEditor, amended, insert_heading, single_line};
use crate::author::guard::reread;
use crate::author::naming::{Scheme, slug};
use crate::author::rename::{NUMBER_KEYS, Renumbering, renumber};
use crate::author::status::{Revision, is_editable, revise};
use crate::format::{Recognised, Words, recognise};
use crate::model::{Log, Record, Status};
use crate::syntax::parse;
use crate::text::{Change, Source, apply, path_in, with_line_feeds};
use crate::{Refusal, Result};

/// Whether `text` is a whole record and not only the content of one: it has front matter, a title or a status.
pub fn is_record(text: &str, words: &Words) -> bool {
    let Some(record) = read_record(text, 0, words) else { return false };
    record.document.front_matter.is_some()
        || has_title(&record)
        || record.statuses.iter().any(|stated| is_editable(stated.layout))
}

/// Whether the first heading is a title, and not the heading of a section.
fn has_title(record: &Record) -> bool {
    let first_heading = record.document.sections.first().zip(record.roles.first());
    let has_heading =
        first_heading.is_some_and(|(section, role)| section.level == 1 && role.is_none());
    let front = record.document.front_matter.as_ref();
    let has_key = front.is_some_and(|front| front.entry(&["title"]).is_some());
    record.title.is_some() && (has_heading || has_key)
}

/// Reads `text` as a record in a file with this number in its name.
fn read_record(text: &str, number: u32, words: &Words) -> Option<Record> {
    let file = format!("{number:04}-new.md");
    match recognise(Source::new(&file, text), &file, words) {
        Recognised::Record(record) => Some(record),
        Recognised::Skipped(_) => None,
    }
}

fn bad_text(reason: &str) -> Refusal {
    Refusal::BadInput { what: "the text".to_owned(), reason: reason.to_owned() }
}

/// Returns the record in `text` as a new record of the log. If the text has no heading, it gets the one of
/// `template_text`, a record that was made from the template.
pub(super) fn adopt(
    new: &NewRecord<'_>,
    text: &str,
    template_text: &str,
    scheme: &Scheme,
    words: &Words,
) -> Result<AdoptedRecord> {
    let unreadable = || bad_text("it is not a decision record");
    let text = normalised(text);
    let mut record = read_record(&text, 0, words).ok_or_else(unreadable)?;
    if !has_title(&record) {
        let template_document = parse(template_text);
        let heading = template_document.sections.first();
        let heading = heading.map(|section| section.heading.of(template_text).trim_end());
        let edit = insert_heading(&record, heading.unwrap_or_default());
        let text = apply(&text, &[edit]).map_err(|_| unreadable())?;
        record = read_record(&text, 0, words).ok_or_else(unreadable)?;
    }
    let title = single_line(new.title);
    let empty_log = Log::default();
    if !title.is_empty() {
        let amendment = Amendment { title: Some(title), ..Amendment::default() };
        record = amended(&empty_log, &record, &amendment, words)?.unwrap_or(record);
    }
    if scheme.is_numbered() {
        record = with_number(&record, new.number, words)?;
    }
    let editor = FieldEditor { log: &empty_log, words };
    let has_placeholder_date = record.date().is_none() && record.date.is_some();
    if new.requested.date || has_placeholder_date {
        record = editor.with_date(&record, new.date)?.unwrap_or(record);
    }
    if new.requested.status || record.status().is_none() {
        let known_status = words.status(new.status).cloned();
        let status = known_status.unwrap_or_else(|| Status::own(new.status.to_owned(), None));
        let date = record.date().unwrap_or(new.date);
        let (status, relations, reason) = (Some(status.into()), vec![], None);
        let edits = revise(&record, &Revision { status, relations, reason, date }, words)?;
        record = reread(&record, &edits, words).ok_or_else(unreadable)?;
    }
    let slug = slug(record.title_or_file());
    let date = record.date().unwrap_or(new.date);
    let file = scheme.file_name(new.number, date, &slug);
    Ok(AdoptedRecord { file, text: record.text().to_owned() })
}

/// A record that was added from a text.
pub(super) struct AdoptedRecord {
    /// Relative to the log.
    pub file: String,
    pub text: String,
}

impl AdoptedRecord {
    pub(super) fn into_draft(self, folder: &Path, new: &NewRecord<'_>) -> RecordDraft {
        RecordDraft::new(path_in(folder, &self.file), self.file, self.text, new.date)
    }
}

/// `text` without a byte order mark and blank lines at the start, and with a line ending at the end.
fn normalised(text: &str) -> String {
    let with_line_feeds = with_line_feeds(text);
    let text = with_line_feeds.as_deref().unwrap_or(text);
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']);
    let ending = if text.ends_with('\n') { "" } else { line_ending(text) };
    format!("{text}{ending}")
}

/// Returns the record with another number, wherever it states one.
fn with_number(record: &Record, number: u32, words: &Words) -> Result<Record> {
    let heading_number = record.heading_number.as_ref().map(|number| number.value.value);
    let front = record.document.front_matter.as_ref();
    let entry = front.and_then(|front| front.entry(&NUMBER_KEYS));
    let front_matter_number = entry.and_then(|entry| {
        let digits = entry.value.scalar()?.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse().ok()
    });
    // In a log with only this record and its old number, all mentions of that number are known.
    let old_number = heading_number.or(front_matter_number).unwrap_or(number);
    let old_record = read_record(record.text(), old_number, words);
    let log = Log::new(old_record.into_iter().collect(), vec![]);
    let renumbering = |id| Renumbering { id, number, followers: Arc::default() };
    let renumberings: Vec<Renumbering> = log.iter().map(|(id, _)| renumbering(id)).collect();
    let changes = renumber(&log, &renumberings, &[], words)?;
    let cannot_locate = || bad_text("its number cannot be located");
    let record = log.records().first().ok_or_else(cannot_locate)?;
    let edits = changes.iter().find_map(|change| match change {
        Change::Edit { edits, .. } | Change::Move { edits, .. } => Some(edits.as_slice()),
        _ => None,
    });
    reread(record, edits.unwrap_or_default(), words).ok_or_else(|| cannot_locate().into())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_record;
    use crate::author::{Content, NewRecord, RequestedFields, Scheme, TEMPLATES, Template, create};
    use crate::format::Words;
    use crate::model::Date;
    use crate::text::Change;

    fn words() -> Words {
        Words::new(std::iter::empty())
    }

    #[track_caller]
    fn check(title: &str, requested: RequestedFields, body: &str, expected: (&str, &str)) {
        let content = Content { body: Some(body.to_owned()), ..Content::default() };
        let date = Date::day(2026, 3, 9).unwrap();
        let new =
            NewRecord { title, number: 12, date, status: "proposed", requested, content: &content };
        let template = Template { name: "nygard", text: TEMPLATES[0].text };
        let draft = create(&new, Path::new(""), &Scheme::default(), &template, &words()).unwrap();
        match draft.into_change(&words()).unwrap() {
            Change::Create { path, text } => {
                assert_eq!((path.to_str().unwrap(), text.as_str()), expected);
            }
            other => panic!("{other:?}"),
        }
    }

    const NOTHING: RequestedFields = RequestedFields { status: false, date: false };
    const ALL: RequestedFields = RequestedFields { status: true, date: true };

    #[test]
    fn whole_records_are_recognised() {
        for text in ["# Use Rust\n", "---\ntags: [a]\n---\n\nBecause.\n", "## Status\n\nAccepted\n"]
        {
            assert!(is_record(text, &words()), "{text}");
        }
        for text in ["Because.\n", "## Context\n\nx\n", "# Context\n\nx\n\n# Decision\n\ny\n", ""] {
            assert!(!is_record(text, &words()), "{text}");
        }
    }

    #[test]
    fn a_record_keeps_its_form_and_its_bytes() {
        let body = "---\r\nstatus: accepted # by all\r\ndate: 2020-01-02\r\n---\r\n\r\n# Use Rust\r\n\r\nBecause.";
        check("", NOTHING, body, ("0012-use-rust.md", &format!("{body}\r\n")));
        let asked = body.replace("accepted", "proposed").replace("2020-01-02", "2026-03-09");
        let asked = asked.replace("Use Rust", "Use Go");
        check("Use Go", ALL, body, ("0012-use-go.md", &format!("{asked}\r\n")));
    }

    #[test]
    fn the_number_is_replaced_by_the_next_one() {
        let body = "# ADR-0007: Use Rust\n\n## Status\n\nAccepted\n\nADR-0007 amends ADR-0003.\n";
        let expected = body.replace("ADR-0007", "ADR-0012");
        check("", NOTHING, body, ("0012-use-rust.md", &expected));
        let body = "# 7. Use Rust\n\n## Status\n\nAccepted\n";
        check("", NOTHING, body, ("0012-use-rust.md", "# 12. Use Rust\n\n## Status\n\nAccepted\n"));
    }

    #[test]
    fn missing_fields_are_added() {
        let body = "## Status\n\nAccepted\n\n## Context\n\nx\n";
        check(
            "Use Rust",
            NOTHING,
            body,
            ("0012-use-rust.md", &format!("# 12. Use Rust\n\n{body}")),
        );
        let body = "---\ntags: [a]\ndate: YYYY-MM-DD\n---\n\nBecause.\n";
        let expected = "---\ntags: [a]\ndate: 2026-03-09\nstatus: proposed\n---\n\n# 12. Use Rust\n\nBecause.\n";
        check("Use Rust", NOTHING, body, ("0012-use-rust.md", expected));
        let body = "# Use Rust\n\n## Status\n\nAccepted\n";
        let dated = "# Use Rust\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n";
        check("", ALL, body, ("0012-use-rust.md", dated));
    }
}
