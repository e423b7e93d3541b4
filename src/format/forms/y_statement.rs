//! Y-statements: one sentence that runs *in the context of … facing … we decided for …*.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// See the module.
pub(crate) static FORMAT: Format =
    Format { name: "y-statement", likeness, expects: &[Role::Decision] };

fn likeness(document: &Document, text: &str) -> u32 {
    let body = document.body.of(text);
    let start = memchr::memmem::find(body.as_bytes(), b"n the context of");
    let Some(sentence) = start.and_then(|at| body.get(at..)) else { return 0 };
    let near: String = sentence.chars().take(1_200).collect::<String>().to_lowercase();
    let parts = ["facing", "we decided", "to achieve", "accepting"];
    let found = parts.iter().filter(|part| near.contains(*part)).count();
    if found >= 3 { 12 } else { 0 }
}
