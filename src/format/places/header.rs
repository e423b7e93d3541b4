//! Where statements about a record are: before the first heading and below the title.

use super::record_reader::RecordReader;
use crate::format::statement::MAX_STATEMENT;
use crate::format::words::Field;
use crate::syntax::{LineKind, Statement, lines, plain, statements};
use crate::text::Span;

impl RecordReader<'_> {
    /// Where statements about the record stand: before the first heading and below the title; and
    /// below the next heading, where nothing else stood before and it names no part of a record. A
    /// title may be any word: *Status*, *Goals*.
    pub(crate) fn head(&self) -> Span {
        let start = self.document.body.start;
        let title = self.fields.title.as_ref().and_then(|title| title.span);
        let mut bare = self.document.preamble.of(self.text).trim().is_empty();
        for part in &self.parts {
            let section = part.section;
            let is_title = Some(section.title_span) == title;
            if !(is_title || bare && !part.is_named()) {
                return Span::new(start, section.heading.start).first(MAX_STATEMENT, self.text);
            }
            bare &= section.body.of(self.text).trim().is_empty();
        }
        Span::new(start, self.text.len()).first(MAX_STATEMENT, self.text)
    }

    /// The statements above the sections. Behind a paragraph that follows the first of them, or behind a
    /// key that names a part of a decision, what was stated before is not stated again: that is text.
    pub(crate) fn head_statements(&mut self, head: Span) {
        let all = statements(self.text, head);
        let is_field = |one: &Statement| self.words.field(&one.key.value).is_some();
        let Some(first) = all.iter().find(|one| is_field(one)) else {
            return all.iter().for_each(|one| self.statement(one));
        };
        let part = all.iter().find(|one| {
            let known = self.words.meaning(&one.key.value);
            known.is_some_and(|known| known.role.is_some() && known.field.is_none())
        });
        let part = part.map_or(head.end, |one| one.span.start);
        // Few state a field twice.
        let mut known_end = None;
        for statement in &all {
            let field = self.words.field(&statement.key.value).map(|(field, _)| field);
            let is_again = match field {
                Some(Field::Status) => !self.fields.statuses.is_empty(),
                Some(Field::Date) => !self.fields.dates.is_empty(),
                Some(Field::Deciders) => !self.fields.deciders.is_empty(),
                Some(Field::Tags) => !self.fields.tags.is_empty(),
                _ => false,
            };
            let end = || self.prose_behind(first.span.end, head, &all).min(part);
            if !(is_again && statement.span.start >= *known_end.get_or_insert_with(end)) {
                self.statement(statement);
            }
        }
    }

    /// Where the first paragraph begins behind the byte `from` of the head that is no statement.
    fn prose_behind(&self, from: usize, head: Span, all: &[Statement]) -> usize {
        const WORDS: usize = 5;
        let is_prose = |line: &Span| {
            let within = all.iter().any(|one| one.span.overlaps(*line));
            !within && plain(line.of(self.text)).split_whitespace().nth(WORDS - 1).is_some()
        };
        let texts = lines(self.text, head).into_iter().filter(|line| {
            line.kind == LineKind::Text && line.quotes == 0 && !line.is_item && !line.continues
        });
        let mut behind = texts.map(|line| line.content).filter(|line| line.start >= from);
        behind.find(is_prose).map_or(head.end, |line| line.start)
    }
}
