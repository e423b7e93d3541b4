//! A new number for a record.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Number, RecordId};

/// A record that gets another number.
#[derive(Clone, Debug)]
pub struct Renumbering {
    /// Which one.
    pub id: RecordId,
    /// What it gets.
    pub number: u32,
    /// The records that mean this one by a number that others have too.
    pub followers: Arc<BTreeSet<RecordId>>,
}

/// `name` with the first number in it changed from `old`.
pub(super) fn renumbered(name: &str, old: Number, new: u32) -> Option<String> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = name.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    (digits.parse() == Ok(old.value)).then(|| format!("{prefix}{}{rest}", written(digits, new)))
}

/// The new number, as wide as the `old` digits where those were filled up with zeros.
pub(super) fn written(old: &str, new: u32) -> String {
    let width = if old.starts_with('0') || old.len() > 2 { old.len() } else { 0 };
    Number { value: new, width: 0 }.padded(width)
}
