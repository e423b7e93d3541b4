//! `/index.html`: all decisions, newest first.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::model::{RecordId, SkipReason};
use crate::site::group::{Group, by_year};
use crate::site::view::StatusView;
use crate::site::{File, Fill, Page, Site, Values};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: Some("nav_index"),
    files: |_| vec![File::log("index.html")],
    fill: Fill::Long("index.html", values),
};

/// Records below a heading.
#[derive(Serialize)]
pub(super) struct Section {
    heading: Option<String>,
    /// As `_rows.html` writes them.
    rows: Value,
}

/// A status, with the page of its records.
#[derive(Serialize)]
struct Filter<'s> {
    url: String,
    status: StatusView<'s>,
    count: usize,
}

/// The values of a field, each with the page of its records.
#[derive(Serialize)]
struct Facet<'s> {
    /// What an address calls the field: `?tag=api`.
    key: &'static str,
    name: &'s str,
    values: Vec<Entry<'s>>,
    /// The page with all of them, where these are the most frequent.
    more: Option<&'static str>,
    /// How many there are altogether.
    count: usize,
}

/// A value of a field, and how many records have it.
#[derive(Serialize)]
struct Entry<'s> {
    url: String,
    value: Cow<'s, str>,
    count: usize,
}

/// How many values of a field the list names; the others have pages all the same.
const NAMED: usize = 60;

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    let skipped: Vec<_> = site
        .log
        .skipped()
        .iter()
        .map(|one| (&one.file, site.messages.get(reason(one.reason))))
        .collect();
    let mut values = Values::default();
    let sections = sections(site, (file, &mut values), &ids)?;
    let context = &mut values.context;
    filters(site, context);
    context.insert("groups", &sections);
    context.insert("facets", &facets(site));
    context.insert("in_force", &ids.iter().filter(|id| site.log.in_force(**id)).count());
    context.insert("base", &site.changes.map(|changes| &changes.base));
    context.insert("changed", &site.changes.map_or(0, |changes| changes.all.len()));
    context.insert("changes", super::changes::PATH);
    context.insert("skipped", &skipped);
    Ok(values)
}

/// The fields that the list can be narrowed by beside the status.
fn facets<'s>(site: &'s Site<'_>) -> Vec<Facet<'s>> {
    let groups = |key, name, groups: &'s [Group], path: fn(&Group) -> String, all| {
        let mut values: Vec<Entry<'_>> = groups
            .iter()
            .map(|group| Entry {
                url: path(group),
                value: group.value.as_deref().unwrap_or_default().into(),
                count: group.records.len(),
            })
            .collect();
        // The most frequent ones, in the order of the alphabet.
        values.sort_by_key(|entry| Reverse(entry.count));
        values.truncate(NAMED);
        values.sort_by_cached_key(|entry| entry.value.to_lowercase());
        let more = (values.len() < groups.len()).then_some(all);
        Facet { key, name: site.messages.get(name), values, more, count: groups.len() }
    };
    let facets = [
        groups("tag", "by_tag", &site.tags, super::tag::path, super::tags::PATH),
        groups("person", "by_person", &site.people, super::person::path, super::people::PATH),
        years(site),
    ];
    facets.into_iter().filter(|facet| facet.count > 0).collect()
}

/// The years of the decisions, the newest first; none where they are all of one year.
fn years<'s>(site: &'s Site<'_>) -> Facet<'s> {
    let mut found: BTreeMap<i16, usize> = BTreeMap::new();
    for record in site.log.records() {
        if let Some(date) = record.date() {
            *found.entry(date.year()).or_default() += 1;
        }
    }
    let several = found.iter().rev().filter(|_| found.len() > 1);
    let values: Vec<Entry<'_>> = several
        .map(|(year, count)| Entry {
            url: super::timeline::of_year(*year),
            value: year.to_string().into(),
            count: *count,
        })
        .collect();
    let name = site.messages.get("by_year");
    Facet { key: "year", name, count: values.len(), values, more: None }
}

/// The key of the words for why a file is no record.
fn reason(reason: SkipReason) -> &'static str {
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

/// The records `ids` as a list on the page `file` with these values, newest first.
pub(super) fn sections(
    site: &Site<'_>,
    (file, values): (&File, &mut Values),
    ids: &[RecordId],
) -> Result<Vec<Section>> {
    sections_of(site, values, ids, |ids| site.rows(file, ids))
}

/// The same, of `rows` that are made for the list.
pub(super) fn sections_of(
    site: &Site<'_>,
    values: &mut Values,
    ids: &[RecordId],
    rows: impl Fn(&[RecordId]) -> Result<Vec<String>>,
) -> Result<Vec<Section>> {
    let section = |(year, ids): (Option<i16>, Vec<RecordId>)| {
        let rows = values.part(rows(&ids)?);
        Ok(Section { heading: year.map(|year| year.to_string()), rows })
    };
    by_year(site.log, ids).into_iter().map(section).collect()
}

/// The filters by status of a list.
pub(super) fn filters(site: &Site<'_>, context: &mut Context) {
    let statuses: Vec<Filter<'_>> = site
        .statuses
        .iter()
        .filter_map(|group| {
            let status = site.status(*group.records.first()?);
            let url = super::status::path(group);
            Some(Filter { url, status, count: group.records.len() })
        })
        .collect();
    context.insert("statuses", &statuses);
    context.insert("total", &site.log.records().len());
}
