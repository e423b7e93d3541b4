//! A record that is being read: its text and outline, and the fields that are known so far.
//!
//! A separate module reads each kind of place: [`identity`](super::identity) reads
//! title and number; the others are [`front_matter`](super::front_matter), [`header`](super::header),
//! [`field_sections`](super::field_sections) and [`notes`](super::notes). Which of several statements
//! counts is decided by [`RecordFields`].

use super::record_fields::{RankedDate, RecordFields};
use super::record_section::{RecordSection, mark_main_sections};
use crate::format::fields::{
    items_of_text, lone_date, read_date, read_status, status_of_passage, status_of_word,
};
use crate::format::references::{Definitions, RecordFileName};
use crate::format::statement::{OwnNames, ParsedPassage, StatementReader};
use crate::format::words::{Field, ONLY_READ, PhraseMeaning, Words};
use crate::model::{Layout, Lifecycle, Role, Stated, Status};
use crate::syntax::{Document, Form, Statement, plain, statements};
use crate::text::{Span, Spanned};

/// The maximum number of statements that share a line.
const MAX_STATEMENTS_ON_LINE: usize = 8;

/// The maximum length in bytes of a key after another statement on its line.
const MAX_KEY: usize = 48;

/// The ranks of dates that have a status as their key. A date with a key for dates ranks higher, and the
/// date of the decision ranks higher than the date of the proposal.
const RANK_ACCEPTED: usize = 60;
const RANK_PROPOSED: usize = 61;
const RANK_DRAFT: usize = 62;

/// The file of a record.
#[derive(Clone, Copy)]
pub(crate) struct RecordFile<'a> {
    /// The path relative to the log.
    pub path: &'a str,
    pub name: &'a RecordFileName,
}

/// A record that is being read.
pub(crate) struct RecordReader<'a> {
    pub text: &'a str,
    pub document: &'a Document,
    pub file: RecordFile<'a>,
    pub words: &'a Words,
    pub sections: Vec<RecordSection<'a>>,
    pub fields: RecordFields,
    definitions: Definitions,
}

impl<'a> RecordReader<'a> {
    /// A reader that has read the outline and no field.
    pub(crate) fn new(
        text: &'a str,
        document: &'a Document,
        file: RecordFile<'a>,
        words: &'a Words,
    ) -> Self {
        let sections = document.sections.iter();
        let mut sections: Vec<RecordSection<'a>> =
            sections.map(|section| RecordSection::new(section, words)).collect();
        mark_main_sections(&mut sections);
        let (fields, definitions) = (RecordFields::default(), Definitions::default());
        Self { text, document, file, words, sections, fields, definitions }
    }

    /// The role of each section.
    pub(crate) fn roles(&self) -> Vec<Option<Role>> {
        self.sections.iter().map(|section| section.role).collect()
    }

    pub(super) fn reader(&self) -> StatementReader<'_> {
        let id = self.file.name.id.as_deref();
        let prefix = id.map(|id| {
            id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', ' '])
        });
        let number = self.fields.number.as_ref().map(|number| number.value.value);
        let own_names = OwnNames { prefix, number, file: self.file.path };
        let definitions = &self.definitions;
        StatementReader { text: self.text, words: self.words, own_names, definitions }
    }

    /// Reads the value of a status, and its statements about other records.
    pub(super) fn read_status_value(&mut self, value: Span, layout: Layout) {
        if let Some(status) = status_of_word(self.text, value, self.words) {
            return self.push_status(Some(status), layout);
        }
        let parsed = ParsedPassage::new(self.text, self.words, value);
        self.push_status(status_of_passage(&self.reader(), &parsed), layout);
        let relations = self.reader().relations_of(&parsed, layout);
        self.fields.relations.extend(relations);
        if layout != Layout::Section {
            self.read_footnote(value, layout);
        }
    }

    /// Adds a status, unless it is a word such as *none*.
    pub(super) fn push_status(&mut self, status: Option<Spanned<Status>>, layout: Layout) {
        let status = status.filter(|status| {
            status.value.meaning.is_some() || !self.words.is_nothing(status.span.of(self.text))
        });
        self.fields.statuses.extend(status.map(|status| Stated {
            value: status.value,
            span: Some(status.span),
            layout,
        }));
    }

    /// Reads a status. If its key can also name something else, only a known status counts.
    fn read_ranked_status(&mut self, value: Span, rank: usize, layout: Layout) {
        let is_known = || {
            let status = read_status(&self.reader(), value);
            status.is_some_and(|status| status.value.meaning.is_some())
        };
        if rank < ONLY_READ || self.fields.statuses.is_empty() && is_known() {
            self.read_status_value(value, layout);
        }
    }

    /// Reads the title as the value of a key, if no heading is the title.
    fn read_title_value(&mut self, value: Span, layout: Layout) {
        let shown = plain(value.of(self.text));
        if self.fields.title.is_none() && !shown.is_empty() {
            self.fields.title = Some(Stated { value: shown, span: Some(value), layout });
        }
    }

    pub(super) fn read_date_value(&mut self, value: Span, rank: usize, layout: Layout) {
        let date = read_date(self.text, value, self.words);
        self.fields.dates.extend(date.map(|date| RankedDate {
            rank,
            date: Stated { value: date.value, span: Some(date.span), layout },
        }));
    }

    pub(super) fn read_review_value(&mut self, value: Span, layout: Layout) {
        if self.fields.review.is_none() {
            let date = read_date(self.text, value, self.words);
            self.fields.review =
                date.map(|date| Stated { value: date.value, span: Some(date.span), layout });
        }
    }

    pub(super) fn push_people(&mut self, field: Field, people: Vec<Spanned<String>>) {
        match field {
            Field::Deciders => self.fields.deciders.extend(people),
            Field::Consulted => self.fields.consulted.extend(people),
            _ => self.fields.informed.extend(people),
        }
    }

    pub(crate) fn read_statements(&mut self, region: Span) {
        for statement in statements(self.text, region) {
            self.read_statement(&statement);
        }
    }

    /// Reads a statement, and the statements of other fields on its line.
    pub(super) fn read_statement(&mut self, statement: &Statement) {
        // Most keys have no meaning.
        let Some(meaning) = self.words.meaning(&statement.key.value) else { return };
        let parts = meaning.field.and_then(|_| self.split_statement(statement));
        let Some((first, mut remaining)) = parts else {
            return self.read_known_statement(meaning, statement);
        };
        self.read_known_statement(meaning, &first);
        for _ in 0..MAX_STATEMENTS_ON_LINE {
            let Some(meaning) = self.words.meaning(&remaining.key.value) else { return };
            let Some((first, next)) = self.split_statement(&remaining) else {
                return self.read_known_statement(meaning, &remaining);
            };
            self.read_known_statement(meaning, &first);
            remaining = next;
        }
    }

    /// Splits off a statement of another field that the value holds after a full stop or a gap:
    /// `Date: 2024-05-06. Status: accepted`.
    fn split_statement(&self, statement: &Statement) -> Option<(Statement, Statement)> {
        const GAPS: [&str; 3] = [". ", "  ", "\t"];
        let Statement { value, form, span, .. } = *statement;
        let written = value.of(self.text);
        if form == Form::Table || !written.contains(':') {
            return None;
        }
        let line = written.lines().next().unwrap_or_default();
        line.match_indices(": ").find_map(|(colon, _)| {
            let text_before = line.get(..colon)?;
            let window = text_before.ceil_char_boundary(colon.saturating_sub(MAX_KEY));
            let window = Span::new(window, colon);
            // The start and the end of the last gap before the colon.
            let gap = |mark: &str| {
                window.of(line).rfind(mark).map(|offset| (offset, offset + mark.len()))
            };
            let (gap_start, gap_end) = GAPS.into_iter().filter_map(gap).max_by_key(|gap| gap.1)?;
            let key = Span::new(window.start + gap_end, colon).shift(value.start).trim(self.text);
            self.words.field(key.of(self.text))?;
            let first_value =
                Span::new(0, window.start + gap_start).shift(value.start).trim(self.text);
            let next_value = Span::new(value.start + colon + 1, value.end).trim(self.text);
            let key = Spanned::new(key.of(self.text).to_owned(), key);
            let first = Statement { value: first_value, ..statement.clone() };
            Some((first, Statement { key, value: next_value, form, span }))
        })
    }

    /// Reads a statement with a key that means `meaning`.
    fn read_known_statement(&mut self, meaning: &PhraseMeaning, statement: &Statement) {
        let layout = layout_of(statement.form);
        let value = statement.value;
        // The header row of a table has keys as its values. Elsewhere a word such as `data`, a key in
        // Portuguese, is a value.
        let is_header_row =
            statement.form == Form::Table && self.words.field(value.of(self.text)).is_some();
        match meaning.field {
            Some(_) if is_header_row => {}
            Some((Field::Status, rank)) => self.read_ranked_status(value, rank, layout),
            Some((Field::Date, rank)) => self.read_date_value(value, rank, layout),
            Some((Field::Review, _)) => self.read_review_value(value, layout),
            Some((Field::Tags, _)) => {
                self.fields.tags.extend(items_of_text(self.text, value, self.words));
            }
            Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _)) => {
                let people = items_of_text(self.text, value, self.words);
                self.push_people(field, people);
            }
            Some((Field::Title, _)) => self.read_title_value(value, layout),
            Some((Field::Id, _)) => {}
            None => {
                self.read_dated_status(meaning, value, layout);
                self.read_ticked_status(meaning, statement);
                self.read_relation(meaning, statement, layout);
            }
        }
    }

    /// Reads a ticked status in a table of statuses: `| Approved | ✅ |`. The last one counts.
    fn read_ticked_status(&mut self, key: &PhraseMeaning, statement: &Statement) {
        const TICKS: [&str; 7] = ["✅", "☑", "☑️", "✔", "✔️", "✓", "[x]"];
        let Some(status) = &key.state else { return };
        if statement.form == Form::Table && TICKS.contains(&statement.value.of(self.text)) {
            let span = Some(statement.key.span);
            let stated = Stated { value: status.clone(), span, layout: Layout::Table };
            self.fields.statuses.retain(|stated| stated.layout != Layout::Table);
            self.fields.statuses.push(stated);
        }
    }

    /// Reads a date with a status as its key: `Accepted: 2024-05-06`.
    pub(super) fn read_dated_status(&mut self, key: &PhraseMeaning, value: Span, layout: Layout) {
        let rank = match key.state.as_ref().and_then(|state| state.meaning) {
            Some(Lifecycle::Accepted) => RANK_ACCEPTED,
            Some(Lifecycle::Proposed) => RANK_PROPOSED,
            Some(Lifecycle::Draft) => RANK_DRAFT,
            _ => return,
        };
        if lone_date(self.text, value, self.words).is_some() {
            self.read_date_value(value, rank, layout);
        }
    }

    /// Reads a statement with a verb as its key, or a status with a remark: `**Superseded:** since May`.
    pub(super) fn read_relation(
        &mut self,
        key: &PhraseMeaning,
        statement: &Statement,
        layout: Layout,
    ) {
        let count_before = self.fields.relations.len();
        if let Some(kind) = key.relation_as_key() {
            let relations = self.reader().value(kind, statement.value, statement.span, layout);
            self.fields.relations.extend(relations);
        }
        // `**Ersetzt:** ADR-3` is not a status.
        if key.key.is_some() && self.fields.relations.len() > count_before {
            return;
        }
        // In a list such a key explains the word.
        let status = key.state.as_ref().filter(|status| {
            statement.form == Form::Bold
                && (status.is(Lifecycle::Superseded) || status.is(Lifecycle::Deprecated))
        });
        self.fields.statuses.extend(status.map(|status| Stated {
            value: status.clone(),
            span: Some(statement.key.span),
            layout: Layout::Prose,
        }));
    }
}

/// The layout of a field that a statement of this form states.
pub(super) fn layout_of(form: Form) -> Layout {
    match form {
        Form::Line => Layout::Line,
        Form::Bullet => Layout::Bullet,
        Form::Bold => Layout::Bold,
        Form::Table => Layout::Table,
    }
}
