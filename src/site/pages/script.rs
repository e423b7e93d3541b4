//! `/asset/app.HASH.js`: what pages can do beyond being read.

use crate::site::address::fnv;
use crate::site::asset::spare;
use crate::site::{File, Fill, Page};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: None, files: |_| vec![File::log(path())], fill: Fill::Text(|_, _| sent()) };

const SCRIPT: &str = include_str!("../../../templates/asset/app.js");

fn sent() -> String {
    spare(SCRIPT)
}

/// Where it is, from the root of the site.
pub(crate) fn path() -> String {
    format!("asset/app.{:08x}.js", fnv(sent().as_bytes()) >> 32)
}
