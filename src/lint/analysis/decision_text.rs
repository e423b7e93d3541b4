//! The text of a decision: a record without the statements that may change later.

use std::collections::HashSet;

use crate::format::{Field, Words, places};
use crate::model::{Layout, Record, Role};
use crate::syntax::{Block, Section, blocks};
use crate::text::Span;

/// The blocks of text that hold a decision.
pub(in crate::lint) struct DecisionText {
    /// The decision and its reasons.
    pub main: Vec<Block>,
    /// The sections with headings such as *Amendments* and *Changelog*.
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
    /// The text of `record`, in which `words` name fields.
    pub(in crate::lint) fn of(record: &Record, words: &Words) -> Self {
        let mut bytes = record.text().as_bytes().to_vec();
        let changeable = statements(record).into_iter().chain(other_statements(record, words));
        for span in changeable {
            // Whole characters become spaces, so that the result is valid UTF-8.
            for byte in bytes.get_mut(span.range()).into_iter().flatten() {
                if !matches!(*byte, b'\n' | b'\r') {
                    *byte = b' ';
                }
            }
        }
        let blanked = String::from_utf8(bytes).unwrap_or_default();
        let blocks = blocks(&record.document, &blanked);
        let empty_headings = headings_without_text(record, &blocks);
        let sections = &record.document.sections;
        let appendices: Vec<Span> = sections
            .iter()
            .filter(|section| APPENDICES.contains(&section.title.to_lowercase().as_str()))
            .map(|section| Span::new(section.heading.start, section.end))
            .collect();
        let blocks = blocks.into_iter().filter(|block| !empty_headings.contains(&block.span.start));
        let is_in_appendix =
            |block: &Block| appendices.iter().any(|appendix| appendix.contains(block.span));
        let (appendix, main) = blocks.partition(is_in_appendix);
        Self { main, appendix }
    }
}

/// The statements that may change: the section of the status, the title, and the lines of fields and relations.
fn statements(record: &Record) -> Vec<Span> {
    let text = record.text();
    let body = record.document.body;
    let lines = |span: Span| {
        let whole_lines = span.whole_lines(text);
        // Excludes a byte order mark before the first line.
        Span::new(whole_lines.start.max(body.start.min(span.start)), whole_lines.end)
    };
    let field = |span: Span, layout: Layout| {
        if layout >= Layout::Prose { span } else { lines(span) }
    };
    let mut statements = Vec::new();
    let statuses = record.statuses.iter().filter_map(|one| Some(field(one.span?, one.layout)));
    statements.extend(statuses);
    let date = record.date.as_ref();
    statements.extend(date.and_then(|date| Some(field(date.span?, date.layout))));
    statements.extend(record.relations.iter().map(|one| field(one.span, one.layout)));
    let lists = [&record.decision_makers, &record.consulted, &record.informed, &record.tags];
    statements.extend(lists.into_iter().flatten().map(|one| lines(one.span)));
    for (section, role) in record.document.sections.iter().zip(&record.roles) {
        if *role == Some(Role::Status) {
            statements.push(section.heading.to(section.content()));
        }
    }
    let title = record.title.as_ref().and_then(|title| title.span);
    statements.extend(title.map(lines));
    statements.retain(|span| span.start >= body.start && span.end <= body.end);
    statements
}

/// The fields that may change.
const FIELDS: [Field; 7] = [
    Field::Status,
    Field::Date,
    Field::Review,
    Field::Tags,
    Field::Deciders,
    Field::Consulted,
    Field::Informed,
];

/// Further statements of fields, which are not the ones that count: the date of the last change next to the date of the
/// decision, or a section that the front matter repeats.
fn other_statements(record: &Record, words: &Words) -> Vec<Span> {
    let (text, body) = (record.text(), record.document.body);
    let sections = &record.document.sections;
    // A subsection is part of the text of its section, even if its heading names a field.
    let main_level = sections.iter().map(|section| section.level).filter(|level| *level > 1).min();
    let places = FIELDS.iter().flat_map(|field| places(record, *field, words));
    let statements = places.filter_map(|place| match place.layout {
        Layout::FrontMatter => None,
        Layout::Section => {
            let section = sections.iter().find(|one| one.title_span == place.key.span)?;
            let is_main = Some(section.level) == main_level;
            is_main.then(|| section.heading.to(section.content()))
        }
        _ => Some(place.key.span.to(place.value).whole_lines(text)),
    });
    statements.filter(|span| span.start >= body.start && span.end <= body.end).collect()
}

/// The starts of the headings of sections without text, including their subsections.
fn headings_without_text(record: &Record, blocks: &[Block]) -> HashSet<usize> {
    let block_starts: Vec<usize> = blocks.iter().map(|block| block.span.start).collect();
    let is_without_text = |section: &&Section| {
        let content = section.content();
        let first_index = block_starts.partition_point(|start| *start < content.start);
        block_starts.get(first_index).is_none_or(|start| *start >= content.end)
    };
    let sections = record.document.sections.iter().filter(is_without_text);
    sections.map(|section| section.heading.start).collect()
}

/// The first block of `new` that differs from `old`; the last block if the end was removed, and `place` if nothing is
/// left. `None` if both are the same.
pub(in crate::lint) fn first_difference(old: &[Block], new: &[Block], place: Span) -> Option<Span> {
    let equal_count = old.iter().zip(new).take_while(|(old, new)| old.words == new.words).count();
    let is_different = equal_count < old.len() || equal_count < new.len();
    is_different.then(|| new.get(equal_count).or(new.last()).map_or(place, |block| block.span))
}
