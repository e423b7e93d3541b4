//! `/asset/style.HASH.css`: the style of all pages; `/asset/extra.HASH.css`: the style of the project.
//!
//! The names change with the content, so that browsers can keep the files forever.

use crate::site::links::fnv;
use crate::site::plan::Facts;
use crate::site::render::minified_style;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: PageFill::Text(|facts, file| text(facts, file).into()) };

const STYLE: &str = include_str!("../../../templates/asset/style.css");

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    std::iter::once(path()).chain(extra_style_path(facts)).map(PageFile::log).collect()
}

fn text(facts: &Facts<'_>, file: &PageFile) -> String {
    match facts.extra_style {
        Some(extra) if Some(&file.path) == extra_style_path(facts).as_ref() => extra.to_owned(),
        _ => minified_style(STYLE),
    }
}

/// The address of our style, relative to the root of the site.
pub(crate) fn path() -> String {
    hashed_path("style", &minified_style(STYLE))
}

/// The address of the project's style, if it has one.
pub(crate) fn extra_style_path(facts: &Facts<'_>) -> Option<String> {
    facts.extra_style.map(|extra| hashed_path("extra", extra))
}

fn hashed_path(name: &str, style: &str) -> String {
    format!("asset/{name}.{:08x}.css", fnv(style.as_bytes()) >> 32)
}
