//! `/tags.html`: all tags.

use serde::Serialize;
use tera::Context;

use super::tag::path;
use crate::site::group::Group;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_tags"), files, fill: Fill::Template("groups.html", values) };

/// Where it is, from the root of the site.
pub(super) const PATH: &str = "tags.html";

fn files(site: &Site<'_>) -> Vec<File> {
    if site.tags.is_empty() { vec![] } else { vec![File::log(PATH)] }
}

fn values(site: &Site<'_>, _: &File) -> Context {
    overview(site.messages.get("nav_tags"), &site.tags, path)
}

/// A group, with its page.
#[derive(Serialize)]
struct Entry<'g> {
    url: String,
    value: &'g str,
    count: usize,
}

/// The values of a page with all of `groups`.
pub(super) fn overview(heading: &str, groups: &[Group], path: fn(&Group) -> String) -> Context {
    let entries: Vec<Entry<'_>> = groups
        .iter()
        .map(|group| {
            let value = group.value.as_deref().unwrap_or_default();
            Entry { url: path(group), value, count: group.records.len() }
        })
        .collect();
    let mut context = Context::new();
    context.insert("heading", heading);
    context.insert("entries", &entries);
    context
}
