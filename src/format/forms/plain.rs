//! The form of all other records: any Markdown with a title.

use crate::model::{Format, Role};
use crate::syntax::Document;

/// Records of no other form.
pub(crate) static FORMAT: Format = Format { name: "plain", likeness, expects: &[Role::Decision] };

fn likeness(_document: &Document, _text: &str) -> u32 {
    1
}
