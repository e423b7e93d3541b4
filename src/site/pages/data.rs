//! `/index.json`: the log for programs, as `adr list --json` prints it, with paths from the root of the
//! project and what only a site knows.

use crate::export::log_json_of;
use crate::site::part::json;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files: |_| vec![File::log("index.json")], fill: Fill::LongText(text) };

fn text(site: &Site<'_>, _: &File) -> Vec<String> {
    let records = site.log.iter().map(|(id, _)| site.published(id));
    let mut pieces = json(&log_json_of(site.log, records));
    pieces.push("\n".to_owned());
    pieces
}
