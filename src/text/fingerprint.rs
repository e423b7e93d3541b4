//! Whether something is what it was, told by 64 bits.

use std::fmt;
use std::hash::Hasher;
use std::num::ParseIntError;
use std::str::FromStr;

/// A fingerprint of what was written to it; the same on every machine and in every version.
///
/// It tells an accident from no change: what differs in one place never has the same fingerprint,
/// anything else has it once in 2⁶⁴. It is no defence against somebody who looks for such a pair.
///
/// Words of eight bytes are mixed in as 64-bit FNV-1a does with bytes, which is eight times as
/// fast; after each, the upper half goes into the lower one, where a product would not reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Fingerprint {
    /// That of `bytes` alone.
    pub fn of(bytes: &[u8]) -> Self {
        let mut whole = Self::default();
        whole.write(bytes);
        whole
    }

    fn mix(&mut self, word: u64) {
        let product = (self.0 ^ word).wrapping_mul(0x0100_0000_01B3);
        self.0 = product ^ (product >> 32);
    }
}

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.mix(u64::from_le_bytes(last));
        // A zero byte at the end is not the same as none.
        self.mix(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What [`Display`](fmt::Display) writes.
impl FromStr for Fingerprint {
    type Err = ParseIntError;

    fn from_str(digits: &str) -> Result<Self, ParseIntError> {
        u64::from_str_radix(digits, 16).map(Self)
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::{Hash as _, Hasher as _};

    use super::Fingerprint;

    #[test]
    fn every_bit_and_every_length_counts() {
        let text = b"Architecture decision".to_vec();
        let mut others: Vec<Vec<u8>> = (0..text.len() * 8)
            .map(|bit| {
                let mut other = text.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                other
            })
            .collect();
        others.extend((0..20).map(|zeros| vec![0; zeros]));
        let count = others.len();
        others.push(text);
        let seen: BTreeSet<u64> = others.iter().map(|one| Fingerprint::of(one).finish()).collect();
        assert_eq!(seen.len(), count + 1);
    }

    #[test]
    fn what_was_written_in_other_pieces_is_not_the_same() {
        let of = |texts: [&str; 2]| {
            let mut whole = Fingerprint::default();
            texts.hash(&mut whole);
            whole.to_string()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
        assert_eq!(of(["ab", "c"]).len(), 16);
    }

    /// Manifests of sites hold it, and outlive the program that wrote them.
    #[test]
    fn it_never_changes() {
        assert_eq!(Fingerprint::of(b"Use PostgreSQL").to_string(), "9fb5848af6177624");
    }
}
