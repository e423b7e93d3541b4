//! `/index.json`: the log for programs, as `adr list --json` prints it.

use crate::Result;
use crate::export::LogJson;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files: |_| vec![File::log("index.json")], fill: Fill::Text(text) };

fn text(site: &Site<'_>, _: &File) -> Result<String> {
    let json = LogJson::new(site.log, site.log.iter().map(|(id, _)| id));
    // Strings, numbers and lists cannot fail to be written.
    Ok(serde_json::to_string(&json).unwrap_or_default() + "\n")
}
