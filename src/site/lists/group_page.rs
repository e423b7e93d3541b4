//! The pages of tags and of people: one with all groups, and one per group.

use serde::Serialize;
use tera::Context;

use super::sections::list_sections;
use crate::Result;
use crate::site::plan::{Facts, RecordGroup};
use crate::site::render::PageValues;
use crate::site::{PageFile, PageSubject};

/// A group, with its page.
#[derive(Serialize)]
struct GroupLink<'g> {
    url: String,
    value: &'g str,
    count: usize,
}

/// The values of a page that lists all `groups`.
pub(crate) fn overview_values(
    heading: &str,
    groups: &[RecordGroup],
    path: fn(&RecordGroup) -> String,
) -> Context {
    let entries = groups.iter().map(|group| GroupLink {
        url: path(group),
        value: group.value.as_deref().unwrap_or_default(),
        count: group.records.len(),
    });
    let mut context = Context::new();
    context.insert("heading", heading);
    context.insert("entries", &entries.collect::<Vec<_>>());
    context
}

/// The values of the page of one of the `groups`; `lead` is the key of the text before its name.
pub(crate) fn group_page_values(
    facts: &Facts<'_>,
    groups: &[RecordGroup],
    file: &PageFile,
    lead: &str,
) -> Result<PageValues> {
    let mut values = PageValues::default();
    let PageSubject::Group(index) = file.subject else { return Ok(values) };
    let Some(group) = groups.get(index) else { return Ok(values) };
    let sections = list_sections(facts, (file, &mut values), &group.records)?;
    values.context.insert("heading", &group.value);
    values.context.insert("kind", facts.messages.get(lead));
    values.context.insert("count", &group.records.len());
    values.context.insert("groups", &sections);
    Ok(values)
}
