//! One architecture decision record as it is written.

use super::{Date, DateStatement, Format, Lifecycle, Number, Relation, Role, Status};
use crate::syntax::{Document, Section};
use crate::text::{Source, Span, Spanned};

/// How a field is written down, in the order in which statements are believed: where two
/// disagree, the earlier one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// A key of the YAML at the top.
    FrontMatter,
    /// The text below a heading that is the field's name.
    Section,
    /// A row of a table.
    Table,
    /// `* Status: accepted`, the key bold or not.
    Bullet,
    /// `**Status:** accepted`.
    Bold,
    /// `Status: accepted` on a line of its own.
    Line,
    /// Part of the first heading.
    Title,
    /// One of the tags.
    Tag,
    /// A running text that mentions it.
    Prose,
    /// Part of the file's name.
    FileName,
    /// The name of a folder above the file.
    Folder,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// What was read.
    pub value: T,
    /// The bytes that state it; `None` where they are not in the text, but in the file's name.
    pub span: Option<Span>,
    /// How it is written down.
    pub layout: Layout,
}

/// One ADR as written. It keeps its text, and for every field the bytes that state it, so that
/// findings can point at them and edits can change them and nothing else.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file that it was read from.
    pub source: Source,
    /// Relative to the folder of the log, with `/` as separator; what orders and identifies it.
    pub file: String,
    /// The outline of the text.
    pub document: Document,
    /// For every section of the outline, in its order: what it is for, where its heading tells.
    pub roles: Vec<Option<Role>>,
    /// The way of writing that it comes nearest to.
    pub format: &'static Format,
    /// From the file's name, else from the title or the front matter.
    pub number: Option<Stated<Number>>,
    /// The number that the first heading begins with, wherever `number` comes from.
    pub heading_number: Option<Spanned<Number>>,
    /// The id as written, where it has a prefix: `ARCH-0003`.
    pub id: Option<Stated<String>>,
    /// Without number, id and status; markup removed.
    pub title: Option<Stated<String>>,
    /// Every status that is stated, the one to believe first. [`Record::status`] gives that one.
    pub statuses: Vec<Stated<Status>>,
    /// What was found where the date should be; [`Record::date`] gives the date itself.
    pub date: Option<Stated<DateStatement>>,
    /// When to look at it again, as far as that is stated.
    pub review: Option<Stated<DateStatement>>,
    /// What it says about other records, in the order of the text.
    pub relations: Vec<Relation>,
    /// Tags or categories.
    pub tags: Vec<Spanned<String>>,
    /// Who decided.
    pub decision_makers: Vec<Spanned<String>>,
    /// Who was asked.
    pub consulted: Vec<Spanned<String>>,
    /// Who was told.
    pub informed: Vec<Spanned<String>>,
}

impl Record {
    /// Forgets what no field is stated in: the outline, and the text behind the last statement. For
    /// those who ask for fields alone: reading a large log costs half the memory.
    pub fn abridge(&mut self) {
        let lists = [&self.tags, &self.decision_makers, &self.consulted, &self.informed];
        let values = lists.into_iter().flatten().map(|one| one.span);
        let relations = self.relations.iter().flat_map(|one| [one.span, one.reference.span]);
        let statuses = self.statuses.iter().filter_map(|one| one.span);
        let days = [&self.date, &self.review].into_iter().flatten().filter_map(|one| one.span);
        let names = [
            self.title.as_ref().and_then(|one| one.span),
            self.number.as_ref().and_then(|one| one.span),
            self.id.as_ref().and_then(|one| one.span),
            self.heading_number.as_ref().map(|one| one.span),
        ];
        let names = names.into_iter().flatten();
        let all = statuses.chain(days).chain(names).chain(relations).chain(values);
        self.source.cut(all.map(|span| span.end).max().unwrap_or(0));
        self.document = Document::default();
        self.roles = Vec::new();
    }

    /// The text of the file; of an [abridged](Self::abridge) record the beginning.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The status to believe, if any is stated.
    pub fn status(&self) -> Option<&Status> {
        self.statuses.first().map(|stated| &stated.value)
    }

    /// Whether the status means `state`.
    pub fn is(&self, state: Lifecycle) -> bool {
        self.status().is_some_and(|status| status.is(state))
    }

    /// The status as written in the text; `None` where it is not stated there.
    pub fn status_text(&self) -> Option<&str> {
        let span = self.statuses.first()?.span?;
        Some(span.of(self.text()))
    }

    /// The first section that is for `role`, if any is.
    pub fn section(&self, role: Role) -> Option<&Section> {
        let sections = self.document.sections.iter().zip(&self.roles);
        sections.filter(|(_, of)| **of == Some(role)).map(|(section, _)| section).next()
    }

    /// The date, where there is no doubt about it.
    pub fn date(&self) -> Option<Date> {
        self.date.as_ref()?.value.date()
    }

    /// The day by which it was to be looked at again, where that lies before `today`; `None` for what
    /// nobody is to follow any more.
    pub fn overdue(&self, today: Date) -> Option<Date> {
        let over = [Lifecycle::Rejected, Lifecycle::Deprecated, Lifecycle::Superseded];
        if over.iter().any(|state| self.is(*state)) {
            return None;
        }
        self.review.as_ref()?.value.date().filter(|date| *date < today)
    }

    /// The title, or the file's name where there is none.
    pub fn title_or_file(&self) -> &str {
        self.title.as_ref().map_or(self.file.as_str(), |title| title.value.as_str())
    }

    /// How messages and pages name it: the id as written, else `ADR-0012`, else the file.
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
