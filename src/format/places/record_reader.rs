//! A record that is being read: its text and outline, and the fields as far as they are known.
//!
//! The places where fields stand are read in files of their own: [`identity`](super::identity) for
//! title and number, [`front_matter`](super::front_matter), [`section`](super::section), and
//! [`elsewhere`](super::elsewhere) for what is left. Which statement is believed in the end, the
//! record decides.

use super::record_fields::RecordFields;
use super::record_section::{RecordSection, mark_main};
use crate::format::fields::{
    items_of_text, lone_date, read_date, read_status, status_of_passage, status_of_word,
};
use crate::format::references::{Definitions, RecordName};
use crate::format::statement::ParsedPassage;
use crate::format::statement::{OwnNames, StatementReader};
use crate::format::words::{Field, ONLY_READ, PhraseMeaning, Words};
use crate::model::{Layout, Lifecycle, Role, Stated, Status};
use crate::syntax::{Document, Form, Statement, plain, statements};
use crate::text::{Span, Spanned};
/// How many statements may share a line, and how many bytes a key has there.
const MOST_ON_A_LINE: usize = 8;
const LONGEST_KEY: usize = 48;

/// A record that is being read.
pub(crate) struct RecordReader<'a> {
    pub(crate) text: &'a str,
    pub(crate) document: &'a Document,
    pub(crate) name: &'a RecordName,
    /// The file of the record, relative to its log.
    pub(crate) file: &'a str,
    pub(crate) words: &'a Words,
    pub(crate) parts: Vec<RecordSection<'a>>,
    pub(crate) fields: RecordFields,
    definitions: Definitions,
}

impl<'a> RecordReader<'a> {
    pub(crate) fn new(
        text: &'a str,
        document: &'a Document,
        (file, name): (&'a str, &'a RecordName),
        words: &'a Words,
    ) -> Self {
        let mut parts: Vec<RecordSection<'a>> =
            document.sections.iter().map(|section| RecordSection::new(section, words)).collect();
        mark_main(&mut parts);
        Self {
            text,
            document,
            name,
            file,
            words,
            parts,
            fields: RecordFields::default(),
            definitions: Definitions::default(),
        }
    }

    /// For every section the part that it plays.
    pub(crate) fn roles(&self) -> Vec<Option<Role>> {
        self.parts.iter().map(|part| part.role).collect()
    }

    pub(crate) fn reader(&self) -> StatementReader<'_> {
        let id = self.name.id.as_deref();
        let prefix = id.map(|id| {
            id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', ' '])
        });
        let number = self.fields.number.as_ref().map(|number| number.value.value);
        let own = OwnNames { prefix, number, file: self.file };
        StatementReader { text: self.text, words: self.words, own, definitions: &self.definitions }
    }

    /// The status that a value states, and what it says of other records.
    pub(crate) fn status(&mut self, value: Span, layout: Layout) {
        if let Some(found) = status_of_word(self.text, value, self.words) {
            return self.state(Some(found), layout);
        }
        let read = ParsedPassage::new(self.text, self.words, value);
        self.state(status_of_passage(&self.reader(), &read), layout);
        let relations = self.reader().relations_of(&read, layout);
        self.fields.relations.extend(relations);
        if layout != Layout::Section {
            self.footnote(value, layout);
        }
    }

    pub(crate) fn state(&mut self, found: Option<Spanned<Status>>, layout: Layout) {
        let found = found.filter(|found| {
            !self.words.is_nothing(found.span.of(self.text)) || found.value.meaning.is_some()
        });
        self.fields.statuses.extend(found.map(|found| Stated {
            value: found.value,
            span: Some(found.span),
            layout,
        }));
    }

    /// A status whose key may name something else, too, and counts with a known state only.
    fn ranked_status(&mut self, value: Span, rank: usize, layout: Layout) {
        let is_known = || {
            let found = read_status(&self.reader(), value);
            found.is_some_and(|status| status.value.meaning.is_some())
        };
        if rank < ONLY_READ || self.fields.statuses.is_empty() && is_known() {
            self.status(value, layout);
        }
    }

    /// The title as the value of a key, where no heading is one.
    fn stated_title(&mut self, value: Span, layout: Layout) {
        let shown = plain(value.of(self.text));
        if self.fields.title.is_none() && !shown.is_empty() {
            self.fields.title = Some(Stated { value: shown, span: Some(value), layout });
        }
    }

    pub(crate) fn date(&mut self, value: Span, rank: usize, layout: Layout) {
        let found = read_date(self.text, value, self.words);
        self.fields
            .dates
            .extend(found.map(|found| {
                (rank, Stated { value: found.value, span: Some(found.span), layout })
            }));
    }

    pub(crate) fn review(&mut self, value: Span, layout: Layout) {
        let found = read_date(self.text, value, self.words);
        let found =
            found.map(|found| Stated { value: found.value, span: Some(found.span), layout });
        self.fields.review = self.fields.review.take().or(found);
    }

    pub(crate) fn people(&mut self, field: Field, people: Vec<Spanned<String>>) {
        match field {
            Field::Deciders => self.fields.deciders.extend(people),
            Field::Consulted => self.fields.consulted.extend(people),
            _ => self.fields.informed.extend(people),
        }
    }

    pub(crate) fn statements(&mut self, region: Span) {
        for statement in statements(self.text, region) {
            self.statement(&statement);
        }
    }

    /// A statement, and those of other fields that share its line.
    pub(crate) fn statement(&mut self, statement: &Statement) {
        // Most keys mean nothing to us.
        let Some(known) = self.words.meaning(&statement.key.value) else { return };
        let Some((first, mut rest)) = known.field.and_then(|_| self.parted(statement)) else {
            return self.known_statement(known, statement);
        };
        self.known_statement(known, &first);
        for _ in 0..MOST_ON_A_LINE {
            let Some(known) = self.words.meaning(&rest.key.value) else { return };
            let Some((first, next)) = self.parted(&rest) else {
                return self.known_statement(known, &rest);
            };
            self.known_statement(known, &first);
            rest = next;
        }
    }

    /// The statement without the one of a field that stands in its value, behind a full stop or a
    /// gap, and that one: `Date: 2024-05-06. Status: accepted`.
    fn parted(&self, statement: &Statement) -> Option<(Statement, Statement)> {
        const GAPS: [&str; 3] = [". ", "  ", "\t"];
        let Statement { value, form, span, .. } = *statement;
        let written = value.of(self.text);
        if form == Form::Table || !written.contains(':') {
            return None;
        }
        let line = written.lines().next().unwrap_or_default();
        line.match_indices(": ").find_map(|(colon, _)| {
            let before = line.get(..colon)?;
            let near = before.ceil_char_boundary(colon.saturating_sub(LONGEST_KEY));
            let near = Span::new(near, colon);
            let gap = |mark: &str| near.of(line).rfind(mark).map(|at| (at, at + mark.len()));
            let (end, start) = GAPS.into_iter().filter_map(gap).max_by_key(|gap| gap.1)?;
            let key = Span::new(near.start + start, colon).shift(value.start).trim(self.text);
            self.words.field(key.of(self.text))?;
            let end = Span::new(0, near.start + end).shift(value.start).trim(self.text);
            let behind = Span::new(value.start + colon + 1, value.end).trim(self.text);
            let key = Spanned::new(key.of(self.text).to_owned(), key);
            let next = Statement { key, value: behind, form, span };
            Some((Statement { value: end, ..statement.clone() }, next))
        })
    }

    fn known_statement(&mut self, known: &PhraseMeaning, statement: &Statement) {
        let layout = layout_of(statement.form);
        let value = statement.value;
        // The head of a table. Elsewhere a word such as `data` is a value, if a key in Portuguese.
        let is_head = statement.form == Form::Table;
        let is_key = is_head && self.words.field(value.of(self.text)).is_some();
        match known.field {
            Some(_) if is_key => {}
            Some((Field::Status, rank)) => self.ranked_status(value, rank, layout),
            Some((Field::Date, rank)) => self.date(value, rank, layout),
            Some((Field::Review, _)) => self.review(value, layout),
            Some((Field::Tags, _)) => {
                self.fields.tags.extend(items_of_text(self.text, value, self.words));
            }
            Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _)) => {
                let people = items_of_text(self.text, value, self.words);
                self.people(field, people);
            }
            Some((Field::Title, _)) => self.stated_title(value, layout),
            Some((Field::Id, _)) => {}
            None => {
                self.dated_state(known, value, layout);
                self.ticked_state(known, statement);
                self.related(known, statement, layout);
            }
        }
    }

    /// A state in a table of them that is ticked: `| Approved | ✅ |`. The last one counts.
    fn ticked_state(&mut self, key: &PhraseMeaning, statement: &Statement) {
        let ticked = || {
            matches!(statement.value.of(self.text), "✅" | "☑" | "☑️" | "✔" | "✔️" | "✓" | "[x]")
        };
        if let Some(state) =
            key.state.as_ref().filter(|_| statement.form == Form::Table && ticked())
        {
            let span = Some(statement.key.span);
            let stated = Stated { value: state.clone(), span, layout: Layout::Table };
            self.fields.statuses.retain(|stated| stated.layout != Layout::Table);
            self.fields.statuses.push(stated);
        }
    }

    /// A state as the key of its day: `Accepted: 2024-05-06`. The day of the decision goes before
    /// that of the proposal, and both behind a date that is called so.
    pub(crate) fn dated_state(&mut self, key: &PhraseMeaning, value: Span, layout: Layout) {
        let rank = match key.state.as_ref().and_then(|state| state.meaning) {
            Some(Lifecycle::Accepted) => 60,
            Some(Lifecycle::Proposed) => 61,
            Some(Lifecycle::Draft) => 62,
            _ => return,
        };
        if lone_date(self.text, value, self.words).is_some() {
            self.date(value, rank, layout);
        }
    }

    /// A statement whose key is a verb, or a state with a remark: `**Superseded:** since May`.
    pub(crate) fn related(&mut self, key: &PhraseMeaning, statement: &Statement, layout: Layout) {
        let before = self.fields.relations.len();
        if let Some(kind) = key.relation.or(key.key) {
            let found = self.reader().value(kind, statement.value, statement.span, layout);
            self.fields.relations.extend(found);
        }
        // `**Ersetzt:** ADR-3` is no state.
        if key.key.is_some() && self.fields.relations.len() > before {
            return;
        }
        let state = key
            .state
            .as_ref()
            // In a list it explains what the word means.
            .filter(|_| statement.form == Form::Bold)
            .filter(|status| status.is(Lifecycle::Superseded) || status.is(Lifecycle::Deprecated));
        self.fields.statuses.extend(state.map(|status| Stated {
            value: status.clone(),
            span: Some(statement.key.span),
            layout: Layout::Prose,
        }));
    }
}

/// How a field is written down that such a statement states.
pub(crate) fn layout_of(form: Form) -> Layout {
    match form {
        Form::Line => Layout::Line,
        Form::Bullet => Layout::Bullet,
        Form::Bold => Layout::Bold,
        Form::Table => Layout::Table,
    }
}
