//! The order of files in a log.

use std::cmp::Ordering;

/// Compares file names without regard to case, and runs of digits by their value, as people sort them.
pub fn file_order(left: &str, right: &str) -> Ordering {
    let (mut left_remaining, mut right_remaining) = (left, right);
    loop {
        let (left_char, right_char) =
            (left_remaining.chars().next(), right_remaining.chars().next());
        let (Some(left_char), Some(right_char)) = (left_char, right_char) else {
            return left_char.cmp(&right_char).then_with(|| left.cmp(right));
        };
        let order = match (left_char.is_ascii_digit(), right_char.is_ascii_digit()) {
            (true, true) => {
                take_number(&mut left_remaining).cmp(&take_number(&mut right_remaining))
            }
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                left_remaining = left_remaining.get(left_char.len_utf8()..).unwrap_or_default();
                right_remaining = right_remaining.get(right_char.len_utf8()..).unwrap_or_default();
                if left_char == right_char {
                    Ordering::Equal
                } else {
                    left_char.to_lowercase().cmp(right_char.to_lowercase())
                }
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Removes the run of digits at the start of `text` and returns its value, at most `u64::MAX`.
fn take_number(text: &mut &str) -> u64 {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, remaining) = text.split_at_checked(length).unwrap_or(("", text));
    *text = remaining;
    let value = |so_far: u64, digit| so_far.saturating_mul(10).saturating_add(u64::from(digit));
    digits.bytes().map(|digit| digit - b'0').fold(0, value)
}
