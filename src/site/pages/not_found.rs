//! `/404.html`: what servers show for an address that is not there.

use tera::Context;

use crate::site::{File, Fill, Page};

/// The address, from the root of the site.
pub(crate) const PATH: &str = "404.html";

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![File::log(PATH)],
    fill: Fill::Template("not_found.html", |_, _| Context::new()),
};
