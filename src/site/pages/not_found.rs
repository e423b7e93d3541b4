//! `/404.html`: the page that servers show for unknown addresses.

use tera::Context;

use crate::site::{Page, PageFile, PageFill};

/// Its address, relative to the root of the site.
pub(crate) const PATH: &str = "404.html";

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![PageFile::log(PATH)],
    fill: PageFill::Template("not_found.html", |_, _| Context::new()),
};
