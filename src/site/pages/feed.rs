//! `/feed.xml`: what was decided, the newest first; only with a base URL.

use serde::Serialize;
use tera::Context;

use crate::model::RecordId;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Template("feed.xml", values) };

/// The address, from the root of the site.
pub(crate) const PATH: &str = "feed.xml";

/// How many decisions it holds.
const NEWEST: usize = 50;

/// A decision in the feed.
#[derive(Serialize)]
struct Entry {
    url: String,
    id: String,
    title: String,
    status: String,
    updated: String,
    body: String,
}

fn files(site: &Site<'_>) -> Vec<File> {
    if site.base_url.is_some() { vec![File::log(PATH)] } else { vec![] }
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let base = site.base_url.as_deref().unwrap_or_default();
    let mut dated: Vec<_> =
        site.log.iter().filter_map(|(id, record)| Some((record.date()?, id))).collect();
    dated.sort_unstable();
    dated.reverse();
    dated.truncate(NEWEST);
    let entries: Vec<Entry> =
        dated.into_iter().map(|(date, id)| entry(site, base, &date.to_string(), id)).collect();
    let mut context = Context::new();
    context.insert("id", &tag(base, ""));
    context.insert("updated", &entries.first().map(|entry| entry.updated.clone()));
    context.insert("entries", &entries);
    context
}

fn entry(site: &Site<'_>, base: &str, date: &str, id: RecordId) -> Entry {
    let reference = site.reference(id);
    let label = reference.label.map(|label| label + ": ").unwrap_or_default();
    // A date without day stands for the first one.
    let day = if date.len() == 7 { format!("{date}-01") } else { date.to_owned() };
    Entry {
        id: tag(base, &format!("{}#{}-{date}", reference.url, reference.status.class)),
        url: format!("{base}{}", reference.url),
        title: format!("{label}{}", reference.title),
        status: reference.status.word,
        updated: format!("{day}T00:00:00Z"),
        body: site.absolute_body(id, base),
    }
}

/// An id that stays the same wherever the site moves: RFC 4151, with the year that the scheme began.
fn tag(base: &str, path: &str) -> String {
    let address = base.split_once("://").map_or(base, |(_, rest)| rest);
    let (host, folder) = address.split_once('/').unwrap_or((address, ""));
    format!("tag:{host},2026:{folder}{path}")
}
