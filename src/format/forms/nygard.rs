//! Nygard's article of 2011 and adr-tools: status, context, decision, consequences as sections.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// See the module.
pub(crate) static FORMAT: Format = Format {
    name: "nygard",
    likeness,
    expects: &[Role::Status, Role::Context, Role::Decision, Role::Consequences],
};

fn likeness(document: &Document, _text: &str) -> u32 {
    let has = |name: &str| {
        u32::from(document.sections.iter().any(|section| section.title.eq_ignore_ascii_case(name)))
    };
    let sections = has("status") + has("context") + has("decision") + has("consequences");
    if sections >= 2 { sections } else { 0 }
}
