//! A text that is a record already, taken into the log: it keeps its form and its bytes, but for its
//! number and what somebody asked to be different.

use super::content::NewRecord;
use super::draft::Draft;
use crate::author::edits::eol;
use crate::author::fields::{Amending, Amendment, amended, tidy};
use crate::author::guard::reread;
use crate::author::naming::{Scheme, slug};
use crate::author::rename::{NUMBER_KEYS, Renumbering, renumber};
use crate::author::status::{Revision, is_editable, revise};
use crate::format::{Recognised, Words, recognise};
use crate::model::{Log, Record, Status};
use crate::syntax::parse;
use crate::text::{Change, Edit, Source, apply, below, with_line_feeds};
use crate::{Refusal, Result};

/// Whether `text` is a record and not only what stands in one: it has front matter, a title or a
/// status of its own.
pub fn is_record(text: &str, words: &Words) -> bool {
    let Some(record) = read(text, 0, words) else { return false };
    record.document.front_matter.is_some()
        || has_title(&record)
        || record.statuses.iter().any(|stated| is_editable(stated.layout))
}

/// Whether the first heading is a title, and not that of a section.
fn has_title(record: &Record) -> bool {
    let first = record.document.sections.first().zip(record.roles.first());
    let heading = first.is_some_and(|(section, role)| section.level == 1 && role.is_none());
    let key = record.document.front_matter.as_ref().and_then(|front| front.entry(&["title"]));
    record.title.is_some() && (heading || key.is_some())
}

/// The record that `text` is, in a file that is named by nothing but a number.
fn read(text: &str, number: u32, words: &Words) -> Option<Record> {
    let file = format!("{number:04}-new.md");
    match recognise(Source::new(&file, text), &file, words) {
        Recognised::Record(record) => Some(record),
        Recognised::Skipped(_) => None,
    }
}

/// The record that `text` is, as a new one of the log. `usual` is a record from the template: its
/// heading is taken where the text has none.
pub(crate) fn adopt(
    new: &NewRecord<'_>,
    (text, usual): (&str, &str),
    scheme: &Scheme,
    words: &Words,
) -> Result<Adopted> {
    let unread = || Refusal::BadInput {
        what: "the text".to_owned(),
        reason: "it does not read as a decision".to_owned(),
    };
    let text = whole(text);
    let mut record = read(&text, 0, words).ok_or_else(unread)?;
    if !has_title(&record) {
        let text = apply(&text, &[heading(&record, usual)]).map_err(|_| unread())?;
        record = read(&text, 0, words).ok_or_else(unread)?;
    }
    let title = tidy(new.title);
    let log = Log::default();
    if !title.is_empty() {
        let amendment = Amendment { title: Some(title), ..Amendment::default() };
        record = amended(&log, &record, &amendment, words)?.unwrap_or(record);
    }
    if scheme.is_numbered() {
        record = numbered(&record, new.number, words)?;
    }
    let amending = Amending { log: &log, words };
    let stated = record.date();
    if new.asked.date || stated.is_none() && record.date.is_some() {
        record = amending.dated(&record, new.date)?.unwrap_or(record);
    }
    if new.asked.status || record.status().is_none() {
        let known = words.status(new.status).cloned();
        let status = known.unwrap_or_else(|| Status::own(new.status.to_owned(), None));
        let date = record.date().unwrap_or(new.date);
        let (status, relations, reason) = (Some(status.into()), vec![], None);
        let edits = revise(&record, &Revision { status, relations, reason, date }, words)?;
        record = reread(&record, &edits, words).ok_or_else(unread)?;
    }
    let slug = slug(record.title_or_file());
    let date = record.date().unwrap_or(new.date);
    let file = scheme.file_name(new.number, date, &slug);
    Ok(Adopted { file, text: record.text().to_owned() })
}

/// A record that was taken in.
pub(crate) struct Adopted {
    /// Relative to the log.
    pub file: String,
    pub text: String,
}

impl Adopted {
    pub(crate) fn into_draft(self, folder: &std::path::Path, new: &NewRecord<'_>) -> Draft {
        Draft::new(below(folder, &self.file), self.file, self.text, new.date)
    }
}

/// `text` without a mark of its encoding and lines that say nothing before it, and with an end to its
/// last line.
fn whole(text: &str) -> String {
    let read = with_line_feeds(text);
    let text = read.as_deref().unwrap_or(text);
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']);
    let end = if text.ends_with('\n') { "" } else { eol(text) };
    format!("{text}{end}")
}

/// The heading of `usual`, for a record that has none.
fn heading(record: &Record, usual: &str) -> Edit {
    let (text, eol) = (record.text(), eol(record.text()));
    let document = parse(usual);
    let heading = document.sections.first().map(|section| section.heading.of(usual).trim_end());
    let at = record.document.body.start;
    let gap = if record.document.front_matter.is_some() { eol } else { "" };
    let below = text.get(at..).unwrap_or_default();
    let apart = if below.starts_with(['\r', '\n']) { "" } else { eol };
    Edit::insert(at, format!("{gap}{}{eol}{apart}", heading.unwrap_or_default()))
}

/// The record with another number, wherever it states one.
fn numbered(record: &Record, number: u32, words: &Words) -> Result<Record> {
    let heading = record.heading_number.as_ref().map(|number| number.value.value);
    let front = record.document.front_matter.as_ref();
    let key = front.and_then(|front| front.entry(&NUMBER_KEYS));
    let key = key.and_then(|entry| {
        let digits = entry.value.scalar()?.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse().ok()
    });
    // Under the number that it states, all that means it can be told.
    let old = heading.or(key).unwrap_or(number);
    let record = read(record.text(), old, words);
    let log = Log::new(record.into_iter().collect(), vec![]);
    let plan = |id| Renumbering { id, number, followers: std::sync::Arc::default() };
    let plan: Vec<Renumbering> = log.iter().map(|(id, _)| plan(id)).collect();
    let changes = renumber(&log, &plan, &[], words)?;
    let refused = || Refusal::BadInput {
        what: "the text".to_owned(),
        reason: "its number cannot be told from the rest".to_owned(),
    };
    let record = log.records().first().ok_or_else(refused)?;
    let edits = changes.iter().find_map(|change| match change {
        Change::Edit { edits, .. } | Change::Move { edits, .. } => Some(edits.as_slice()),
        _ => None,
    });
    reread(record, edits.unwrap_or_default(), words).ok_or_else(|| refused().into())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_record;
    use crate::author::{Asked, Content, NewRecord, Scheme, TEMPLATES, Template, create};
    use crate::format::Words;
    use crate::model::Date;
    use crate::text::Change;

    fn words() -> Words {
        Words::new(std::iter::empty())
    }

    #[track_caller]
    fn check(title: &str, asked: Asked, body: &str, expected: (&str, &str)) {
        let content = Content { body: Some(body.to_owned()), ..Content::default() };
        let date = Date::day(2026, 3, 9).unwrap();
        let new =
            NewRecord { title, number: 12, date, status: "proposed", asked, content: &content };
        let template = Template { name: "nygard", text: TEMPLATES[0].text };
        let draft = create(&new, Path::new(""), &Scheme::default(), &template, &words()).unwrap();
        match draft.into_change(&words()).unwrap() {
            Change::Create { path, text } => {
                assert_eq!((path.to_str().unwrap(), text.as_str()), expected);
            }
            other => panic!("{other:?}"),
        }
    }

    const NOTHING: Asked = Asked { status: false, date: false };
    const ALL: Asked = Asked { status: true, date: true };

    #[test]
    fn a_record_is_told_from_what_stands_in_one() {
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
    fn a_number_becomes_the_one_of_the_log() {
        let body = "# ADR-0007: Use Rust\n\n## Status\n\nAccepted\n\nADR-0007 amends ADR-0003.\n";
        let expected = body.replace("ADR-0007", "ADR-0012");
        check("", NOTHING, body, ("0012-use-rust.md", &expected));
        let body = "# 7. Use Rust\n\n## Status\n\nAccepted\n";
        check("", NOTHING, body, ("0012-use-rust.md", "# 12. Use Rust\n\n## Status\n\nAccepted\n"));
    }

    #[test]
    fn what_is_lacking_is_added() {
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
