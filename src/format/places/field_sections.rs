//! Sections that are a field of the record: their heading is its name, or a state, or a relation.

use super::record_reader::RecordReader;
use super::record_section::RecordSection;
use crate::format::fields::{is_table_history, items_of_text, read_status, status_of_passage};
use crate::format::statement::{MAX_STATEMENT, ParsedPassage};
use crate::format::words::{Field, is_word};
use crate::model::{Layout, Lifecycle, Relation, RelationKind, Role, Stated};
use crate::syntax::{Form, Section, statements};
use crate::text::Span;

/// The bytes of a line that is no paragraph.
const SHORT: usize = 120;

impl RecordReader<'_> {
    /// Sections that are a field: their heading is its name, or a state.
    pub(crate) fn sections(&mut self) {
        let mut parts = std::mem::take(&mut self.parts);
        // Of several headings for one field the shallowest counts first.
        parts.sort_by_key(|part| (part.field.is_some(), part.section.level));
        for part in parts {
            let section = part.section;
            let body = section.body.trim(self.text).first(MAX_STATEMENT, self.text);
            let below_title = section.level > 1;
            match part.field.filter(|_| part.is_main) {
                Some((Field::Status, _)) if self.is_titled(section) && self.is_stated() => {}
                Some((Field::Status, _)) if !self.has_status_section() => {
                    self.status_section(section, part.inline);
                }
                Some((Field::Status, _)) => {}
                Some((Field::Date, rank)) if below_title => self.date(body, rank, Layout::Section),
                Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _))
                    if below_title =>
                {
                    let people = items_of_text(self.text, body, self.words);
                    self.people(field, people);
                }
                Some((Field::Tags, _)) => {
                    let tags = items_of_text(self.text, body, self.words);
                    self.fields.tags.extend(tags);
                }
                _ => self.other_section(&part, body),
            }
        }
    }

    /// Whether the heading of the section is the title of the record.
    fn is_titled(&self, section: &Section) -> bool {
        self.fields.title.as_ref().is_some_and(|title| title.span == Some(section.title_span))
    }

    /// Whether the status is stated elsewhere: above the sections, or in one that is named so.
    fn is_stated(&self) -> bool {
        let sections = self.document.sections.iter().filter(|one| !self.is_titled(one));
        !self.fields.statuses.is_empty()
            || sections.into_iter().any(|one| self.words.is_status_key(&one.title))
    }

    /// Whether a section has stated the status: a second one of the name is about something else.
    fn has_status_section(&self) -> bool {
        self.fields.statuses.iter().any(|stated| stated.layout == Layout::Section)
    }

    pub(crate) fn status_section(&mut self, section: &Section, inline: &str) {
        let body = section.body.trim(self.text).first(MAX_STATEMENT, self.text);
        if !inline.is_empty() {
            let title = section.title_span;
            let written = title.of(self.text);
            let value = written.split_once([':', '：']).map_or(written, |(_, value)| value);
            let value = Span::new(title.end - value.len(), title.end).trim(self.text);
            self.status(value, Layout::Section);
        }
        let statements = statements(self.text, body);
        let stated = statements.iter().any(|one| self.words.is_status_key(&one.key.value));
        let is_word = is_word(body.of(self.text));
        let read = (!is_word).then(|| ParsedPassage::new(self.text, self.words, body));
        let table = read.as_ref().filter(|_| body.of(self.text).starts_with('|'));
        let is_history = table.is_some_and(|read| is_table_history(&self.reader(), read));
        let stated = stated && !is_history;
        if !stated && inline.is_empty() {
            let found = match &read {
                Some(read) => status_of_passage(&self.reader(), read),
                None => read_status(&self.reader(), body),
            };
            self.state(found, Layout::Section);
        }
        for statement in statements.iter().filter(|one| stated || one.form != Form::Table) {
            let relation = self.words.relation(&statement.key.value).is_some();
            if !relation {
                self.statement(statement);
            }
        }
        let found = read.map(|read| self.reader().relations_of(&read, Layout::Section));
        self.fields.relations.extend(found.into_iter().flatten());
        for table in statements.iter().filter(|one| one.form == Form::Table) {
            if let Some(known) = self.words.meaning(&table.key.value) {
                self.related(known, table, Layout::Table);
            }
        }
        self.footnote(body, Layout::Section);
    }

    /// Whether the heading is a relation with the record that it is to: `Superseded by [2. X](0002-x.md)`.
    pub(crate) fn relates_by_heading(&self, part: &RecordSection<'_>) -> bool {
        !self.relations_in_heading(part).is_empty()
    }

    /// The relations that a heading states which begins with a verb.
    fn relations_in_heading(&self, part: &RecordSection<'_>) -> Vec<Relation> {
        let leads =
            || self.words.relations_in(part.bare).next().is_some_and(|(at, _)| at.start == 0);
        if !part.bare.contains(|c: char| c.is_ascii_digit()) || !leads() {
            return vec![];
        }
        self.reader().prose(part.section.title_span, Layout::Section)
    }

    /// A section whose heading is a state (`## Superseded`) or a relation, or that holds links.
    pub(crate) fn other_section(&mut self, part: &RecordSection<'_>, body: Span) {
        let section = part.section;
        if part.is_main && !self.is_titled(section) {
            let found = self.relations_in_heading(part);
            self.fields.relations.extend(found);
        }
        if section.level > 1 {
            if let Some(status) = part.state.filter(|status| {
                [Lifecycle::Superseded, Lifecycle::Deprecated].iter().any(|state| status.is(*state))
            }) {
                let stated = Stated {
                    value: status.clone(),
                    span: Some(section.title_span),
                    layout: Layout::Section,
                };
                self.fields.statuses.push(stated);
                let found = self.reader().prose(body, Layout::Section);
                self.fields.relations.extend(found);
                return;
            }
            if let Some(kind) = part.relation.filter(|kind| *kind != RelationKind::RelatesTo) {
                let found = self.reader().value(kind, body, body, Layout::Section);
                self.fields.relations.extend(found);
                return;
            }
            // `## Lié à` with references and nothing else, and no list of all that there is to read.
            if part.relation.is_some() && body.len() <= SHORT && !body.of(self.text).contains('\n')
            {
                let found =
                    self.reader().value(RelationKind::RelatesTo, body, body, Layout::Section);
                let begins =
                    found.first().is_some_and(|first| first.reference.span.start == body.start);
                self.fields.relations.extend(found.into_iter().filter(|_| begins));
                return;
            }
            let is_verb = |part: &str| {
                self.words.relation(part).is_some() || self.words.status(part).is_some()
            };
            // `## Supersedes / Superseded by`
            if part.bare.contains(['/', '&']) && part.bare.split(['/', '&']).all(is_verb) {
                let found = self.reader().prose(body, Layout::Section);
                self.fields.relations.extend(found);
                return;
            }
            if part.is_about {
                self.statements(body);
            }
        }
        if part.role == Some(Role::Context) {
            self.callout(body);
        }
        let relates = part.relation == Some(RelationKind::RelatesTo) && part.is_main;
        if part.role == Some(Role::Links) || relates {
            let found = self.reader().list(body);
            self.fields.relations.extend(found);
        }
    }
}
