//! One architecture decision record as it is written.

use super::{Date, DateStatement, Format, Lifecycle, Number, Relation, Role, Stated, Status};
use crate::syntax::{Document, Section};
use crate::text::{Source, Spanned};

/// One record as written. It keeps its text, and for every field the bytes that state it, so that
/// findings can point at them, and edits can change them and nothing else.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file that it was read from.
    pub source: Source,
    /// Relative to the folder of the log, with `/` as separator; what orders and identifies it.
    pub file: String,
    /// The outline of the text.
    pub document: Document,
    /// The purpose of every section of the outline, in its order, as far as its heading shows.
    pub roles: Vec<Option<Role>>,
    /// The format that it is closest to.
    pub format: &'static Format,
    /// From the file's name, or else from the title or the front matter.
    pub number: Option<Stated<Number>>,
    /// The number at the start of the first heading, regardless of where `number` comes from.
    pub heading_number: Option<Spanned<Number>>,
    /// The id as written, if it has a prefix: `ARCH-0003`.
    pub id: Option<Stated<String>>,
    /// Without number, id and status; markup removed.
    pub title: Option<Stated<String>>,
    /// Every stated status, most trusted first. [`Record::status`] returns the first.
    pub statuses: Vec<Stated<Status>>,
    /// What was found in place of the date; [`Record::date`] returns the date itself.
    pub date: Option<Stated<DateStatement>>,
    /// The review date, if stated.
    pub review: Option<Stated<DateStatement>>,
    /// Its statements about other records, in the order of the text.
    pub relations: Vec<Relation>,
    /// Tags or categories.
    pub tags: Vec<Spanned<String>>,
    /// The people who decided.
    pub decision_makers: Vec<Spanned<String>>,
    /// The people who were consulted.
    pub consulted: Vec<Spanned<String>>,
    /// The people who were informed.
    pub informed: Vec<Spanned<String>>,
}

impl Record {
    /// Drops everything outside of the fields: the outline, and the text after the last statement. For callers
    /// that need only fields: reading a large log takes half the memory.
    pub fn abridge(&mut self) {
        let people_and_tags = [&self.tags, &self.decision_makers, &self.consulted, &self.informed];
        let value_spans = people_and_tags.into_iter().flatten().map(|field| field.span);
        let relation_spans =
            self.relations.iter().flat_map(|field| [field.span, field.reference.span]);
        let status_spans = self.statuses.iter().filter_map(|field| field.span);
        let date_spans =
            [&self.date, &self.review].into_iter().flatten().filter_map(|field| field.span);
        let name_spans = [
            self.title.as_ref().and_then(|field| field.span),
            self.number.as_ref().and_then(|field| field.span),
            self.id.as_ref().and_then(|field| field.span),
            self.heading_number.as_ref().map(|field| field.span),
        ];
        let name_spans = name_spans.into_iter().flatten();
        let field_spans = status_spans
            .chain(date_spans)
            .chain(name_spans)
            .chain(relation_spans)
            .chain(value_spans);
        self.source.cut(field_spans.map(|span| span.end).max().unwrap_or(0));
        self.document = Document::default();
        self.roles = Vec::new();
    }

    /// The text of the file; for an [abridged](Self::abridge) record, its beginning.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The most trusted status, if any is stated.
    pub fn status(&self) -> Option<&Status> {
        self.statuses.first().map(|stated| &stated.value)
    }

    /// Whether the status means `state`.
    pub fn is(&self, state: Lifecycle) -> bool {
        self.status().is_some_and(|status| status.is(state))
    }

    /// The status as written in the text; `None` if it is stated elsewhere or not at all.
    pub fn status_text(&self) -> Option<&str> {
        let span = self.statuses.first()?.span?;
        Some(span.of(self.text()))
    }

    /// The first section with this role, if there is one.
    pub fn section(&self, role: Role) -> Option<&Section> {
        let sections = self.document.sections.iter().zip(&self.roles);
        sections.filter(|(_, known)| **known == Some(role)).map(|(section, _)| section).next()
    }

    /// The date, if it is unambiguous.
    pub fn date(&self) -> Option<Date> {
        self.date.as_ref()?.value.date()
    }

    /// The review date if it is before `today`; `None` for a record that no longer has to be followed.
    pub fn overdue(&self, today: Date) -> Option<Date> {
        let retired = [Lifecycle::Rejected, Lifecycle::Deprecated, Lifecycle::Superseded];
        if retired.iter().any(|state| self.is(*state)) {
            return None;
        }
        self.review.as_ref()?.value.date().filter(|date| *date < today)
    }

    /// The title, or the file's name if there is none.
    pub fn title_or_file(&self) -> &str {
        self.title.as_ref().map_or(self.file.as_str(), |title| title.value.as_str())
    }

    /// The name of the record in messages and pages: the id as written, else `ADR-0012`, else the file.
    pub fn label(&self) -> String {
        match (&self.id, &self.number) {
            (Some(id), _) => id.value.clone(),
            (None, Some(number)) => ["ADR-", &number.value.padded(4)].concat(),
            (None, None) => self.file.clone(),
        }
    }

    /// The last part of [`file`](Self::file).
    pub fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}
