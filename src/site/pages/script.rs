//! `/asset/app.HASH.js`: what pages can do beyond being read; `/asset/list.HASH.js`: what narrows the list
//! of decisions, which is loaded when somebody reaches for it.

use crate::site::address::fnv;
use crate::site::asset::spare;
use crate::site::{File, Fill, Page};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![File::log(path()), File::log(list_path())],
    fill: Fill::Text(|_, file| spare(if file.path == path() { SCRIPT } else { LIST }).into()),
};

const SCRIPT: &str = include_str!("../../../templates/asset/app.js");
const LIST: &str = include_str!("../../../templates/asset/list.js");

/// Where the script of every page is, from the root of the site.
pub(crate) fn path() -> String {
    hashed("app", SCRIPT)
}

/// Where that of the list is.
pub(crate) fn list_path() -> String {
    hashed("list", LIST)
}

fn hashed(name: &str, script: &str) -> String {
    format!("asset/{name}.{:08x}.js", fnv(spare(script).as_bytes()) >> 32)
}
