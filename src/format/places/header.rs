//! Finds and reads the statements about a record before the first heading and below the title.

use super::record_reader::RecordReader;
use crate::format::statement::MAX_STATEMENT;
use crate::format::words::Field;
use crate::syntax::{Line, LineKind, Statement, fence_info, lines, plain, statements};
use crate::text::Span;

impl RecordReader<'_> {
    /// The region of statements about the record: the text before the first heading and below the title; also
    /// below the next heading, if no text precedes it and the heading names neither a field nor a role,
    /// because a title can be any word: *Status*, *Goals*.
    pub(crate) fn header(&self) -> Span {
        let start = self.document.body.start;
        let title = self.fields.title.as_ref().and_then(|title| title.span);
        let mut is_empty = self.document.preamble.of(self.text).trim().is_empty();
        for section in &self.sections {
            let is_title = Some(section.section.title_span) == title;
            if !(is_title || is_empty && !section.names_field_or_role()) {
                let header = Span::new(start, section.section.heading.start);
                return header.first(MAX_STATEMENT, self.text);
            }
            is_empty &= section.section.body.of(self.text).trim().is_empty();
        }
        Span::new(start, self.text.len()).first(MAX_STATEMENT, self.text)
    }

    /// Reads the statements in the header. After a paragraph that follows the first statement, or after a
    /// key that names a role, a field that has a value is not read again: that is text.
    pub(crate) fn read_header(&mut self, header: Span) {
        let all_statements = statements(self.text, header);
        let names_field = |one: &Statement| self.words.field(&one.key.value).is_some();
        let Some(first_field) = all_statements.iter().find(|one| names_field(one)) else {
            return all_statements.iter().for_each(|one| self.read_statement(one));
        };
        let first_role = all_statements.iter().find(|one| {
            let meaning = self.words.meaning(&one.key.value);
            meaning.is_some_and(|meaning| meaning.role.is_some() && meaning.field.is_none())
        });
        let role_start = first_role.map_or(header.end, |one| one.span.start);
        // Computed only for a record that states a field twice, which is rare.
        let mut fields_end = None;
        for statement in &all_statements {
            let find_end = || {
                let first_end = first_field.span.end;
                self.paragraph_after(first_end, header, &all_statements).min(role_start)
            };
            let is_text = self.has_value_for(&statement.key.value)
                && statement.span.start >= *fields_end.get_or_insert_with(find_end);
            if !is_text {
                self.read_statement(statement);
            }
        }
    }

    /// Whether the field that `key` names has a value.
    fn has_value_for(&self, key: &str) -> bool {
        match self.words.field(key).map(|(field, _)| field) {
            Some(Field::Status) => !self.fields.statuses.is_empty(),
            Some(Field::Date) => !self.fields.dates.is_empty(),
            Some(Field::Deciders) => !self.fields.deciders.is_empty(),
            Some(Field::Tags) => !self.fields.tags.is_empty(),
            _ => false,
        }
    }

    /// The start of the first paragraph at or after the byte `from` that is not a statement; the end of
    /// the header without one.
    fn paragraph_after(&self, from: usize, header: Span, all_statements: &[Statement]) -> usize {
        const MIN_WORDS: usize = 5;
        let is_prose = |line: &Span| {
            let is_statement = all_statements.iter().any(|one| one.span.overlaps(*line));
            !is_statement
                && plain(line.of(self.text)).split_whitespace().nth(MIN_WORDS - 1).is_some()
        };
        let paragraphs = lines(self.text, header).into_iter().filter(|line| {
            line.kind == LineKind::Text && line.quotes == 0 && !line.is_item && !line.continues
        });
        let mut lines_after = paragraphs.map(|line| line.content).filter(|line| line.start >= from);
        lines_after.find(is_prose).map_or(header.end, |line| line.start)
    }

    /// The lines of a fenced block of YAML above the sections: visible front matter.
    pub(crate) fn yaml_block(&self, header: Span) -> Option<Span> {
        let headings = self.sections.iter().map(|section| section.section.heading.start);
        let region_end = headings.filter(|start| *start >= header.end).min();
        let region = Span::new(header.start, region_end.unwrap_or(self.text.len()));
        let region = region.first(MAX_STATEMENT, self.text);
        // Few records have such a block.
        if !["yaml", "yml"].iter().any(|info| region.of(self.text).contains(info)) {
            return None;
        }
        let lines = lines(self.text, region);
        let is_yaml = |line: &Line| {
            line.kind == LineKind::Fence
                && matches!(fence_info(line.content.of(self.text)), Some("yaml" | "yml"))
        };
        let open_index = lines.iter().position(is_yaml)?;
        let code = lines.get(open_index + 1..)?;
        let closing_fence = code.iter().find(|line| line.kind == LineKind::Fence)?;
        let opening_fence = lines.get(open_index)?;
        let code_start = opening_fence.span.whole_lines(self.text).end;
        Some(Span::new(code_start, closing_fence.span.start))
    }
}
