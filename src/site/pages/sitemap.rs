//! `/sitemap.xml`: all pages, for search engines; only with a base URL.

use tera::Context;

use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::PageList("sitemap.xml", values) };

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let base_url = facts.project.base_url.iter();
    base_url.map(|_| PageFile::log("sitemap.xml")).collect()
}

fn values(paths: &[&str]) -> Context {
    let is_page = |path: &&&str| path.strip_suffix(".html").is_some_and(|name| name != "404");
    let mut context = Context::new();
    context.insert("pages", &paths.iter().filter(is_page).collect::<Vec<_>>());
    context
}
