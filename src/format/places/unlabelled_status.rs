//! Reads statuses outside of fields: badges, the end of the file, tags, the names of file and folder.

use super::record_fields::RankedDate;
use super::record_reader::RecordReader;
use crate::format::fields::{Badge, badges, read_date, read_status};
use crate::format::statement::MAX_STATEMENT;
use crate::format::words::Field;
use crate::model::{Layout, Lifecycle, Stated, Status};
use crate::syntax::statements;
use crate::text::Span;

impl RecordReader<'_> {
    /// Reads the badges in the header that show a field without another value.
    pub(crate) fn read_badges(&mut self, header: Span) {
        if !header.of(self.text).contains("![") {
            return;
        }
        for line in header.lines(self.text) {
            if line.of(self.text).trim_start().starts_with("<!--") {
                continue;
            }
            for badge in badges(self.text, line) {
                self.read_badge(&badge);
            }
        }
    }

    fn read_badge(&mut self, badge: &Badge) {
        let span = Some(badge.span);
        let value = badge.value.as_str();
        // Without a key, a picture of a known status counts.
        let field = match &badge.key {
            None => Some((Field::Status, 0)),
            Some(key) => self.words.field(key),
        };
        match field {
            Some((Field::Status, _)) if self.fields.statuses.is_empty() => {
                let known_status = self.words.status(value).cloned();
                let team_status = || Status::own(value.to_lowercase(), None);
                let status = known_status.or_else(|| badge.key.is_some().then(team_status));
                let stated = status.map(|value| Stated { value, span, layout: Layout::Line });
                self.fields.statuses.extend(stated);
            }
            Some((Field::Date, rank)) if self.fields.dates.is_empty() => {
                let date = read_date(value, Span::new(0, value.len()), self.words);
                self.fields.dates.extend(date.map(|date| RankedDate {
                    rank,
                    date: Stated { value: date.value, span, layout: Layout::Line },
                }));
            }
            _ => {}
        }
    }

    /// Reads a status below the sections, at the end of the file.
    pub(crate) fn read_status_at_end(&mut self) {
        let Some(last) = self.document.sections.last() else { return };
        for statement in statements(self.text, last.body.first(MAX_STATEMENT, self.text)) {
            if matches!(self.words.field(&statement.key.value), Some((Field::Status, _))) {
                let status = read_status(&self.reader(), statement.value);
                if status.is_some_and(|status| status.value.meaning.is_some()) {
                    self.read_statement(&statement);
                }
            }
        }
    }

    /// Reads the statuses outside of the text: in a tag, in the names of file and folder.
    pub(crate) fn read_tag_and_names(&mut self) {
        let in_tag = self.fields.tags.iter().find_map(|tag| {
            Lifecycle::named(&tag.value).map(|state| Stated {
                value: state.into(),
                span: Some(tag.span),
                layout: Layout::Tag,
            })
        });
        let known_status = |words: &str| {
            let words = words.trim_matches(|c: char| !c.is_alphanumeric());
            self.words.status(words).filter(|status| status.meaning.is_some()).cloned()
        };
        let name = self.file.name;
        let in_file_name = name.bracketed.as_deref().and_then(known_status);
        let in_folder = Lifecycle::named(name.folder.trim_matches('_')).map(Status::from);
        let stated = |value, layout| Stated { value, span: None, layout };
        let statuses = &mut self.fields.statuses;
        statuses.extend(in_tag);
        statuses.extend(in_file_name.map(|value| stated(value, Layout::FileName)));
        statuses.extend(in_folder.map(|value| stated(value, Layout::Folder)));
    }
}
