//! What there is to know about a way of writing records.

use super::Role;
use crate::syntax::Document;

/// A way of writing records. The list of them is `format::FORMATS`.
#[derive(Debug)]
pub struct Format {
    /// In lower case, as in `adr list --json`: `nygard`.
    pub name: &'static str,
    /// How likely it is that the document is written so, from 0; the highest wins, and the first
    /// of equals. The second argument is the document's text.
    pub likeness: fn(&Document, &str) -> u32,
    /// The sections that a record of this kind has, in their order.
    pub expects: &'static [Role],
}
