//! `/people.html`: everybody who decided something.

use tera::Context;

use super::person::path;
use super::tags::overview;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_people"), files, fill: Fill::Template("groups.html", values) };

/// Where it is, from the root of the site.
pub(super) const PATH: &str = "people.html";

fn files(site: &Site<'_>) -> Vec<File> {
    if site.people.is_empty() { vec![] } else { vec![File::log(PATH)] }
}

fn values(site: &Site<'_>, _: &File) -> Context {
    overview(site.messages.get("nav_people"), &site.people, path)
}
