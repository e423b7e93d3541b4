//! A record that is not in a log yet, with its relations to others.

use std::path::PathBuf;

use super::content::Content;
use super::heading_style::with_usual_heading;
use crate::author::edits::line_ending;
use crate::author::fields::{
    FieldEditor, clean_value, escaped, is_same_value, unreadable_value, values_of,
};
use crate::author::naming::RecordLink;
use crate::author::relations::{RelationClaim, RelationEnd, Revisions};
use crate::author::status::{NewRelation, Revision, revise};
use crate::format::{Field, Recognised, Words, recognise, shown_name};
use crate::model::{Date, Log, Record, RecordId, RelationKind};
use crate::syntax::plain;
use crate::text::{Change, Source, apply};
use crate::{Refusal, Result};

/// The text of a new record.
#[derive(Debug)]
pub struct RecordDraft {
    path: PathBuf,
    /// Relative to the log.
    file: String,
    text: String,
    date: Date,
    relations: Vec<NewRelation>,
}

impl RecordDraft {
    /// A file to create at `path`, which is `file` of its log.
    pub(super) fn new(path: PathBuf, file: String, text: String, date: Date) -> Self {
        Self { path, file, text, date, relations: vec![] }
    }

    /// Adds the tags and people of `content` that the text does not state.
    ///
    /// # Errors
    ///
    /// If one of them would not be read as written: `no` cannot be a name in a list.
    pub(super) fn with_fields(self, content: &Content, words: &Words) -> Result<Self> {
        let fields = [
            (Field::Tags, &content.tags),
            (Field::Deciders, &content.deciders),
            (Field::Consulted, &content.consulted),
            (Field::Informed, &content.informed),
        ];
        if fields.iter().all(|(_, values)| values.is_empty()) {
            return Ok(self);
        }
        let empty_log = Log::default();
        let editor = FieldEditor { log: &empty_log, words };
        let mut record = self.record(words)?;
        for (field, values) in fields {
            for value in values {
                clean_value(field, value)?;
            }
            for value in missing_values(&values_of(&record, field), values) {
                let refusal = unreadable_value(field, &value, "the record".to_owned());
                let longer = editor.with_value(&record, field, &value).map_err(|_| refusal)?;
                record = longer.unwrap_or(record);
            }
        }
        Ok(Self { text: record.text().to_owned(), ..self })
    }

    /// Returns the draft if its title is read as it was given.
    ///
    /// # Errors
    ///
    /// If a part of the title is read as something else, such as `Title:` at its start.
    pub(super) fn with_title(self, title: &str, words: &Words) -> Result<Self> {
        let recognised = recognise(Source::new(&self.path, self.text.as_str()), &self.file, words);
        let read_title = match recognised {
            Recognised::Record(record) => record.title.map(|title| title.value),
            Recognised::Skipped(_) => None,
        };
        let shown_title = plain(&escaped(title));
        match read_title.filter(|read| !read.contains(title) && !read.contains(&shown_title)) {
            None => Ok(self),
            Some(read_title) => Err(Refusal::NoPlace {
                what: format!("the title `{title}`"),
                into: "the record".to_owned(),
                instead: format!("use other words: these are read as `{read_title}`"),
            }
            .into()),
        }
    }

    /// Gives the draft a heading in the style of the newest records of `log` with the same format, if they share one.
    ///
    /// # Errors
    ///
    /// If the new record cannot be read.
    pub fn with_heading_style_of(self, log: &Log, words: &Words) -> Result<Self> {
        let text = with_usual_heading(&self.record(words)?, log, words);
        Ok(Self { text: text.unwrap_or(self.text), ..self })
    }

    /// Gives the draft the line endings that most records of `log` have.
    #[must_use]
    pub fn with_line_ends_of(self, log: &Log) -> Self {
        let has_crlf = |record: &&Record| line_ending(record.text()) == "\r\n";
        let record_count = log.records().len();
        let crlf_count = log.records().iter().filter(has_crlf).count();
        if crlf_count * 2 == record_count {
            return self;
        }
        let usual_ending = if crlf_count * 2 > record_count { "\r\n" } else { "\n" };
        Self { text: self.text.replace("\r\n", "\n").replace('\n', usual_ending), ..self }
    }

    /// Adds `claim` about the record `to` of `log` to the draft. Returns the link to the draft, for the claim of the
    /// other record.
    ///
    /// # Errors
    ///
    /// If the new record cannot be read, so that nothing can be stated about it.
    pub fn claim(
        &mut self,
        log: &Log,
        claim: &RelationClaim,
        to: RecordId,
        words: &Words,
    ) -> Result<RecordLink> {
        let draft_link = RecordLink::of_new_record(&self.record(words)?);
        let (kind, verb) = (claim.kind, claim.verb.clone());
        let new_relation = NewRelation { kind, verb, target: RecordLink::of(log, to) };
        if !self.relations.contains(&new_relation) {
            self.relations.push(new_relation);
        }
        Ok(draft_link)
    }

    /// Supersedes `old` by the new record, and sets the status of `old`.
    ///
    /// # Errors
    ///
    /// As [`claim`](Self::claim).
    pub fn supersede(
        &mut self,
        log: &Log,
        old: RecordId,
        revisions: &mut Revisions,
        words: &Words,
    ) -> Result<()> {
        let supersedes = RelationClaim::of(RelationKind::Supersedes);
        let superseded_by = RelationClaim::of(RelationKind::SupersededBy);
        let draft_link = self.claim(log, &supersedes, old, words)?;
        let old_end = RelationEnd { record: old, claim: &superseded_by };
        revisions.claim(log, old_end, &draft_link);
        Ok(())
    }

    /// Returns the change that creates the file, with all relations.
    ///
    /// # Errors
    ///
    /// If the relations cannot be written into a record of this template.
    pub fn into_change(self, words: &Words) -> Result<Change> {
        if self.relations.is_empty() {
            return Ok(Change::Create { path: self.path, text: self.text });
        }
        let record = self.record(words)?;
        let revision =
            Revision { status: None, relations: self.relations, reason: None, date: self.date };
        let edits = revise(&record, &revision, words)?;
        let text = apply(&self.text, &edits)
            .map_err(|_| Refusal::CannotEdit { path: self.path.clone() })?;
        Ok(Change::Create { path: self.path, text })
    }

    fn record(&self, words: &Words) -> Result<Record> {
        match recognise(Source::new(&self.path, self.text.as_str()), &self.file, words) {
            Recognised::Record(record) => Ok(record),
            Recognised::Skipped(_) => Err(Refusal::CannotEdit { path: self.path.clone() }.into()),
        }
    }
}

/// The `requested` values that are not among the `stated` ones.
fn missing_values(stated: &[String], requested: &[String]) -> Vec<String> {
    let is_stated = |value: &str| {
        stated
            .iter()
            .any(|known| is_same_value(known, value) || is_same_value(known, &shown_name(value)))
    };
    requested.iter().filter(|one| !is_stated(one)).map(|one| one.trim().to_owned()).collect()
}
