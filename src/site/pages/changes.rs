//! `/changes.html`: the changes since a base; only if there is one.

use serde::Serialize;
use tera::Context;

use crate::site::plan::{ChangeKind, Facts, RecordChange, StatusView};
use crate::site::record::RecordLink;
use crate::site::{Page, PageFile, PageFill};
use crate::text::{DiffPart, compare_words};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_changes"), files, fill: PageFill::Template("changes.html", values) };

/// Its address, relative to the root of the site.
pub(crate) const PATH: &str = "changes.html";

/// The kinds of changes, and the keys of their names.
const KINDS: [(ChangeKind, &str); 4] = [
    (ChangeKind::Added, "change_added"),
    (ChangeKind::Decided, "change_decided"),
    (ChangeKind::Edited, "change_edited"),
    (ChangeKind::Removed, "change_removed"),
];

/// The change of a record.
#[derive(Serialize)]
struct ChangeView<'s> {
    /// The record in the log; `None` if it was removed.
    to: Option<RecordLink<'s>>,
    /// The label of the record on the base.
    label: Option<String>,
    title: String,
    /// The status on the base, if it has changed or the record was removed.
    from: Option<StatusView<'s>>,
    /// The file on the base, if it was renamed.
    was: Option<String>,
    /// The summary of a new record.
    summary: Option<String>,
    /// The differences: places in the text, each a list of passages.
    places: Vec<Vec<ComparedPassage>>,
    /// Whether the texts are too long to be compared.
    is_long: bool,
}

/// A passage of a compared text: `same`, `old`, or `new`.
#[derive(Serialize)]
struct ComparedPassage {
    kind: &'static str,
    text: String,
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    facts.changes.iter().map(|_| PageFile::log(PATH)).collect()
}

fn values(facts: &Facts<'_>, _: &PageFile) -> Context {
    let mut context = Context::new();
    let Some(changes) = facts.changes else { return context };
    let groups = KINDS.iter().filter_map(|(kind, key)| {
        let of_kind = changes.all.iter().filter(|change| change.kind == *kind);
        let views: Vec<ChangeView<'_>> = of_kind.map(|change| change_view(facts, change)).collect();
        (!views.is_empty()).then(|| (facts.messages.get(key), views))
    });
    context.insert("base", &changes.base);
    context.insert("groups", &groups.collect::<Vec<_>>());
    context
}

fn change_view<'s>(facts: &'s Facts<'_>, change: &'s RecordChange) -> ChangeView<'s> {
    let old = change.old.as_ref();
    let new = change.new.map(|id| facts.log.record(id));
    let both = old.zip(new);
    // `None` inside if the texts are too long.
    let comparison = both.map(|(old, new)| compare_words(&old.text, new.text()));
    let shows_old_status = matches!(change.kind, ChangeKind::Decided | ChangeKind::Removed);
    let added_id = change.new.filter(|_| change.kind == ChangeKind::Added);
    let renamed = both.filter(|(old, new)| old.file != new.file);
    ChangeView {
        to: change.new.map(|id| facts.link(id)),
        label: old.and_then(|old| old.label.clone()),
        title: old.map(|old| old.title.clone()).unwrap_or_default(),
        from: old.filter(|_| shows_old_status).map(|old| facts.status_view(old.status.as_ref())),
        was: renamed.map(|(old, _)| old.file.clone()),
        summary: added_id.map(|id| facts.summary(id).to_owned()),
        is_long: comparison == Some(None),
        places: comparison.flatten().unwrap_or_default().into_iter().map(passages).collect(),
    }
}

fn passages(parts: Vec<DiffPart>) -> Vec<ComparedPassage> {
    let passage = |part| match part {
        DiffPart::Same(text) => ComparedPassage { kind: "same", text },
        DiffPart::Old(text) => ComparedPassage { kind: "old", text },
        DiffPart::New(text) => ComparedPassage { kind: "new", text },
    };
    let mut passages: Vec<ComparedPassage> = parts.into_iter().map(passage).collect();
    // The line end of the last line would show as an empty line.
    if let Some(last) = passages.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    passages
}
