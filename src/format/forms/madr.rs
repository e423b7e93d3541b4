//! MADR, versions 2 (bullets) to 4 (front matter), and log4brains, which writes MADR 2.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// See the module.
pub(crate) static FORMAT: Format =
    Format { name: "madr", likeness, expects: &[Role::Context, Role::Options, Role::Decision] };

/// The headings that no other format has.
const HEADINGS: [&str; 5] = [
    "context and problem statement",
    "considered options",
    "decision outcome",
    "decision drivers",
    "pros and cons of the options",
];

fn likeness(document: &Document, _text: &str) -> u32 {
    let known = |title: &str| HEADINGS.iter().any(|heading| heading.eq_ignore_ascii_case(title));
    let found = document.sections.iter().filter(|section| known(&section.title)).count();
    u32::try_from(found).unwrap_or(u32::MAX).saturating_mul(2)
}
