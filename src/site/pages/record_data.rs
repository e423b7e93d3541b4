//! `/decisions/NNNN.json`: one decision for programs; its entry in `index.json` as a document.

use crate::export::{EventJson, OneJson};
use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Text(|facts, file| text(facts, file).into()) };

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let path = |id| facts.url_with_extension(id, "json");
    let file = |id| PageFile { path: path(id), subject: PageSubject::Record(id) };
    facts.log.iter().map(|(id, _)| file(id)).collect()
}

fn text(facts: &Facts<'_>, file: &PageFile) -> String {
    let PageSubject::Record(id) = file.subject else { return String::new() };
    let mut json = OneJson::from(facts.published(id));
    let events = facts.histories.map(|_| facts.events(id));
    json.history = events.map(|events| events.into_iter().map(EventJson::from).collect());
    // Strings, numbers, and lists cannot fail to serialize.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}
