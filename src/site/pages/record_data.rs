//! `/decisions/NNNN.json`: one decision for programs; what `index.json` has for it, as a document.

use crate::export::{EventJson, OneJson};
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Text(|site, file| text(site, file).into()) };

fn files(site: &Site<'_>) -> Vec<File> {
    let all = site.log.iter();
    all.map(|(id, _)| File { path: site.beside(id, "json"), subject: Subject::Record(id) })
        .collect()
}

fn text(site: &Site<'_>, file: &File) -> String {
    let Subject::Record(id) = file.subject else { return String::new() };
    let mut json = OneJson::from(site.published(id));
    let events = site.histories.map(|_| site.events(id));
    json.history = events.map(|events| events.into_iter().map(EventJson::from).collect());
    // Strings, numbers and lists cannot fail to be written.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}
