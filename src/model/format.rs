//! A format of records.

use super::Role;
use crate::syntax::Document;

/// A format of records. `format::FORMATS` lists all of them.
#[derive(Debug)]
pub struct Format {
    /// In lower case, as in `adr list --json`: `nygard`.
    pub name: &'static str,
    /// Rates from 0 how likely the document is in this format; the highest wins, and the first
    /// of equals. The second argument is the document's text.
    pub likeness: fn(&Document, &str) -> u32,
    /// The expected sections of a record, in order.
    pub expects: &'static [Role],
}
