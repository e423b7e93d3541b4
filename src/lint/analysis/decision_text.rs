//! What a record says as prose: its text without the statements that may change after a decision.
//! Knows no rule.

use std::collections::HashSet;

use crate::format::{Field, Words, places};
use crate::model::{Layout, Record, Role};
use crate::syntax::{Block, Section, blocks};
use crate::text::Span;

/// The prose of a record.
pub(in crate::lint) struct DecisionText {
    /// What was decided, and why.
    pub main: Vec<Block>,
    /// What stands below headings such as *Amendments* and *Changelog*.
    pub appendix: Vec<Block>,
}

/// Headings of sections that grow after the decision.
const APPENDICES: [&str; 9] = [
    "amendment",
    "amendments",
    "change log",
    "changelog",
    "changes",
    "history",
    "revision history",
    "update",
    "updates",
];

impl DecisionText {
    /// The prose of `record`, whose fields are named by `words`.
    pub(in crate::lint) fn of(record: &Record, words: &Words) -> Self {
        let mut text = record.text().as_bytes().to_vec();
        let stated = statements(record).into_iter().chain(other_statements(record, words));
        for span in stated {
            for byte in text.get_mut(span.range()).into_iter().flatten() {
                // Never a part of a character: the bytes of all of them become blanks.
                if !matches!(*byte, b'\n' | b'\r') {
                    *byte = b' ';
                }
            }
        }
        let text = String::from_utf8(text).unwrap_or_default();
        let all = blocks(&record.document, &text);
        let bare = bare_headings(record, &all);
        let sections = &record.document.sections;
        let appendices: Vec<Span> = sections
            .iter()
            .filter(|section| APPENDICES.contains(&section.title.to_lowercase().as_str()))
            .map(|section| Span::new(section.heading.start, section.end))
            .collect();
        let all = all.into_iter().filter(|block| !bare.contains(&block.span.start));
        let (appendix, main) =
            all.partition(|block| appendices.iter().any(|one| one.contains(block.span)));
        Self { main, appendix }
    }
}

/// What states something that may change: the section of the status, the title, and the lines of
/// the fields and relations.
fn statements(record: &Record) -> Vec<Span> {
    let text = record.text();
    let body = record.document.body;
    let lines = |span: Span| {
        let whole = span.whole_lines(text);
        // A byte order mark before the first line is no part of it.
        Span::new(whole.start.max(body.start.min(span.start)), whole.end)
    };
    let field = |span: Span, layout: Layout| {
        if layout >= Layout::Prose { span } else { lines(span) }
    };
    let mut spans = Vec::new();
    let statuses = record.statuses.iter().filter_map(|one| Some(field(one.span?, one.layout)));
    spans.extend(statuses);
    let date = record.date.as_ref();
    spans.extend(date.and_then(|date| Some(field(date.span?, date.layout))));
    spans.extend(record.relations.iter().map(|one| field(one.span, one.layout)));
    let people = [&record.decision_makers, &record.consulted, &record.informed, &record.tags];
    spans.extend(people.into_iter().flatten().map(|one| lines(one.span)));
    for (section, role) in record.document.sections.iter().zip(&record.roles) {
        if *role == Some(Role::Status) {
            spans.push(section.heading.to(section.content()));
        }
    }
    let title = record.title.as_ref().and_then(|title| title.span);
    spans.extend(title.map(lines));
    spans.retain(|span| span.start >= body.start && span.end <= body.end);
    spans
}

/// The fields that may change, wherever they are stated.
const FIELDS: [Field; 7] = [
    Field::Status,
    Field::Date,
    Field::Review,
    Field::Tags,
    Field::Deciders,
    Field::Consulted,
    Field::Informed,
];

/// What states a field that is also stated elsewhere, and is not what is believed: a date of the last change beside that
/// of the decision, a section that the front matter repeats.
fn other_statements(record: &Record, words: &Words) -> Vec<Span> {
    let (text, body) = (record.text(), record.document.body);
    let sections = &record.document.sections;
    // A section below another one is a part of its text, whatever its heading says.
    let main = sections.iter().map(|section| section.level).filter(|level| *level > 1).min();
    let all = FIELDS.iter().flat_map(|field| places(record, *field, words));
    let spans = all.filter_map(|place| match place.layout {
        Layout::FrontMatter => None,
        Layout::Section => {
            let section = sections.iter().find(|one| one.title_span == place.key.span)?;
            let is_main = Some(section.level) == main;
            is_main.then(|| section.heading.to(section.content()))
        }
        _ => Some(place.key.span.to(place.value).whole_lines(text)),
    });
    spans.filter(|span| span.start >= body.start && span.end <= body.end).collect()
}

/// Where the headings of sections begin that hold no words, subsections included.
fn bare_headings(record: &Record, blocks: &[Block]) -> HashSet<usize> {
    let starts: Vec<usize> = blocks.iter().map(|block| block.span.start).collect();
    let is_bare = |section: &&Section| {
        let content = section.content();
        let first = starts.partition_point(|start| *start < content.start);
        starts.get(first).is_none_or(|start| *start >= content.end)
    };
    let sections = record.document.sections.iter().filter(is_bare);
    sections.map(|section| section.heading.start).collect()
}

/// The first block of `new` that `old` does not have at that place; the last, where the end is gone,
/// and `place`, where nothing is left. `None` where both are the same.
pub(in crate::lint) fn first_difference(old: &[Block], new: &[Block], place: Span) -> Option<Span> {
    let same = old.iter().zip(new).take_while(|(old, new)| old.words == new.words).count();
    let differs = same < old.len() || same < new.len();
    differs.then(|| new.get(same).or(new.last()).map_or(place, |block| block.span))
}
