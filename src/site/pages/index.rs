//! `/index.html`: all decisions, newest first.

use serde::Serialize;
use tera::Context;

use crate::model::{RecordId, SkipReason};
use crate::site::group::by_year;
use crate::site::view::{Row, StatusView};
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: Some("nav_index"),
    files: |_| vec![File::log("index.html")],
    fill: Fill::Template("index.html", values),
};

/// Records below a heading.
#[derive(Serialize)]
pub(super) struct Section {
    heading: Option<String>,
    rows: Vec<Row>,
}

/// A status, with the page of its records.
#[derive(Serialize)]
struct Filter {
    url: String,
    status: StatusView,
    count: usize,
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    let skipped: Vec<_> = site
        .log
        .skipped()
        .iter()
        .map(|one| (&one.file, site.messages.get(reason(one.reason))))
        .collect();
    let mut context = Context::new();
    filters(site, &mut context);
    context.insert("groups", &sections(site, &ids));
    context.insert("in_force", &ids.iter().filter(|id| site.log.in_force(**id)).count());
    context.insert("base", &site.changes.map(|changes| &changes.base));
    context.insert("changed", &site.changes.map_or(0, |changes| changes.all.len()));
    context.insert("changes", super::changes::PATH);
    context.insert("skipped", &skipped);
    context
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
    }
}

/// The records `ids` as a list, newest first.
pub(super) fn sections(site: &Site<'_>, ids: &[RecordId]) -> Vec<Section> {
    sections_with(site, ids, |_| None)
}

/// The same, with a note on a record below it.
pub(super) fn sections_with(
    site: &Site<'_>,
    ids: &[RecordId],
    note: impl Fn(RecordId) -> Option<String>,
) -> Vec<Section> {
    let row = |id: RecordId| Row { note: note(id), ..site.row(id) };
    by_year(site.log, ids)
        .into_iter()
        .map(|(year, ids)| Section {
            heading: year.map(|year| year.to_string()),
            rows: ids.into_iter().map(row).collect(),
        })
        .collect()
}

/// The filters by status of a list.
pub(super) fn filters(site: &Site<'_>, context: &mut Context) {
    let statuses: Vec<Filter> = site
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
