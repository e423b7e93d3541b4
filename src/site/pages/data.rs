//! `/index.json`: the log for programs.
//!
//! It has the form of `adr list --json`, with paths relative to the root of the project and with what only a site
//! knows.

use crate::export::log_json_of;
use crate::site::plan::Facts;
use crate::site::render::json_pieces;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![PageFile::log("index.json")],
    fill: PageFill::LongText(text),
};

fn text(facts: &Facts<'_>, _: &PageFile) -> Vec<String> {
    let records = facts.log.iter().map(|(id, _)| facts.published(id));
    let mut pieces = json_pieces(&log_json_of(facts.log, records));
    pieces.push("\n".to_owned());
    pieces
}
