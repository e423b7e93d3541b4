//! The lines of a record that its page leaves out, because the page header shows their content.
//!
//! A line with one word more than the header shows stays whole.

use crate::model::{Layout, Record};
use crate::site::markdown::HiddenHeading;
use crate::syntax::{Section, heading_of_lines};
use crate::text::{Cover, Span};

/// The text of a record that its page shows.
#[derive(Debug)]
pub(crate) struct VisibleText {
    /// The Markdown, without front matter and without what the header shows.
    pub text: String,
    /// The line of the heading that is the title of the page, in `text`.
    pub title: Option<Span>,
    /// The spans of the record that were left out, in order.
    cuts: Vec<Span>,
}

impl VisibleText {
    /// Maps spans of the text of `record`, in order, to this text. The error for a span that was left out is
    /// the offset at which it was cut.
    fn mapped_spans(
        &self,
        record: &Record,
        spans: impl Iterator<Item = Span>,
    ) -> impl Iterator<Item = Result<Span, usize>> {
        let body_start = record.document.body.start;
        let mut cuts = self.cuts.iter().peekable();
        let (mut cut_end, mut removed_bytes) = (body_start, 0);
        spans.map(move |span| {
            while let Some(cut) = cuts.next_if(|cut| cut.start <= span.start) {
                // Cuts may overlap; every byte counts once.
                removed_bytes += cut.end.saturating_sub(cut.start.max(cut_end));
                cut_end = cut_end.max(cut.end);
            }
            let start = span.start.checked_sub(body_start + removed_bytes);
            let start = start.filter(|_| span.start >= cut_end);
            let mapped_span = start.map(|start| Span::new(start, start + span.len()));
            mapped_span.ok_or(cut_end.saturating_sub(body_start + removed_bytes))
        })
    }

    /// The headings of `record` that were left out, in order.
    pub(crate) fn hidden_headings(&self, record: &Record) -> Vec<HiddenHeading> {
        let lines = || record.document.sections.iter().map(|section| section.heading);
        let mapped_spans = self.mapped_spans(record, lines());
        let hidden = lines().zip(mapped_spans).filter_map(|(line, mapped_span)| {
            let offset = mapped_span.err()?;
            Some(HiddenHeading { heading: heading_of_lines(line.of(record.text())), offset })
        });
        hidden.collect()
    }
}

/// The text that the page of `record` shows.
pub(crate) fn visible_text(record: &Record) -> VisibleText {
    let body = record.document.body;
    let title = title_section(record);
    let lines_above = title.map_or(record.document.preamble, |title| title.body);
    let shown = ShownSpans::new(shown_spans(record));
    let mut cuts = hidden_sections(record, &shown);
    cuts.extend(hidden_lines(record.text(), lines_above, &shown));
    cuts.sort_unstable();
    let mut text = String::with_capacity(body.len());
    let mut copied_to = body.start;
    for cut in &cuts {
        text.push_str(Span::new(copied_to, cut.start.max(copied_to)).of(record.text()));
        copied_to = copied_to.max(cut.end);
    }
    text.push_str(Span::new(copied_to, body.end).of(record.text()));
    let mut visible = VisibleText { text, title: None, cuts };
    let title_line = title.map(|section| section.heading);
    let title_line = visible.mapped_spans(record, title_line.into_iter()).next();
    visible.title = title_line.and_then(Result::ok);
    visible
}

/// The section that has the title of the page as its heading.
fn title_section(record: &Record) -> Option<&Section> {
    let title = record.title.as_ref()?;
    let first_section = record.document.sections.first()?;
    let is_title = match (title.layout, title.span) {
        (Layout::Title, Some(span)) => first_section.heading.contains(span),
        _ => first_section.title.contains(&title.value),
    };
    is_title.then_some(first_section)
}

/// The spans of a text that the header shows, indexed, because every line is looked up.
struct ShownSpans {
    cover: Cover,
    /// The same spans, joined if they meet.
    joined: Vec<Span>,
}

impl ShownSpans {
    fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let cover = Cover::new(spans.into_iter().filter(|span| !span.is_empty()));
        let joined = cover.joined();
        Self { cover, joined }
    }

    /// The text of `region` that is not shown.
    fn uncovered(&self, text: &str, region: Span) -> String {
        let mut uncovered = String::new();
        let mut covered_to = region.start;
        let first = self.joined.partition_point(|span| span.end <= region.start);
        let within = self.joined.iter().skip(first).take_while(|span| span.start < region.end);
        for span in within {
            uncovered.push_str(Span::new(covered_to, span.start.max(covered_to)).of(text));
            covered_to = covered_to.max(span.end);
        }
        uncovered.push_str(Span::new(covered_to, region.end.max(covered_to)).of(text));
        uncovered
    }
}

/// The spans of everything that the header shows.
fn shown_spans(record: &Record) -> Vec<Span> {
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    let mut shown: Vec<Span> = lists.into_iter().flatten().map(|value| value.span).collect();
    shown.extend(record.relations.iter().map(|relation| relation.span));
    let valid_date = record.date.as_ref().filter(|date| date.value.date().is_some());
    shown.extend(valid_date.and_then(|date| date.span));
    let status_spans = status_spans(record, &ShownSpans::new(shown.iter().copied()));
    shown.extend(status_spans);
    shown
}

/// The spans of the statements of the status that contain its word, relations, and nothing else. Empty if the
/// statements disagree.
fn status_spans(record: &Record, relations: &ShownSpans) -> Vec<Span> {
    let word_count = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
    };
    let Some(first) = record.statuses.first() else { return vec![] };
    if record.statuses.iter().any(|status| status.value != first.value) {
        return vec![];
    }
    let status_length = word_count(&first.value.word);
    let spans = record.statuses.iter().filter_map(|status| status.span);
    let is_complete =
        |span: &Span| word_count(&relations.uncovered(record.text(), *span)) <= status_length;
    spans.filter(is_complete).collect()
}

/// The sections with nothing but what the header shows: *Status*, *Date*, *Deciders*.
fn hidden_sections(record: &Record, shown: &ShownSpans) -> Vec<Span> {
    let title_end = title_section(record).map_or(0, |title| title.heading.end);
    let text = record.text();
    let hidden = record.document.sections.iter().filter(|section| {
        let has_no_subsections = section.body.end == section.end;
        let hidden_body = || ShownSpans::new(hidden_lines(text, section.body, shown));
        has_no_subsections
            && section.heading.start >= title_end
            && shown.cover.has_within(section.body)
            && has_no_words(&hidden_body().uncovered(text, section.body))
    });
    hidden.map(|section| section.heading.to(section.body)).collect()
}

fn has_no_words(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// Whether `text` is only the name of a field: `* Deciders:`.
fn is_field_name(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let value = words.split_once([':', '|']).map(|(_, value)| value);
    value.is_some_and(has_no_words) && words.len() < 40
}

/// The lines of `region` with nothing but what the header shows.
fn hidden_lines(text: &str, region: Span, shown: &ShownSpans) -> Vec<Span> {
    let mut hidden: Vec<Span> = Vec::new();
    // Field names without a value, which may follow on a line below. They are hidden together with it.
    let mut open_fields: Vec<Span> = Vec::new();
    let mut starts_paragraph = true;
    for span in region.lines(text) {
        let line = span.of(text);
        let has_shown = shown.cover.overlaps(span);
        let continues_hidden = hidden.last().is_some_and(|line| line.end == span.start);
        let may_hide = starts_paragraph || continues_hidden || !open_fields.is_empty();
        if line.trim().is_empty() {
            starts_paragraph = true;
            continue;
        }
        let is_shown =
            |uncovered: &str| is_field_name(uncovered) || may_hide && has_no_words(uncovered);
        if has_shown && is_shown(&shown.uncovered(text, span)) {
            hidden.append(&mut open_fields);
            hidden.push(span);
        } else {
            open_fields.clear();
            if !has_shown && is_field_name(line) {
                open_fields.push(span);
            }
        }
        starts_paragraph = false;
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::visible_text;
    use crate::format::{Recognised, Words, recognise};
    use crate::text::Source;

    /// Checks the visible text of a record.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = Words::new(std::iter::empty());
        let source = Source::new("0001-a.md", text);
        let Recognised::Record(record) = recognise(source, "0001-a.md", &words) else { panic!() };
        assert_eq!(visible_text(&record).text, expected);
    }

    #[test]
    fn a_status_that_the_head_shows_is_left_out() {
        check(
            "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nx\n",
            "# 1. A\n\n\n## Context\n\nx\n",
        );
    }

    #[test]
    fn a_status_that_says_more_stays() {
        let text = "# 1. A\n\n## Status\n\nAccepted, but only for the web\n\n## Context\n\nx\n";
        check(text, text);
    }

    #[test]
    fn a_list_of_relations_that_the_page_shows_is_left_out() {
        check(
            "# 1. A\n\n## Status\n\nAccepted\n\nRelates to:\n\n- [ADR 2](0002-b.md)\n\n## Context\n\nx\n",
            "# 1. A\n\n## Context\n\nx\n",
        );
    }

    #[test]
    fn bullets_of_fields_are_left_out_and_others_stay() {
        check(
            "# A\n\n* Status: accepted\n* Deciders: Ann, Bob\n* Ticket: X-1\n\n## Context\n\nx\n",
            "# A\n\n* Ticket: X-1\n\n## Context\n\nx\n",
        );
    }
}
