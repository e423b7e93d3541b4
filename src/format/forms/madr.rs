//! The form of MADR, versions 2 (bullets) to 4 (front matter), and of log4brains, which writes MADR 2.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// MADR records.
pub(crate) static FORMAT: Format =
    Format { name: "madr", likeness, expects: &[Role::Context, Role::Options, Role::Decision] };

/// The headings that only this form has.
const HEADINGS: [&str; 5] = [
    "context and problem statement",
    "considered options",
    "decision outcome",
    "decision drivers",
    "pros and cons of the options",
];

fn likeness(document: &Document, _text: &str) -> u32 {
    let is_known = |title: &str| HEADINGS.iter().any(|heading| heading.eq_ignore_ascii_case(title));
    let heading_count = document.sections.iter().filter(|section| is_known(&section.title)).count();
    u32::try_from(heading_count).unwrap_or(u32::MAX).saturating_mul(2)
}
