//! `/asset/style.HASH.css`: how all pages look. The name changes with the content, so that it can
//! be kept for ever.

use crate::site::address::fnv;
use crate::site::asset::tight;
use crate::site::{File, Fill, Page};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files: |_| vec![File::log(path())], fill: Fill::Text(|_, _| sent()) };

const STYLE: &str = include_str!("../../../templates/asset/style.css");

fn sent() -> String {
    tight(STYLE)
}

/// Where it is, from the root of the site.
pub(crate) fn path() -> String {
    format!("asset/style.{:08x}.css", fnv(sent().as_bytes()) >> 32)
}
