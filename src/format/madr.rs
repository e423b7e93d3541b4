//! TODO
use crate::model::Format;
pub(super) static FORMAT: Format = Format { name: "madr", likeness: |_, _| 0, expects: &[] };
