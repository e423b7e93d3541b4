//! `/404.html`: what servers show for an address that is not there.

use tera::Context;

use crate::site::{File, Fill, Page};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![File::log("404.html")],
    fill: Fill::Template("not_found.html", |_, _| Context::new()),
};
