//! `/badge.svg`: the number of decisions in force, for a readme.

use tera::Context;

use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill};
use crate::template::counted;

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![PageFile::log("badge.svg")],
    fill: PageFill::Template("badge.svg", values),
};

fn values(facts: &Facts<'_>, _: &PageFile) -> Context {
    let in_force = facts.log.iter().filter(|(id, _)| facts.log.in_force(*id)).count();
    let label = facts.messages.get("badge");
    let in_force = u64::try_from(in_force).unwrap_or_default();
    let count = counted(facts.messages.get("in_force"), in_force);
    let mut context = Context::new();
    context.insert("words", label);
    context.insert("count", &count);
    context.insert("left", &width(label));
    context.insert("right", &width(&count));
    context
}

/// The approximate width of `text` at 11 pixels.
fn width(text: &str) -> usize {
    text.chars().count() * 13 / 2 + 12
}
