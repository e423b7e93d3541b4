//! `/index.json`: the log for programs, as `adr list --json` prints it, with paths from the root of the
//! project and what only a site knows.

use crate::export::log_json_of;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files: |_| vec![File::log("index.json")], fill: Fill::Text(text) };

fn text(site: &Site<'_>, _: &File) -> String {
    let records = site.log.iter().map(|(id, _)| site.published(id));
    let json = log_json_of(site.log, records);
    // Strings, numbers and lists cannot fail to be written.
    serde_json::to_string(&json).unwrap_or_default() + "\n"
}
