//! `/index.html`: all decisions, newest first.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::Result;
use crate::model::{RecordId, SkipReason};
use crate::site::lists::{insert_status_filters, list_sections};
use crate::site::plan::{Facts, RecordGroup};
use crate::site::render::PageValues;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: Some("nav_index"),
    files: |_| vec![PageFile::log("index.html")],
    fill: PageFill::Long("index.html", values),
};

/// A field that the list can be filtered by.
#[derive(Serialize)]
struct Facet<'s> {
    /// The name of the field in addresses: `?tag=api`.
    key: &'static str,
    name: &'s str,
    values: Vec<FacetValue<'s>>,
    /// The page with all values, if these are only the most frequent.
    more: Option<&'static str>,
    /// The number of all values.
    count: usize,
}

/// A value of a field, with its page and the number of its records.
#[derive(Serialize)]
struct FacetValue<'s> {
    url: String,
    value: Cow<'s, str>,
    count: usize,
}

/// The maximum number of values of a field; all other values have pages too.
const MAX_VALUES: usize = 60;

fn values(facts: &Facts<'_>, file: &PageFile) -> Result<PageValues> {
    let ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
    let skipped = facts.log.skipped().iter();
    let skipped: Vec<_> = skipped
        .map(|skipped| (&skipped.file, facts.messages.get(skip_key(skipped.reason))))
        .collect();
    let mut values = PageValues::default();
    let sections = list_sections(facts, (file, &mut values), &ids)?;
    let context = &mut values.context;
    insert_status_filters(context, facts, super::status::path);
    context.insert("groups", &sections);
    context.insert("facets", &facets(facts));
    context.insert("in_force", &ids.iter().filter(|id| facts.log.in_force(**id)).count());
    context.insert("base", &facts.changes.map(|changes| &changes.base));
    context.insert("changed", &facts.changes.map_or(0, |changes| changes.all.len()));
    context.insert("changes", super::changes::PATH);
    context.insert("skipped", &skipped);
    Ok(values)
}

/// The fields, other than the status, that the list can be filtered by.
fn facets<'s>(facts: &'s Facts<'_>) -> Vec<Facet<'s>> {
    let name = |key: &str| facts.messages.get(key);
    let tags = Facet {
        key: "tag",
        name: name("by_tag"),
        values: most_frequent(&facts.tags, super::tag::path),
        more: (facts.tags.len() > MAX_VALUES).then_some(super::tags::PATH),
        count: facts.tags.len(),
    };
    let people = Facet {
        key: "person",
        name: name("by_person"),
        values: most_frequent(&facts.people, super::person::path),
        more: (facts.people.len() > MAX_VALUES).then_some(super::people::PATH),
        count: facts.people.len(),
    };
    let all_fields = [tags, people, years(facts)];
    all_fields.into_iter().filter(|facet| facet.count > 0).collect()
}

/// The most frequent values of a field, in alphabetical order.
fn most_frequent(groups: &[RecordGroup], path: fn(&RecordGroup) -> String) -> Vec<FacetValue<'_>> {
    let values = groups.iter().map(|group| FacetValue {
        url: path(group),
        value: group.value.as_deref().unwrap_or_default().into(),
        count: group.records.len(),
    });
    let mut values: Vec<FacetValue<'_>> = values.collect();
    values.sort_by_key(|value| Reverse(value.count));
    values.truncate(MAX_VALUES);
    values.sort_by_cached_key(|value| value.value.to_lowercase());
    values
}

/// The years of the decisions, newest first; empty if all decisions are of one year.
fn years<'s>(facts: &'s Facts<'_>) -> Facet<'s> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for record in facts.log.records() {
        if let Some(date) = record.date() {
            *counts.entry(date.year()).or_default() += 1;
        }
    }
    let several_years = counts.iter().rev().filter(|_| counts.len() > 1);
    let values: Vec<FacetValue<'_>> = several_years
        .map(|(year, count)| FacetValue {
            url: super::timeline::path_of_year(*year),
            value: year.to_string().into(),
            count: *count,
        })
        .collect();
    let name = facts.messages.get("by_year");
    Facet { key: "year", name, count: values.len(), values, more: None }
}

/// The key of the message for why a file is not a record.
fn skip_key(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Template => "skip_template",
        SkipReason::Index => "skip_index",
        SkipReason::Note => "skip_note",
        SkipReason::Markup => "skip_markup",
        SkipReason::Translation => "skip_translation",
        SkipReason::Unreadable => "skip_unreadable",
        SkipReason::Alias => "skip_alias",
        SkipReason::Site => "skip_site",
    }
}
