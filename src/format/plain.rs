//! TODO
use crate::model::Format;
pub(super) static FORMAT: Format = Format { name: "plain", likeness: |_, _| 0, expects: &[] };
