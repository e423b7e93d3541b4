//! The form of Nygard's article of 2011 and of adr-tools: sections for status, context, decision and
//! consequences.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// Nygard records.
pub(crate) static FORMAT: Format = Format {
    name: "nygard",
    likeness,
    expects: &[Role::Status, Role::Context, Role::Decision, Role::Consequences],
};

fn likeness(document: &Document, _text: &str) -> u32 {
    let has_section = |name: &str| {
        u32::from(document.sections.iter().any(|section| section.title.eq_ignore_ascii_case(name)))
    };
    let section_count: u32 =
        ["status", "context", "decision", "consequences"].map(has_section).iter().sum();
    if section_count >= 2 { section_count } else { 0 }
}
