//! How records are built: their sections and the lists in them. Knows no rule.

use std::collections::HashSet;

use crate::model::{Layout, Lifecycle, Number, Record, Role};
use crate::syntax::{FrontMatter, Section, lines};
use crate::text::Span;

/// Whether the record's form expects a section for `role`, and the record has none. Forms that
/// leave it open what a record contains expect nothing here.
pub(in crate::lint) fn lacks(record: &Record, role: Role) -> bool {
    let expected = record.format.expects;
    let strict = expected.contains(&Role::Context) && expected.contains(&role);
    strict && record.section(role).is_none() && !is_named(record, role)
}

/// Whether a heading that is not known has the name of the part among its words.
fn is_named(record: &Record, role: Role) -> bool {
    let names: &[&str] = match role {
        Role::Context => &["context"],
        Role::Decision => &["decision", "decisions"],
        Role::Consequences => &["consequences", "consequence"],
        _ => &[],
    };
    let title = record.title.as_ref().and_then(|title| title.span);
    let sections = record.document.sections.iter().zip(&record.roles);
    let mut unknown = sections
        .filter(|(one, role)| role.is_none() && Some(one.title_span) != title && one.level > 1);
    unknown.any(|(one, _)| {
        let mut words = one.title.split(|c: char| !c.is_alphanumeric());
        words.any(|word| names.iter().any(|name| word.eq_ignore_ascii_case(name)))
    })
}

/// Whether the record is a draft or a proposal, so that parts of it may still be missing.
pub(in crate::lint) fn is_being_written(record: &Record) -> bool {
    [Lifecycle::Draft, Lifecycle::Proposed].iter().any(|state| record.is(*state))
}

/// Whether the text of the record says what it is called.
pub(in crate::lint) fn has_title(record: &Record) -> bool {
    record.title.as_ref().is_some_and(|title| {
        let words = title.value.trim_matches(|c: char| !c.is_alphanumeric());
        // `# 4.` says no more than the name of the file.
        let number = record.number.as_ref().map(|number| number.value.value);
        let is_number = Number::read(words).is_some_and(|read| Some(read.value) == number);
        let is_stated = !matches!(title.layout, Layout::FileName | Layout::Folder);
        !title.value.trim().is_empty() && is_stated && !is_number
    })
}

/// Where to report what a record lacks: its title, or its first heading.
pub(in crate::lint) fn title_place(record: &Record) -> Span {
    let title = record.title.as_ref().and_then(|title| title.span);
    let heading = record.document.sections.first().map(|section| section.title_span);
    title.or(heading).unwrap_or_default()
}

/// Whether a key stands twice in the front matter.
pub(in crate::lint) fn has_duplicate_key(front: &FrontMatter) -> bool {
    let mut seen = HashSet::new();
    !front.entries.iter().all(|entry| seen.insert(entry.key.value.as_str()))
}

/// The names in a list of options: the items of the outermost list, and the headings below, but for
/// those of another part of the record.
pub(in crate::lint) fn options(record: &Record, section: &Section) -> Vec<Span> {
    let sections = record.document.sections.iter().zip(&record.roles);
    let below = sections.filter(|(one, role)| {
        one.level == section.level + 1
            && section.content().contains(one.heading)
            && role.is_none_or(|role| role == Role::Options)
    });
    let headings = below.map(|(one, _)| one.title_span);
    items(record.text(), section.body).into_iter().chain(headings).collect()
}

/// The items of the outermost list in `body`, each by its first line.
fn items(text: &str, body: Span) -> Vec<Span> {
    let items =
        lines(text, body).into_iter().filter(|line| line.is_item && !line.content.is_empty());
    let marked: Vec<(usize, Span)> = items.map(|line| (line.indent, line.content)).collect();
    let least = marked.iter().map(|(indent, _)| *indent).min().unwrap_or_default();
    marked.into_iter().filter(|(indent, _)| *indent <= least + 1).map(|(_, span)| span).collect()
}
