//! `/changes.html`: what a change does to the log; only where a base was asked for.

use serde::Serialize;
use tera::Context;

use crate::site::changes::{Change, Kind};
use crate::site::view::{Reference, StatusView};
use crate::site::{File, Fill, Page, Site};
use crate::text::{DiffPart, compare_words};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_changes"), files, fill: Fill::Template("changes.html", values) };

/// Where it is, from the root of the site.
pub(crate) const PATH: &str = "changes.html";

/// The kinds, and the keys of their names.
const KINDS: [(Kind, &str); 4] = [
    (Kind::Added, "change_added"),
    (Kind::Decided, "change_decided"),
    (Kind::Edited, "change_edited"),
    (Kind::Removed, "change_removed"),
];

/// What becomes of a record.
#[derive(Serialize)]
struct Entry<'s> {
    /// The record as it is; nothing where it is gone.
    to: Option<Reference<'s>>,
    /// The name of one that is gone.
    label: Option<String>,
    title: String,
    /// The status that it had, where that is another now, or the record is gone.
    from: Option<StatusView<'s>>,
    /// The file that it was, where that is another now.
    was: Option<String>,
    /// What a new one says, in a sentence.
    summary: Option<String>,
    /// Where it differs: places, each a list of parts.
    places: Vec<Vec<PartView>>,
    /// Whether the texts are too long to be compared.
    is_long: bool,
}

/// A part of a text: `same`, `old` or `new`.
#[derive(Serialize)]
struct PartView {
    kind: &'static str,
    text: String,
}

fn files(site: &Site<'_>) -> Vec<File> {
    site.changes.iter().map(|_| File::log(PATH)).collect()
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let mut context = Context::new();
    let Some(changes) = site.changes else { return context };
    let groups = KINDS.iter().filter_map(|(kind, key)| {
        let some = changes.all.iter().filter(|change| change.kind == *kind);
        let entries: Vec<Entry<'_>> = some.map(|change| entry(site, change)).collect();
        (!entries.is_empty()).then(|| (site.messages.get(key), entries))
    });
    context.insert("base", &changes.base);
    context.insert("groups", &groups.collect::<Vec<_>>());
    context
}

fn entry<'s>(site: &'s Site<'_>, change: &'s Change) -> Entry<'s> {
    let to = change.new.map(|id| site.reference(id));
    let old = change.old.as_ref();
    let now = change.new.map(|id| site.log.record(id));
    let both = old.zip(now);
    let compared = both.map(|(old, now)| compare_words(&old.text, now.text()));
    let is_other = matches!(change.kind, Kind::Decided | Kind::Removed);
    Entry {
        label: old.and_then(|old| old.label.clone()),
        title: old.map(|old| old.title.clone()).unwrap_or_default(),
        from: old.filter(|_| is_other).map(|old| site.status_view(old.status.as_ref())),
        was: both.filter(|(old, now)| old.file != now.file).map(|(old, _)| old.file.clone()),
        summary: change
            .new
            .filter(|_| change.kind == Kind::Added)
            .map(|id| site.summary(id).to_owned()),
        is_long: compared == Some(None),
        places: compared.flatten().unwrap_or_default().into_iter().map(parts).collect(),
        to,
    }
}

fn parts(parts: Vec<DiffPart>) -> Vec<PartView> {
    let view = |part| match part {
        DiffPart::Same(text) => PartView { kind: "same", text },
        DiffPart::Old(text) => PartView { kind: "old", text },
        DiffPart::New(text) => PartView { kind: "new", text },
    };
    let mut parts: Vec<PartView> = parts.into_iter().map(view).collect();
    // The end of the last line is no part of what is shown.
    if let Some(last) = parts.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    parts
}
