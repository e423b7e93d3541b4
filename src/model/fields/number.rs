//! The number of a record, with the width it is written in.

/// The number of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// The value.
    pub value: u32,
    /// How many digits it was written with, leading zeros included: 4 for `0012`.
    pub width: u8,
}

impl Number {
    /// Reads a run of 1 to 9 digits, and nothing else.
    pub fn read(digits: &str) -> Option<Self> {
        let is_number =
            (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let value = is_number.then(|| digits.parse().ok())??;
        Some(Self { value, width: u8::try_from(digits.len()).ok()? })
    }

    /// The number padded with zeros to at least `width` digits.
    pub fn padded(self, width: usize) -> String {
        let digits = self.value.to_string();
        let zeros = width.saturating_sub(digits.len());
        "0".repeat(zeros) + &digits
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn leading_zeros_are_width_and_not_value() {
        assert_eq!(Number::read("0012"), Some(Number { value: 12, width: 4 }));
        assert_eq!(Number { value: 12, width: 2 }.padded(4), "0012");
    }

    #[test]
    fn anything_but_digits_is_no_number() {
        for text in ["", "12a", "+1", "1234567890"] {
            assert_eq!(Number::read(text), None, "{text}");
        }
    }
}
