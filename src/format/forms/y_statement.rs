//! The form of Y-statements: one sentence *in the context of … facing … we decided for …*.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// Y-statements.
pub(crate) static FORMAT: Format =
    Format { name: "y-statement", likeness, expects: &[Role::Decision] };

fn likeness(document: &Document, text: &str) -> u32 {
    let body = document.body.of(text);
    let sentence_start = memchr::memmem::find(body.as_bytes(), b"n the context of");
    let Some(sentence) = sentence_start.and_then(|start| body.get(start..)) else { return 0 };
    let beginning: String = sentence.chars().take(1_200).collect::<String>().to_lowercase();
    let parts = ["facing", "we decided", "to achieve", "accepting"];
    let part_count = parts.iter().filter(|part| beginning.contains(*part)).count();
    if part_count >= 3 { 12 } else { 0 }
}
