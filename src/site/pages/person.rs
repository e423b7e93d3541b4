//! `/people/NAME.html`: what one person decided.

use super::tag::group;
use crate::Result;
use crate::site::group::Group;
use crate::site::{File, Fill, Page, Site, Subject, Values};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Long("group.html", values) };

/// The address of the page of a person, from the root of the site.
pub(super) fn path(group: &Group) -> String {
    format!("people/{}.html", group.name)
}

fn files(site: &Site<'_>) -> Vec<File> {
    let all = site.people.iter().enumerate();
    all.map(|(at, group)| File { path: path(group), subject: Subject::Group(at) }).collect()
}

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    group(site, &site.people, file, "decision_makers")
}
