//! What the head of a page says already: the lines and sections of a record that are left out of
//! its text, because all that they say stands above it.
//!
//! A line that says a word more than the head does stays, all of it.

use super::markdown::Named;
use crate::model::{Layout, Record};
use crate::syntax::{Section, heading_of_lines};
use crate::text::{Cover, Span};

/// The text of a record that its page shows.
#[derive(Debug)]
pub(super) struct Shown {
    /// The Markdown, without front matter and without what is said above it.
    pub text: String,
    /// The line of the heading that is the page's own heading, in `text`.
    pub title: Option<Span>,
    /// What was left out of the text of the record, in its order.
    cuts: Vec<Span>,
}

impl Shown {
    /// Where what is in the text of `record` is in this text; as an error, where it was left out.
    /// `spans` are in the order of the text.
    fn places(
        &self,
        record: &Record,
        spans: impl Iterator<Item = Span>,
    ) -> impl Iterator<Item = Result<Span, usize>> {
        let begin = record.document.body.start;
        let mut cuts = self.cuts.iter().peekable();
        let (mut done, mut gone) = (begin, 0);
        spans.map(move |span| {
            while let Some(cut) = cuts.next_if(|cut| cut.start <= span.start) {
                gone += cut.end.saturating_sub(cut.start.max(done));
                done = done.max(cut.end);
            }
            let start = span.start.checked_sub(begin + gone).filter(|_| span.start >= done);
            let place = start.map(|start| Span::new(start, start + span.len()));
            place.ok_or(done.saturating_sub(begin + gone))
        })
    }

    /// The headings of `record` that were left out, in their order.
    pub(super) fn named(&self, record: &Record) -> Vec<Named> {
        let lines = || record.document.sections.iter().map(|section| section.heading);
        let places = self.places(record, lines());
        let left_out = lines().zip(places).filter_map(|(line, place)| {
            let at = place.err()?;
            Some(Named { heading: heading_of_lines(line.of(record.text())), at })
        });
        left_out.collect()
    }
}

/// The text that the page of `record` shows.
pub(super) fn shown(record: &Record) -> Shown {
    let body = record.document.body;
    let above = title(record).map_or(record.document.preamble, |title| title.body);
    let said = Said::new(said(record));
    let mut cuts = sections(record, &said);
    cuts.extend(lines(record.text(), above, &said));
    cuts.sort_unstable();
    let mut text = String::with_capacity(body.len());
    let mut done = body.start;
    for cut in &cuts {
        text.push_str(Span::new(done, cut.start.max(done)).of(record.text()));
        done = done.max(cut.end);
    }
    text.push_str(Span::new(done, body.end).of(record.text()));
    let mut shown = Shown { text, title: None, cuts };
    let title = title(record).map(|section| section.heading);
    let title = shown.places(record, title.into_iter()).next();
    shown.title = title.and_then(Result::ok);
    shown
}

/// The section whose heading says what the page's own heading says.
fn title(record: &Record) -> Option<&Section> {
    let title = record.title.as_ref()?;
    let first = record.document.sections.first()?;
    let is_title = match (title.layout, title.span) {
        (Layout::Title, Some(span)) => first.heading.contains(span),
        _ => first.title.contains(&title.value),
    };
    is_title.then_some(first)
}

/// What is said above a text: any number of statements, asked about for any number of lines.
struct Said {
    cover: Cover,
    /// The same, joined where they meet.
    joined: Vec<Span>,
}

impl Said {
    fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let cover = Cover::new(spans.into_iter().filter(|span| !span.is_empty()));
        let joined = cover.joined();
        Self { cover, joined }
    }

    /// The text of `region` that is not said.
    fn uncovered(&self, text: &str, region: Span) -> String {
        let mut left = String::new();
        let mut done = region.start;
        let first = self.joined.partition_point(|span| span.end <= region.start);
        let within = self.joined.iter().skip(first).take_while(|span| span.start < region.end);
        for span in within {
            left.push_str(Span::new(done, span.start.max(done)).of(text));
            done = done.max(span.end);
        }
        left.push_str(Span::new(done, region.end.max(done)).of(text));
        left
    }
}

/// The bytes of everything that the head says.
fn said(record: &Record) -> Vec<Span> {
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    let mut said: Vec<Span> = lists.into_iter().flatten().map(|one| one.span).collect();
    said.extend(record.relations.iter().map(|relation| relation.span));
    said.extend(
        record.date.as_ref().filter(|date| date.value.date().is_some()).and_then(|d| d.span),
    );
    let status = status(record, &Said::new(said.iter().copied()));
    said.extend(status);
    said
}

/// The bytes of every statement of the status, where they hold the word for it, relations, and
/// nothing else. None where one statement says something else than another.
fn status(record: &Record, relations: &Said) -> Vec<Span> {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
    };
    let Some(first) = record.statuses.first() else { return vec![] };
    if record.statuses.iter().any(|status| status.value != first.value) {
        return vec![];
    }
    let spans = record.statuses.iter().filter_map(|status| status.span);
    let says_no_more =
        |span: &Span| words(&relations.uncovered(record.text(), *span)) <= words(&first.value.word);
    spans.filter(says_no_more).collect()
}

/// The sections that say nothing but what the head says: *Status*, *Date*, *Deciders*.
fn sections(record: &Record, said: &Said) -> Vec<Span> {
    let begins = title(record).map_or(0, |title| title.heading.end);
    let own = record.document.sections.iter().filter(|section| {
        let is_leaf = section.body.end == section.end && section.heading.start >= begins;
        let cuts = || Said::new(lines(record.text(), section.body, said));
        is_leaf
            && said.cover.has_within(section.body)
            && is_bare(&cuts().uncovered(record.text(), section.body))
    });
    own.map(|section| section.heading.to(section.body)).collect()
}

/// Whether there is no word in `text`.
fn is_bare(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// Whether all that `text` says is the name of a field: `* Deciders:`.
fn is_key(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let after = words.split_once([':', '|']).map(|(_, after)| after);
    after.is_some_and(is_bare) && words.len() < 40
}

/// The lines of `region` that say nothing but what `said` covers.
fn lines(text: &str, region: Span, said: &Said) -> Vec<Span> {
    let mut cuts: Vec<Span> = Vec::new();
    // Lines that name a field, and wait for one below them that says its value.
    let mut waiting: Vec<Span> = Vec::new();
    let mut is_new = true;
    for span in region.lines(text) {
        let line = span.of(text);
        let says = said.cover.overlaps(span);
        let is_below = cuts.last().is_some_and(|cut| cut.end == span.start);
        let can_go = is_new || is_below || !waiting.is_empty();
        if line.trim().is_empty() {
            is_new = true;
            continue;
        }
        let goes = |rest: &str| is_key(rest) || can_go && is_bare(rest);
        if says && goes(&said.uncovered(text, span)) {
            cuts.append(&mut waiting);
            cuts.push(span);
        } else {
            waiting.clear();
            if !says && is_key(line) {
                waiting.push(span);
            }
        }
        is_new = false;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::format::{Recognised, Words, recognise};
    use crate::text::Source;

    /// What is left of a record.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = Words::new(std::iter::empty());
        let source = Source::new("0001-a.md", text);
        let Recognised::Record(record) = recognise(source, "0001-a.md", &words) else { panic!() };
        assert_eq!(shown(&record).text, expected);
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
