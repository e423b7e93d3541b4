//! Detects changes with a 64-bit hash.

use std::fmt;
use std::hash::Hasher;
use std::mem;
use std::num::ParseIntError;
use std::str::FromStr;

/// A fingerprint of the bytes written to it; the same on every machine and in every version.
///
/// It detects accidental changes: texts that differ in one place never have the same fingerprint,
/// others with a probability of 2⁻⁶⁴. It does not protect against someone who searches for a collision.
///
/// Mixes words of eight bytes as 64-bit FNV-1a does with single bytes, which is eight times as
/// fast. After each word the upper half is folded into the lower half, which the multiplication does not reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_pieces(&[bytes])
    }

    /// The fingerprint of the concatenated `pieces`; how they are split does not matter.
    pub fn of_pieces(pieces: &[&[u8]]) -> Self {
        let mut fingerprint = Self::default();
        fingerprint.add(pieces);
        fingerprint
    }

    fn add(&mut self, pieces: &[&[u8]]) {
        let (mut total_length, mut partial_word, mut held_bytes) = (0, [0; WORD], 0);
        for piece in pieces {
            total_length += piece.len();
            // The word may be partly filled with bytes of the previous pieces.
            let missing = if held_bytes > 0 { WORD - held_bytes } else { 0 };
            let (word_end, from_word_start) = piece.split_at(piece.len().min(missing));
            held_bytes = hold(&mut partial_word, held_bytes, word_end);
            if held_bytes == WORD {
                self.mix(mem::take(&mut partial_word));
                held_bytes = 0;
            }
            let (words, after_words) = from_word_start.as_chunks();
            for word in words {
                self.mix(*word);
            }
            held_bytes = hold(&mut partial_word, held_bytes, after_words);
        }
        self.mix(partial_word);
        // The length distinguishes trailing zero bytes from padding.
        self.mix(u64::try_from(total_length).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn mix(&mut self, word: [u8; WORD]) {
        let product = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01B3);
        self.0 = product ^ (product >> 32);
    }
}

/// The number of bytes in a word.
const WORD: usize = 8;

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        self.add(&[bytes]);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Appends `bytes` to the `held` bytes of `word`, and returns how many it holds then.
fn hold(word: &mut [u8; WORD], held: usize, bytes: &[u8]) -> usize {
    for (target, byte) in word.iter_mut().skip(held).zip(bytes) {
        *target = *byte;
    }
    held + bytes.len()
}

/// Reads what [`Display`](fmt::Display) writes.
impl FromStr for Fingerprint {
    type Err = ParseIntError;

    fn from_str(digits: &str) -> Result<Self, ParseIntError> {
        u64::from_str_radix(digits, 16).map(Self)
    }
}

/// Writes sixteen hexadecimal digits.
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

    #[test]
    fn pieces_count_as_one() {
        let text = b"Architecture decision records, kept beside the code they are about";
        let whole = Fingerprint::of(text);
        for (from, to) in
            (0..=text.len()).flat_map(|from| (from..=text.len()).map(move |to| (from, to)))
        {
            let pieces = [&text[..from], &text[from..to], &text[to..]];
            assert_eq!(Fingerprint::of_pieces(&pieces), whole, "{from} {to}");
        }
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(Fingerprint::of_pieces(&bytes), whole);
    }

    /// Manifests of sites hold it, and outlive the program that wrote them.
    #[test]
    fn it_never_changes() {
        assert_eq!(Fingerprint::of(b"Use PostgreSQL").to_string(), "9fb5848af6177624");
    }
}
