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
/// fast; after each, the upper half goes into the lower one, where a product would not reach. Four words in a
/// row go into four numbers, which a processor mixes at the same time, and these into one at the end.
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

    /// That of the bytes of `pieces` one after the other, wherever one of them ends.
    pub fn of_pieces(pieces: &[&[u8]]) -> Self {
        let mut whole = Self::default();
        whole.add(pieces);
        whole
    }

    fn add(&mut self, pieces: &[&[u8]]) {
        let mut lanes: Lanes = [0, 1, 2, 3].map(|lane| self.0 ^ lane);
        let (mut length, mut last, mut held) = (0, [0; BLOCK], 0);
        for piece in pieces {
            length += piece.len();
            // What is held of a block comes from the pieces before.
            let missing = if held > 0 { BLOCK - held } else { 0 };
            let (first, rest) = piece.split_at(piece.len().min(missing));
            held = hold(&mut last, held, first);
            if held == BLOCK {
                mix_block(&mut lanes, &mem::replace(&mut last, [0; BLOCK]));
                held = 0;
            }
            let (blocks, rest) = rest.as_chunks();
            for block in blocks {
                mix_block(&mut lanes, block);
            }
            held = hold(&mut last, held, rest);
        }
        mix_block(&mut lanes, &last);
        for lane in lanes {
            self.0 = mix(self.0, lane);
        }
        // A zero byte at the end is not the same as none.
        self.0 = mix(self.0, u64::try_from(length).unwrap_or(u64::MAX));
    }
}

/// The four numbers that the words of a block go into.
type Lanes = [u64; 4];

/// How many bytes a block has.
const BLOCK: usize = 32;

/// Written word by word: as a loop it is no faster than one number alone.
fn mix_block(lanes: &mut Lanes, block: &[u8; BLOCK]) {
    let (words, _) = block.as_chunks();
    if let ([a, b, c, d], [first, second, third, fourth]) = (*lanes, words) {
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        *lanes =
            [mix(a, word(first)), mix(b, word(second)), mix(c, word(third)), mix(d, word(fourth))];
    }
}

fn mix(number: u64, word: u64) -> u64 {
    let product = (number ^ word).wrapping_mul(0x0100_0000_01B3);
    product ^ (product >> 32)
}

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        self.add(&[bytes]);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Puts `bytes` behind the `held` ones that a block has already; how many it has then.
fn hold(block: &mut [u8; BLOCK], held: usize, bytes: &[u8]) -> usize {
    for (to, from) in block.iter_mut().skip(held).zip(bytes) {
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
        let text = b"Architecture decision records, kept beside the code they are about".to_vec();
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
        assert_eq!(Fingerprint::of(b"Use PostgreSQL").to_string(), "81796d8b1ce9b436");
    }
}
