//! Reads dates without a key: alone on a line, after the status, in the file name.

use super::record_fields::RankedDate;
use super::record_reader::RecordReader;
use crate::format::fields::{date_in, lone_date, read_date};
use crate::format::statement::MAX_STATEMENT;
use crate::format::words::Field;
use crate::model::{DateStatement, Layout, RelationKind, Stated};
use crate::text::Span;

/// The rank of a date without a key.
const RANK_UNLABELLED: usize = usize::MAX - 1;

/// The rank of the date in a file name.
const RANK_FILE_NAME: usize = usize::MAX;

impl RecordReader<'_> {
    /// Reads a date without a key: alone on a line below the title, or after the status, or in the file name.
    pub(crate) fn read_unlabelled_date(&mut self, header: Span) {
        const MAX_LINES: usize = 24;
        let mut first_lines = header.lines(self.text).take(MAX_LINES);
        let on_line = first_lines.find_map(|line| lone_date(self.text, line, self.words));
        let on_line = on_line.map(|date| Stated {
            value: date.value,
            span: Some(date.span),
            layout: Layout::Line,
        });
        if let Some(date) = on_line.or_else(|| self.date_after_status()) {
            self.fields.dates.push(RankedDate { rank: RANK_UNLABELLED, date });
        } else if let Some(date) = self.file.name.date {
            let value = DateStatement::Date(date);
            let date = Stated { value, span: None, layout: Layout::FileName };
            self.fields.dates.push(RankedDate { rank: RANK_FILE_NAME, date });
        }
    }

    /// The date after the word of a status: `Accepted - 2024-05-06`, `Accepted (6 May 2024)`, also
    /// after the bold words that state it, `**Status: accepted** (Ann, 2024-05-06)`.
    fn date_after_status(&self) -> Option<Stated<DateStatement>> {
        const MAX_LINE: usize = 160;
        const MAX_DISTANCE: usize = 32;
        let status = self.fields.statuses.iter().min_by_key(|stated| stated.layout)?;
        let status_span = status.span?;
        let mut line = status_span.first(MAX_LINE, self.text);
        if matches!(status.layout, Layout::Bold | Layout::Bullet | Layout::Line) {
            let remaining = Span::new(line.start, self.text.len()).first(MAX_LINE, self.text);
            let written = remaining.of(self.text);
            let line_length = written.find('\n').unwrap_or(written.len());
            let comment = written.find("<!--").unwrap_or(line_length);
            line.end = line.end.max(line.start + comment.min(line_length));
        }
        if let Some(date) = self.keyed_date_in(status_span.first(MAX_STATEMENT, self.text)) {
            return Some(Stated { layout: status.layout, ..date });
        }
        let date_span = date_in(self.text, line, self.words)?;
        let value = read_date(self.text, date_span, self.words)?.value;
        let is_certain = matches!(value, DateStatement::Date(_) | DateStatement::InOrder { .. });
        let is_near = date_span.start.saturating_sub(line.start) <= MAX_DISTANCE;
        let text_before = Span::new(line.start, date_span.start.max(line.start)).of(self.text);
        (is_certain && is_near && !self.announces_other_date(text_before)).then_some(Stated {
            value,
            span: Some(date_span),
            layout: status.layout,
        })
    }

    /// Whether the words before a date announce another one: the date of a review, of an expiry, or of
    /// another record.
    fn announces_other_date(&self, text_before: &str) -> bool {
        const OTHER_DATES: [&str; 8] =
            ["until", "till", "review", "reviewed", "expires", "bis", "jusqu", "hasta"];
        let lower_case = text_before.to_lowercase();
        let mut verbs = self.words.relations_in(text_before);
        OTHER_DATES.iter().any(|word| lower_case.contains(word))
            || verbs.any(|(_, kind)| kind != RelationKind::SupersededBy)
    }

    /// The date with a key within the words of a status: `Accepted (by all). Date: 2024-05-06`.
    fn keyed_date_in(&self, status: Span) -> Option<Stated<DateStatement>> {
        const MAX_COLONS: usize = 8;
        const MAX_DATE: usize = 48;
        let written = status.of(self.text);
        written.match_indices(':').take(MAX_COLONS).find_map(|(colon, _)| {
            let text_before = written.get(..colon)?;
            let key = text_before.rsplit(['.', ',', ';', '(', '*', '\n', ':']).next()?.trim();
            if !matches!(self.words.field(key), Some((Field::Date, _))) {
                return None;
            }
            let value = Span::new(status.start + colon + 1, status.end).first(MAX_DATE, self.text);
            let date = read_date(self.text, value, self.words)?;
            date.value.date()?;
            Some(Stated { value: date.value, span: Some(date.span), layout: Layout::Section })
        })
    }
}
