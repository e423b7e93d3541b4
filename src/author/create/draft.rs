//! A record that is in no log yet, with what it is to say about others.

use std::path::PathBuf;

use super::content::Content;
use super::heading_style::like_the_newest;
use crate::author::edits::eol;
use crate::author::fields::{Amending, escaped, is_same, named, names, unreadable};
use crate::author::naming::Target;
use crate::author::relations::{Claim, Revisions};
use crate::author::status::{NewRelation, Revision, revise};
use crate::format::{Field, Recognised, Words, recognise, shown_name};
use crate::model::{Date, Log, Record, RecordId, RelationKind};
use crate::syntax::plain;
use crate::text::{Change, Source, apply};
use crate::{Refusal, Result};

/// The text of a new record.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    /// Relative to the log.
    file: String,
    text: String,
    date: Date,
    relations: Vec<NewRelation>,
}

impl Draft {
    /// A file that is to be made at `path`, which is `file` of its log.
    pub(crate) fn new(path: PathBuf, file: String, text: String, date: Date) -> Self {
        Self { path, file, text, date, relations: vec![] }
    }

    /// The draft with those of the tags and people that its text lacks.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be written so that it is read again: no list of names can hold `no`.
    pub(crate) fn with_fields(self, content: &Content, words: &Words) -> Result<Self> {
        let fields = [
            (Field::Tags, &content.tags),
            (Field::Deciders, &content.deciders),
            (Field::Consulted, &content.consulted),
            (Field::Informed, &content.informed),
        ];
        if fields.iter().all(|(_, wanted)| wanted.is_empty()) {
            return Ok(self);
        }
        let log = Log::default();
        let amending = Amending { log: &log, words };
        let mut record = self.record(words)?;
        for (field, wanted) in fields {
            for value in wanted {
                named(field, value)?;
            }
            for value in lacking(&names(&record, field), wanted) {
                let refused = unreadable(field, &value, "the record".to_owned());
                let with = amending.with(&record, field, &value).map_err(|_| refused)?;
                record = with.unwrap_or(record);
            }
        }
        Ok(Self { text: record.text().to_owned(), ..self })
    }

    /// The draft, if its title reads as it was given.
    ///
    /// # Errors
    ///
    /// Where a part of it is read as something else, as `Title:` before it is.
    pub(crate) fn with_title(self, title: &str, words: &Words) -> Result<Self> {
        let read = match recognise(Source::new(&self.path, self.text.as_str()), &self.file, words) {
            Recognised::Record(record) => record.title.map(|title| title.value),
            Recognised::Skipped(_) => None,
        };
        let shown = plain(&escaped(title));
        match read.filter(|read| !read.contains(title) && !read.contains(&shown)) {
            None => Ok(self),
            Some(read) => Err(Refusal::NoPlace {
                what: format!("the title `{title}`"),
                into: "the record".to_owned(),
                instead: format!("choose other words: these read as `{read}`"),
            }
            .into()),
        }
    }

    /// The draft with a heading like those of the newest records of `log` that are written like it, where
    /// these have one in common.
    ///
    /// # Errors
    ///
    /// Where the new record cannot be read.
    pub fn headed_like(self, log: &Log, words: &Words) -> Result<Self> {
        let text = like_the_newest(&self.record(words)?, log, words);
        Ok(Self { text: text.unwrap_or(self.text), ..self })
    }

    /// The draft with the line ends that most records of `log` have.
    #[must_use]
    pub fn with_line_ends_of(self, log: &Log) -> Self {
        let all = log.records().len();
        let with_crlf = log.records().iter().filter(|record| eol(record.text()) == "\r\n").count();
        if with_crlf * 2 == all {
            return self;
        }
        let end = if with_crlf * 2 > all { "\r\n" } else { "\n" };
        Self { text: self.text.replace("\r\n", "\n").replace('\n', end), ..self }
    }

    /// Lets the new record say `claim` about the record `to` of `log`, and `to` say `reverse` about it.
    ///
    /// # Errors
    ///
    /// Where the new record cannot be read, so that nothing can be said about it.
    pub fn relate(
        &mut self,
        (log, to): (&Log, RecordId),
        (claim, reverse): (&Claim, &Claim),
        revisions: &mut Revisions,
        words: &Words,
    ) -> Result<()> {
        let target = Target::alone(&self.record(words)?);
        let new =
            NewRelation { kind: claim.kind, verb: claim.verb.clone(), target: Target::of(log, to) };
        // Asking twice is asking once.
        if !self.relations.contains(&new) {
            self.relations.push(new);
        }
        revisions.claim(log, to, reverse, (None, &target));
        Ok(())
    }

    /// Lets the new record take the place of `old`, which also becomes superseded.
    ///
    /// # Errors
    ///
    /// As [`relate`](Self::relate).
    pub fn supersede(
        &mut self,
        log: &Log,
        old: RecordId,
        revisions: &mut Revisions,
        words: &Words,
    ) -> Result<()> {
        let claim = Claim::of(RelationKind::Supersedes);
        let reverse = Claim::of(RelationKind::SupersededBy);
        self.relate((log, old), (&claim, &reverse), revisions, words)
    }

    /// The file, with all that it is to say.
    ///
    /// # Errors
    ///
    /// Where the template is such that the relations cannot be written into it.
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

/// Those of `wanted` that a text which says `stated` does not say.
fn lacking(stated: &[String], wanted: &[String]) -> Vec<String> {
    let says =
        |word: &str| stated.iter().any(|one| is_same(one, word) || is_same(one, &shown_name(word)));
    wanted.iter().filter(|one| !says(one)).map(|one| one.trim().to_owned()).collect()
}
