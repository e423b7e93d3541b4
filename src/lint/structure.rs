//! How records are built: their sections and the lists in them. Knows no rule.

use crate::model::{Layout, Record, Role};
use crate::syntax::Section;
use crate::text::Span;

/// Whether the record's form expects a section for `role`, and the record has none. Forms that
/// leave it open what a record contains expect nothing here.
pub(super) fn lacks(record: &Record, role: Role) -> bool {
    let expected = record.format.expects;
    let strict = expected.contains(&Role::Context) && expected.contains(&role);
    strict && record.section(role).is_none()
}

/// Whether the text of the record says what it is called.
pub(super) fn has_title(record: &Record) -> bool {
    record.title.as_ref().is_some_and(|title| {
        !title.value.trim().is_empty() && !matches!(title.layout, Layout::FileName | Layout::Folder)
    })
}

/// Where to report what a record lacks: its title, or its first heading.
pub(super) fn title_place(record: &Record) -> Span {
    let title = record.title.as_ref().and_then(|title| title.span);
    let heading = record.document.sections.first().map(|section| section.title_span);
    title.or(heading).unwrap_or_default()
}

/// The names in a list of options: the items of the outermost list, or the headings below.
pub(super) fn options(record: &Record, section: &Section) -> Vec<Span> {
    let text = record.text();
    let below =
        record.document.sections.iter().filter(|one| {
            one.level == section.level + 1 && section.content().contains(one.heading)
        });
    let headings: Vec<Span> = below.map(|one| one.title_span).collect();
    if headings.is_empty() { items(text, section.body) } else { headings }
}

/// The items of the outermost list in `body`, each by its first line.
fn items(text: &str, body: Span) -> Vec<Span> {
    let lines = super::prose::lines(text, body.start).take_while(|line| line.end <= body.end);
    let marked: Vec<(usize, Span)> = lines.filter_map(|line| item(text, line)).collect();
    let least = marked.iter().map(|(indent, _)| *indent).min().unwrap_or_default();
    marked.into_iter().filter(|(indent, _)| *indent <= least + 1).map(|(_, span)| span).collect()
}

/// The indent of a list item, and what stands behind its mark.
fn item(text: &str, line: Span) -> Option<(usize, Span)> {
    let words = line.of(text);
    let bare = words.trim_start();
    let indent = words.len() - bare.len();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match bare.get(digits..)?.chars().next()? {
        '*' | '-' | '+' if digits == 0 => 1,
        '.' | ')' if digits > 0 => digits + 1,
        _ => return None,
    };
    let behind = bare.get(mark..)?;
    let span = Span::new(line.end - behind.len(), line.end).trim(text);
    (behind.starts_with(char::is_whitespace) && !span.is_empty()).then_some((indent, span))
}
