//! `/feed.xml`: what was decided, the newest first, and `/feed-STATUS.xml` with one kind of event each; only with
//! a base URL.
//!
//! An entry is an event and not a record: a decision that was accepted and later superseded is there
//! twice, and a reader that has seen one of the two is shown the other.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Context;

use crate::model::{Date, Lifecycle, RecordId, Status};
use crate::site::address::slug;
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Template("feed.xml", values) };

/// The address, from the root of the site.
pub(crate) const PATH: &str = "feed.xml";

/// How many events a feed holds.
const NEWEST: usize = 50;

/// Something that happened to a decision.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    date: Date,
    record: RecordId,
    /// The status that it came to, as part of an address.
    kind: String,
    /// The same as the team writes it, or as we do.
    word: String,
}

/// An event in the feed.
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
    if site.base_url.is_none() {
        return vec![];
    }
    let kinds = kinds(&events(site)).into_iter().enumerate();
    let kinds = kinds.map(|(at, kind)| File { path: of(&kind), subject: Subject::Group(at) });
    std::iter::once(File::log(PATH)).chain(kinds).collect()
}

fn of(kind: &str) -> String {
    format!("feed-{kind}.xml")
}

/// The feed with the events that lead to a status, where there is one.
pub(super) fn of_status(site: &Site<'_>, status: &Status) -> Option<String> {
    site.base_url.as_ref()?;
    let own = slug(word(status));
    kinds(&events(site)).contains(&own).then(|| of(&own))
}

/// What an event is called that leads to a status.
fn word(status: &Status) -> &str {
    match status.meaning {
        Some(meaning) => meaning.as_str(),
        None => &status.word,
    }
}

fn kinds(events: &[Event]) -> Vec<String> {
    let kinds: BTreeSet<&String> = events.iter().map(|event| &event.kind).collect();
    kinds.into_iter().cloned().collect()
}

/// All events, the newest first.
fn events(site: &Site<'_>) -> Vec<Event> {
    let mut events: Vec<Event> = site.log.iter().flat_map(|(id, _)| of_record(site, id)).collect();
    events.sort_unstable();
    events.reverse();
    events
}

/// What happened to a record, as far as the records say when. The date of a decision whose place was taken is
/// that of its acceptance; that of its end is the date of what took its place.
fn of_record(site: &Site<'_>, record: RecordId) -> Vec<Event> {
    let Some(date) = site.log.record(record).date() else { return vec![] };
    let event =
        |date: Date, word: &str| Event { date, record, kind: slug(word), word: word.to_owned() };
    let (accepted, superseded) = (Lifecycle::Accepted.as_str(), Lifecycle::Superseded.as_str());
    let successors = site.log.successors(record);
    let days = successors.iter().filter_map(|next| site.log.record(*next).date());
    if let Some(end) = days.min().filter(|end| *end >= date) {
        return vec![event(date, accepted), event(end, superseded)];
    }
    let status = site.log.record(record).status();
    status.map(|status| event(date, word(status))).into_iter().collect()
}

fn values(site: &Site<'_>, file: &File) -> Context {
    let base = site.base_url.as_deref().unwrap_or_default();
    let mut events = events(site);
    if let Subject::Group(at) = file.subject {
        let kind = kinds(&events).into_iter().nth(at);
        events.retain(|event| Some(&event.kind) == kind.as_ref());
    }
    events.truncate(NEWEST);
    let entries: Vec<Entry> = events.iter().map(|event| entry(site, base, event)).collect();
    let of_kind = match file.subject {
        Subject::Group(_) => events.first().map(|event| event.word.as_str()),
        _ => None,
    };
    let mut context = Context::new();
    let own = if file.path == PATH { "" } else { file.path.as_str() };
    context.insert("id", &tag(base, own));
    context.insert("kind", &of_kind);
    context.insert("updated", &entries.first().map(|entry| entry.updated.clone()));
    context.insert("entries", &entries);
    context
}

fn entry(site: &Site<'_>, base: &str, event: &Event) -> Entry {
    let reference = site.reference(event.record);
    let label = reference.label.map(|label| format!("{label}: ")).unwrap_or_default();
    let date = event.date.to_string();
    // A date without day stands for the first one.
    let day = if date.len() == 7 { format!("{date}-01") } else { date };
    Entry {
        // Without the date: one that is corrected later is no other event.
        id: tag(base, &format!("{}#{}", reference.url, event.kind)),
        url: format!("{base}{}", reference.url),
        title: format!("{label}{} ({})", reference.title, event.word),
        status: event.word.clone(),
        updated: format!("{day}T00:00:00Z"),
        body: site.read(event.record, |reading| site.absolute_body(reading, base)),
    }
}

/// An id that stays the same however often the site is built: RFC 4151, with the year that the scheme began.
fn tag(base: &str, path: &str) -> String {
    let address = base.split_once("://").map_or(base, |(_, rest)| rest);
    let (host, folder) = address.split_once('/').unwrap_or((address, ""));
    format!("tag:{host},2026:{folder}{path}")
}
