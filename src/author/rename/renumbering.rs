//! A new number for a record, and how it is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Number, RecordId};

/// The keys of front matter that contain the number, alone or with a prefix.
pub(crate) const NUMBER_KEYS: [&str; 7] =
    ["number", "adr", "adr-number", "adr_number", "id", "adr-id", "adr_id"];

/// A record that gets another number.
#[derive(Clone, Debug)]
pub struct Renumbering {
    /// The record.
    pub id: RecordId,
    /// Its new number.
    pub number: u32,
    /// The records that refer to this one by a number that it shares with others.
    pub followers: Arc<BTreeSet<RecordId>>,
}

/// `name` with its first number changed, if that is `old_number`.
pub(super) fn renumbered_name(name: &str, old_number: Number, new_number: u32) -> Option<String> {
    let digits_start = name.find(|c: char| c.is_ascii_digit())?;
    let (prefix, from_digits) = name.split_at(digits_start);
    let digit_count = from_digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(from_digits.len());
    let (digits, suffix) = from_digits.split_at(digit_count);
    let new_digits = padded_like(digits, new_number);
    (digits.parse() == Ok(old_number.value)).then(|| format!("{prefix}{new_digits}{suffix}"))
}

/// The new number, as wide as `old_digits` if those are padded with zeros.
pub(super) fn padded_like(old_digits: &str, new_number: u32) -> String {
    let is_padded = old_digits.starts_with('0') || old_digits.len() > 2;
    let width = if is_padded { old_digits.len() } else { 0 };
    Number { value: new_number, width: 0 }.padded(width)
}
