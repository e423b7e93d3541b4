//! `/asset/app.HASH.js`: the script of every page; `/asset/list.HASH.js`: the filters of lists.
//!
//! The second is loaded when a filter is first used.

use crate::site::links::fnv;
use crate::site::render::without_comments;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![PageFile::log(path()), PageFile::log(list_path())],
    fill: PageFill::Text(|_, file| {
        without_comments(if file.path == path() { PAGE_SCRIPT } else { LIST_SCRIPT }).into()
    }),
};

const PAGE_SCRIPT: &str = include_str!("../../../templates/asset/app.js");
const LIST_SCRIPT: &str = include_str!("../../../templates/asset/list.js");

/// The address of the script of every page, relative to the root of the site.
pub(crate) fn path() -> String {
    hashed_path("app", PAGE_SCRIPT)
}

/// The address of the script of lists.
pub(crate) fn list_path() -> String {
    hashed_path("list", LIST_SCRIPT)
}

fn hashed_path(name: &str, script: &str) -> String {
    format!("asset/{name}.{:08x}.js", fnv(without_comments(script).as_bytes()) >> 32)
}
