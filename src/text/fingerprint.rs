//! Whether something is what it was, told by 64 bits.

use std::fmt;
use std::hash::Hasher;
use std::mem;
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
        Self::of_pieces(&[bytes])
    }

    /// That of the bytes of `pieces` one after the other, wherever one of them ends.
    pub fn of_pieces(pieces: &[&[u8]]) -> Self {
        let mut whole = Self::default();
        whole.add(pieces);
        whole
    }

    fn add(&mut self, pieces: &[&[u8]]) {
        let (mut length, mut last, mut held) = (0, [0; WORD], 0);
        for piece in pieces {
            length += piece.len();
            // What is held of a word comes from the pieces before.
            let missing = if held > 0 { WORD - held } else { 0 };
            let (first, rest) = piece.split_at(piece.len().min(missing));
            held = hold(&mut last, held, first);
            if held == WORD {
                self.mix(mem::take(&mut last));
                held = 0;
            }
            let (words, rest) = rest.as_chunks();
            for word in words {
                self.mix(*word);
            }
            held = hold(&mut last, held, rest);
        }
        self.mix(last);
        // A zero byte at the end is not the same as none.
        self.mix(u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn mix(&mut self, word: [u8; WORD]) {
        let product = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01B3);
        self.0 = product ^ (product >> 32);
    }
}

/// How many bytes a word has.
const WORD: usize = 8;

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        self.add(&[bytes]);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Puts `bytes` behind the `held` ones that a word has already; how many it has then.
fn hold(word: &mut [u8; WORD], held: usize, bytes: &[u8]) -> usize {
    for (to, from) in word.iter_mut().skip(held).zip(bytes) {
        *to = *from;
    }
    held + bytes.len()
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
