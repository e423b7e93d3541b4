//! `/people.html`: all decision makers.

use tera::Context;

use super::person::path;
use crate::site::lists::overview_values;
use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_people"), files, fill: PageFill::Template("groups.html", values) };

/// Its address, relative to the root of the site.
pub(super) const PATH: &str = "people.html";

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    if facts.people.is_empty() { vec![] } else { vec![PageFile::log(PATH)] }
}

fn values(facts: &Facts<'_>, _: &PageFile) -> Context {
    overview_values(facts.messages.get("nav_people"), &facts.people, path)
}
