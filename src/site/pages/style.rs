//! `/asset/style.HASH.css`: how all pages look, and `/asset/extra.HASH.css`: what the project adds to it. The names
//! change with the content, so that they can be kept for ever.

use crate::site::address::fnv;
use crate::site::asset::tight;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files, fill: Fill::Text(|site, file| text(site, file).into()) };

const STYLE: &str = include_str!("../../../templates/asset/style.css");

fn files(site: &Site<'_>) -> Vec<File> {
    std::iter::once(path()).chain(extra_path(site)).map(File::log).collect()
}

fn text(site: &Site<'_>, file: &File) -> String {
    match site.extra {
        Some(extra) if Some(&file.path) == extra_path(site).as_ref() => extra.to_owned(),
        _ => tight(STYLE),
    }
}

/// Where ours is, from the root of the site.
pub(crate) fn path() -> String {
    hashed("style", &tight(STYLE))
}

/// Where that of the project is, if it has one.
pub(crate) fn extra_path(site: &Site<'_>) -> Option<String> {
    site.extra.map(|extra| hashed("extra", extra))
}

fn hashed(name: &str, style: &str) -> String {
    format!("asset/{name}.{:08x}.css", fnv(style.as_bytes()) >> 32)
}
