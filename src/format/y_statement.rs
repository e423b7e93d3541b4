//! Y-statements: one sentence that runs *in the context of … facing … we decided for …*.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// See the module.
pub(super) static FORMAT: Format =
    Format { name: "y-statement", likeness, expects: &[Role::Decision] };

fn likeness(document: &Document, text: &str) -> u32 {
    let body = document.body.of(text);
    let start = body.find("n the context of").map(|at| body.get(at..).unwrap_or_default());
    let Some(sentence) = start else { return 0 };
    let near: String = sentence.chars().take(1_200).collect::<String>().to_lowercase();
    let parts = ["facing", "we decided", "to achieve", "accepting"];
    let found = parts.iter().filter(|part| near.contains(*part)).count();
    if found >= 3 { 12 } else { 0 }
}
