//! How records are built: their sections and the lists in them.

use std::collections::HashSet;

use crate::model::{Layout, Lifecycle, Number, Record, Role};
use crate::syntax::{FrontMatter, Section, lines};
use crate::text::Span;

/// Whether the format of the record expects a section for `role`, and the record has none. Formats without a fixed
/// structure expect none.
pub(in crate::lint) fn lacks(record: &Record, role: Role) -> bool {
    let expected_roles = record.format.expects;
    let is_expected = expected_roles.contains(&Role::Context) && expected_roles.contains(&role);
    is_expected && record.section(role).is_none() && !has_heading_with_name(record, role)
}

/// Whether a heading without a known role contains the name of this one.
fn has_heading_with_name(record: &Record, role: Role) -> bool {
    let names: &[&str] = match role {
        Role::Context => &["context"],
        Role::Decision => &["decision", "decisions"],
        Role::Consequences => &["consequences", "consequence"],
        _ => &[],
    };
    let title = record.title.as_ref().and_then(|title| title.span);
    let sections = record.document.sections.iter().zip(&record.roles);
    let mut unknown_sections = sections.filter(|(section, role)| {
        role.is_none() && Some(section.title_span) != title && section.level > 1
    });
    unknown_sections.any(|(section, _)| {
        let mut words = section.title.split(|c: char| !c.is_alphanumeric());
        words.any(|word| names.iter().any(|name| word.eq_ignore_ascii_case(name)))
    })
}

/// Whether the record is a draft or a proposal, so that parts of it may still be missing.
pub(in crate::lint) fn is_being_written(record: &Record) -> bool {
    record.status().and_then(|status| status.meaning).is_some_and(Lifecycle::is_open)
}

/// Whether the text of the record has a title.
pub(in crate::lint) fn has_title(record: &Record) -> bool {
    record.title.as_ref().is_some_and(|title| {
        let words = title.value.trim_matches(|c: char| !c.is_alphanumeric());
        // `# 4.` is not a title, but only repeats the number.
        let number = record.number.as_ref().map(|number| number.value.value);
        let is_number = Number::read(words).is_some_and(|read| Some(read.value) == number);
        let is_stated = !matches!(title.layout, Layout::FileName | Layout::Folder);
        !title.value.trim().is_empty() && is_stated && !is_number
    })
}

/// The place at which missing parts of a record are reported: its title, or its first heading.
pub(in crate::lint) fn title_place(record: &Record) -> Span {
    let title = record.title.as_ref().and_then(|title| title.span);
    let heading = record.document.sections.first().map(|section| section.title_span);
    title.or(heading).unwrap_or_default()
}

/// Whether a key occurs twice in the front matter.
pub(in crate::lint) fn has_duplicate_key(front: &FrontMatter) -> bool {
    let mut known_keys = HashSet::new();
    !front.entries.iter().all(|entry| known_keys.insert(entry.key.value.as_str()))
}

/// The options in a section: the items of the outermost list, and the subsections, except those with another role.
pub(in crate::lint) fn options(record: &Record, section: &Section) -> Vec<Span> {
    let sections = record.document.sections.iter().zip(&record.roles);
    let subsections = sections.filter(|(other, role)| {
        other.level == section.level + 1
            && section.content().contains(other.heading)
            && role.is_none_or(|role| role == Role::Options)
    });
    let headings = subsections.map(|(subsection, _)| subsection.title_span);
    items(record.text(), section.body).into_iter().chain(headings).collect()
}

/// The items of the outermost list in `body`, each by its first line.
fn items(text: &str, body: Span) -> Vec<Span> {
    let items =
        lines(text, body).into_iter().filter(|line| line.is_item && !line.content.is_empty());
    let indented: Vec<(usize, Span)> = items.map(|line| (line.indent, line.content)).collect();
    let least_indent = indented.iter().map(|(indent, _)| *indent).min().unwrap_or_default();
    let outermost = indented.into_iter().filter(|(indent, _)| *indent <= least_indent + 1);
    outermost.map(|(_, span)| span).collect()
}
