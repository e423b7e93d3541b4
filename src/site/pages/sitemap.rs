//! `/sitemap.xml`: all pages, for search engines; only with a base URL.

use tera::Context;

use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Template("sitemap.xml", values) };

fn files(site: &Site<'_>) -> Vec<File> {
    if site.base_url.is_some() { vec![File::log("sitemap.xml")] } else { vec![] }
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let is_page = |path: &&str| path.strip_suffix(".html").is_some_and(|name| name != "404");
    let pages: Vec<&str> = site.paths().into_iter().filter(is_page).collect();
    let mut context = Context::new();
    context.insert("pages", &pages);
    context
}
