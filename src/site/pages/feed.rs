//! `/feed.xml`: the newest events of all decisions; `/feed-STATUS.xml`: the events of one status.
//!
//! Both need a base URL. An entry is an event, not a record. A decision that was accepted and later superseded has two
//! entries, so that readers who have seen the first are shown the second.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Context;

use crate::model::{Date, Lifecycle, RecordId, Status};
use crate::site::links::slug;
use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Template("feed.xml", values) };

/// The address of the feed of all events, relative to the root of the site.
pub(crate) const PATH: &str = "feed.xml";

/// The maximum number of events in a feed.
const MAX_EVENTS: usize = 50;

/// A change of the status of a decision.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct StatusEvent {
    date: Date,
    record: RecordId,
    /// The new status, as a part of addresses.
    kind: String,
    /// The new status: the name of its lifecycle state, or the team's own word.
    word: String,
}

/// An event in the feed.
#[derive(Serialize)]
struct FeedEntry {
    url: String,
    id: String,
    title: String,
    status: String,
    updated: String,
    body: String,
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    if facts.project.base_url.is_none() {
        return vec![];
    }
    let kinds = kinds(&events(facts)).into_iter().enumerate();
    let of_kinds = kinds.map(|(index, kind)| PageFile {
        path: path_of_kind(&kind),
        subject: PageSubject::Group(index),
    });
    std::iter::once(PageFile::log(PATH)).chain(of_kinds).collect()
}

fn path_of_kind(kind: &str) -> String {
    format!("feed-{kind}.xml")
}

/// The address of the feed with the events that lead to a status, if there are any.
pub(super) fn path_of_status(facts: &Facts<'_>, status: &Status) -> Option<String> {
    facts.project.base_url.as_ref()?;
    let kind = slug(event_word(status));
    kinds(&events(facts)).contains(&kind).then(|| path_of_kind(&kind))
}

/// The word for an event that leads to a status.
fn event_word(status: &Status) -> &str {
    match status.meaning {
        Some(meaning) => meaning.as_str(),
        None => &status.word,
    }
}

fn kinds(events: &[StatusEvent]) -> Vec<String> {
    let kinds: BTreeSet<&String> = events.iter().map(|event| &event.kind).collect();
    kinds.into_iter().cloned().collect()
}

/// All events, newest first.
fn events(facts: &Facts<'_>) -> Vec<StatusEvent> {
    let ids = facts.log.iter().map(|(id, _)| id);
    let mut events: Vec<StatusEvent> = ids.flat_map(|id| record_events(facts, id)).collect();
    events.sort_unstable();
    events.reverse();
    events
}

/// The events of a record that have a date in the records. A superseded decision was accepted on
/// its own date, and superseded on the date of its first successor.
fn record_events(facts: &Facts<'_>, record: RecordId) -> Vec<StatusEvent> {
    let Some(date) = facts.log.record(record).date() else { return vec![] };
    let event = |date: Date, word: &str| StatusEvent {
        date,
        record,
        kind: slug(word),
        word: word.to_owned(),
    };
    let (accepted, superseded) = (Lifecycle::Accepted.as_str(), Lifecycle::Superseded.as_str());
    let successors = facts.log.successors(record);
    let end_dates = successors.iter().filter_map(|next| facts.log.record(*next).date());
    if let Some(end_date) = end_dates.min().filter(|end_date| *end_date >= date) {
        return vec![event(date, accepted), event(end_date, superseded)];
    }
    let status = facts.log.record(record).status();
    status.map(|status| event(date, event_word(status))).into_iter().collect()
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Context {
    let base_url = facts.project.base_url.as_deref().unwrap_or_default();
    let mut events = events(facts);
    if let PageSubject::Group(index) = file.subject {
        let kind = kinds(&events).into_iter().nth(index);
        events.retain(|event| Some(&event.kind) == kind.as_ref());
    }
    events.truncate(MAX_EVENTS);
    let entries: Vec<FeedEntry> =
        events.iter().map(|event| feed_entry(facts, base_url, event)).collect();
    let kind_word = match file.subject {
        PageSubject::Group(_) => events.first().map(|event| event.word.as_str()),
        _ => None,
    };
    let mut context = Context::new();
    let path = if file.path == PATH { "" } else { file.path.as_str() };
    context.insert("id", &tag_uri(base_url, path));
    context.insert("kind", &kind_word);
    context.insert("updated", &entries.first().map(|entry| entry.updated.clone()));
    context.insert("entries", &entries);
    context
}

fn feed_entry(facts: &Facts<'_>, base_url: &str, event: &StatusEvent) -> FeedEntry {
    let link = facts.link(event.record);
    let label = link.label.map(|label| format!("{label}: ")).unwrap_or_default();
    let date = event.date.to_string();
    // A feed needs a full date; a month becomes its first day.
    let full_date = if date.len() == 7 { format!("{date}-01") } else { date };
    FeedEntry {
        // Without the date: correcting a date makes no new event.
        id: tag_uri(base_url, &format!("{}#{}", link.url, event.kind)),
        url: format!("{base_url}{}", link.url),
        title: format!("{label}{} ({})", link.title, event.word),
        status: event.word.clone(),
        updated: format!("{full_date}T00:00:00Z"),
        body: facts.read(event.record, |text| facts.absolute_body(text, base_url)),
    }
}

/// An id that is the same for every build (RFC 4151), with the year in which the scheme started.
fn tag_uri(base_url: &str, path: &str) -> String {
    let address = base_url.split_once("://").map_or(base_url, |(_, address)| address);
    let (host, folder) = address.split_once('/').unwrap_or((address, ""));
    format!("tag:{host},2026:{folder}{path}")
}
