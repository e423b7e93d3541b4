//! `/tags/TAG.html`: the decisions with one tag.

use super::index::sections;
use crate::Result;
use crate::site::group::Group;
use crate::site::{File, Fill, Page, Site, Subject, Values};

/// See the module.
pub(super) static PAGE: Page = Page { nav: None, files, fill: Fill::Long("group.html", values) };

/// The address of the page of a tag, from the root of the site.
pub(super) fn path(group: &Group) -> String {
    format!("tags/{}.html", group.name)
}

fn files(site: &Site<'_>) -> Vec<File> {
    let all = site.tags.iter().enumerate();
    all.map(|(at, group)| File { path: path(group), subject: Subject::Group(at) }).collect()
}

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    group(site, &site.tags, file, "tagged")
}

/// The values of the page of one of `groups`; `lead` is the key of the words before its name.
pub(super) fn group(site: &Site<'_>, groups: &[Group], file: &File, lead: &str) -> Result<Values> {
    let mut values = Values::default();
    let Subject::Group(at) = file.subject else { return Ok(values) };
    let Some(group) = groups.get(at) else { return Ok(values) };
    let sections = sections(site, (file, &mut values), &group.records)?;
    values.context.insert("heading", &group.value);
    values.context.insert("kind", site.messages.get(lead));
    values.context.insert("count", &group.records.len());
    values.context.insert("groups", &sections);
    Ok(values)
}
