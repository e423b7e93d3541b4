//! Reads sections that state a field: their heading is its name, or a status, or a relation.

use super::record_reader::RecordReader;
use super::record_section::RecordSection;
use crate::format::fields::{is_table_history, items_of_text, read_status, status_of_passage};
use crate::format::statement::{MAX_STATEMENT, ParsedPassage};
use crate::format::words::{Field, is_word};
use crate::model::{Layout, Lifecycle, Relation, RelationKind, Role, Stated, Status};
use crate::syntax::{Form, Section, statements};
use crate::text::Span;

/// The maximum length in bytes of a section that holds only references.
const MAX_REFERENCES: usize = 120;

impl<'a> RecordReader<'a> {
    /// Reads the sections that state a field.
    pub(crate) fn read_sections(&mut self) {
        let mut sections = std::mem::take(&mut self.sections);
        // Of several headings for one field the one of the highest level counts.
        sections.sort_by_key(|section| (section.field.is_some(), section.section.level));
        for record_section in sections {
            let section = record_section.section;
            let body = section.body.trim(self.text).first(MAX_STATEMENT, self.text);
            let is_below_title = section.level > 1;
            match record_section.field.filter(|_| record_section.is_main) {
                Some((Field::Status, _)) => {
                    let is_only_title = self.is_title(section) && self.states_status_elsewhere();
                    if !is_only_title && !self.has_status_section() {
                        self.read_status_section(section, record_section.inline_value);
                    }
                }
                Some((Field::Date, rank)) if is_below_title => {
                    self.read_date_value(body, rank, Layout::Section);
                }
                Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _))
                    if is_below_title =>
                {
                    let people = items_of_text(self.text, body, self.words);
                    self.push_people(field, people);
                }
                Some((Field::Tags, _)) => {
                    let tags = items_of_text(self.text, body, self.words);
                    self.fields.tags.extend(tags);
                }
                _ => self.read_other_section(&record_section, body),
            }
        }
    }

    /// Whether the heading of the section is the title of the record.
    fn is_title(&self, section: &Section) -> bool {
        self.fields.title.as_ref().is_some_and(|title| title.span == Some(section.title_span))
    }

    /// Whether the status is stated outside of the title: above the sections, or in a section with its name.
    fn states_status_elsewhere(&self) -> bool {
        let mut sections = self.document.sections.iter().filter(|one| !self.is_title(one));
        !self.fields.statuses.is_empty()
            || sections.any(|section| self.words.is_status_key(&section.title))
    }

    /// Whether a section has stated the status. Another section with its name is about something else.
    fn has_status_section(&self) -> bool {
        self.fields.statuses.iter().any(|stated| stated.layout == Layout::Section)
    }

    fn read_status_section(&mut self, section: &Section, inline_value: &str) {
        let body = section.body.trim(self.text).first(MAX_STATEMENT, self.text);
        if !inline_value.is_empty() {
            let title = section.title_span;
            let written = title.of(self.text);
            let value = written.split_once([':', '：']).map_or(written, |(_, value)| value);
            let value = Span::new(title.end - value.len(), title.end).trim(self.text);
            self.read_status_value(value, Layout::Section);
        }
        let statements = statements(self.text, body);
        let has_status_key = statements.iter().any(|one| self.words.is_status_key(&one.key.value));
        let parsed =
            (!is_word(body.of(self.text))).then(|| ParsedPassage::new(self.text, self.words, body));
        let table = parsed.as_ref().filter(|_| body.of(self.text).starts_with('|'));
        let is_history = table.is_some_and(|table| is_table_history(&self.reader(), table));
        let is_keyed = has_status_key && !is_history;
        if !is_keyed && inline_value.is_empty() {
            let status = match &parsed {
                Some(parsed) => status_of_passage(&self.reader(), parsed),
                None => read_status(&self.reader(), body),
            };
            self.push_status(status, Layout::Section);
        }
        for statement in statements.iter().filter(|one| is_keyed || one.form != Form::Table) {
            // Relations are read from the passage as a whole.
            if self.words.relation(&statement.key.value).is_none() {
                self.read_statement(statement);
            }
        }
        let relations = parsed.map(|parsed| self.reader().relations_of(&parsed, Layout::Section));
        self.fields.relations.extend(relations.into_iter().flatten());
        for row in statements.iter().filter(|one| one.form == Form::Table) {
            if let Some(meaning) = self.words.meaning(&row.key.value) {
                self.read_relation(meaning, row, Layout::Table);
            }
        }
        self.read_footnote(body, Layout::Section);
    }

    /// Whether the heading states a relation with its record: `Superseded by [2. X](0002-x.md)`.
    pub(super) fn has_relation_in_heading(&self, section: &RecordSection<'_>) -> bool {
        !self.relations_in_heading(section).is_empty()
    }

    /// The relations that a heading which begins with a verb states.
    fn relations_in_heading(&self, section: &RecordSection<'_>) -> Vec<Relation> {
        let begins_with_verb = || {
            let verb = self.words.relations_in(section.heading).next();
            verb.is_some_and(|(verb, _)| verb.start == 0)
        };
        if !section.heading.contains(|c: char| c.is_ascii_digit()) || !begins_with_verb() {
            return vec![];
        }
        self.reader().prose(section.section.title_span, Layout::Section)
    }

    /// Reads a section with a status (`## Superseded`) or a relation as its heading, or with links.
    fn read_other_section(&mut self, section: &RecordSection<'a>, body: Span) {
        if section.is_main && !self.is_title(section.section) {
            let relations = self.relations_in_heading(section);
            self.fields.relations.extend(relations);
        }
        if section.section.level > 1 {
            if self.read_status_heading(section, body) {
                return;
            }
            if let Some(relations) = self.relations_of_section(section, body) {
                self.fields.relations.extend(relations);
                return;
            }
            if section.holds_statements {
                self.read_statements(body);
            }
        }
        if section.role == Some(Role::Context) {
            self.read_callout(body);
        }
        let relates = section.relation == Some(RelationKind::RelatesTo) && section.is_main;
        if section.role == Some(Role::Links) || relates {
            let relations = self.reader().list(body);
            self.fields.relations.extend(relations);
        }
    }

    /// Reads a section if its heading is a status that ends a decision. Returns whether it is.
    fn read_status_heading(&mut self, section: &RecordSection<'a>, body: Span) -> bool {
        let ends_decision =
            |status: &&Status| status.is(Lifecycle::Superseded) || status.is(Lifecycle::Deprecated);
        let Some(status) = section.state.filter(ends_decision) else { return false };
        self.fields.statuses.push(Stated {
            value: status.clone(),
            span: Some(section.section.title_span),
            layout: Layout::Section,
        });
        let relations = self.reader().prose(body, Layout::Section);
        self.fields.relations.extend(relations);
        true
    }

    /// The relations in the body of a section with a relation as its heading; `None` for other sections.
    fn relations_of_section(
        &self,
        section: &RecordSection<'a>,
        body: Span,
    ) -> Option<Vec<Relation>> {
        let reader = self.reader();
        if let Some(kind) = section.relation.filter(|kind| *kind != RelationKind::RelatesTo) {
            return Some(reader.value(kind, body, body, Layout::Section));
        }
        // `## Lié à` with references alone, and not a list of further reading.
        let is_short = body.len() <= MAX_REFERENCES && !body.of(self.text).contains('\n');
        if section.relation.is_some() && is_short {
            let mut relations = reader.value(RelationKind::RelatesTo, body, body, Layout::Section);
            let first_start = relations.first().map(|first| first.reference.span.start);
            if first_start != Some(body.start) {
                relations.clear();
            }
            return Some(relations);
        }
        // `## Supersedes / Superseded by`
        let separators = ['/', '&'];
        let is_verb = |phrase: &str| {
            self.words.relation(phrase).is_some() || self.words.status(phrase).is_some()
        };
        let has_several_verbs =
            section.heading.contains(separators) && section.heading.split(separators).all(is_verb);
        has_several_verbs.then(|| reader.prose(body, Layout::Section))
    }
}
