//! `/badge.svg`: how many decisions are in force, for a readme.

use tera::Context;

use crate::site::{File, Fill, Page, Site};
use crate::template::counted;

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![File::log("badge.svg")],
    fill: Fill::Template("badge.svg", values),
};

fn values(site: &Site<'_>, _: &File) -> Context {
    let in_force = site.log.iter().filter(|(id, _)| site.log.in_force(*id)).count();
    let words = site.messages.get("badge");
    let count = counted(site.messages.get("in_force"), u64::try_from(in_force).unwrap_or_default());
    let mut context = Context::new();
    context.insert("words", words);
    context.insert("count", &count);
    context.insert("left", &width(words));
    context.insert("right", &width(&count));
    context
}

/// About how wide `text` is at 11 pixels.
fn width(text: &str) -> usize {
    text.chars().count() * 13 / 2 + 12
}
