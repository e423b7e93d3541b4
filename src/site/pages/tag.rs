//! `/tags/TAG.html`: the decisions with one tag.

use crate::Result;
use crate::site::lists::group_page_values;
use crate::site::plan::{Facts, RecordGroup};
use crate::site::render::PageValues;
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Long("group.html", values) };

/// The address of the page of a tag, relative to the root of the site.
pub(super) fn path(group: &RecordGroup) -> String {
    format!("tags/{}.html", group.name)
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let file = |(index, group)| PageFile { path: path(group), subject: PageSubject::Group(index) };
    facts.tags.iter().enumerate().map(file).collect()
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Result<PageValues> {
    group_page_values(facts, &facts.tags, file, "tagged")
}
