//! What a finding is known by from one run to the next: its rule, its file and the words that it
//! stands at, and never a number of a line. Knows no format.

use std::collections::HashMap;

use super::Input;
use super::region::{first_line, line_at};
use crate::lint::{Diagnostic, Location};

/// One for each of `found`, in their order; all differ.
///
/// Text that comes or goes above a finding does not change it. Of findings that are alike in
/// everything, the second is known as the second.
pub(super) fn fingerprints(input: &Input<'_>, found: &[&Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let mut print = |one: &&Diagnostic| {
        let words = words(&input.context.location(&one.site));
        let hash = fnv(&[one.rule.code, &input.path(&one.site), &words]);
        let count = seen.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    };
    found.iter().map(&mut print).collect()
}

/// As above, from the line that each of `found` stands in and nothing else: what GitHub compares,
/// together with rule and file.
pub(super) fn line_hashes(input: &Input<'_>, found: &[&Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<(String, u64), usize> = HashMap::new();
    let mut print = |one: &&Diagnostic| {
        let place = input.context.location(&one.site);
        let line = place.source.map(|source| line_at(source, place.span.start).1);
        let hash = fnv(&[&plain(line.unwrap_or_default())]);
        let count = seen.entry((input.path(&one.site) + one.rule.code, hash)).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    };
    found.iter().map(&mut print).collect()
}

/// The words that the finding marks; those of its line where it marks none.
fn words(place: &Location<'_>) -> String {
    let Some(source) = place.source else { return String::new() };
    let marked = plain(first_line(source, place.span).of(source.text()));
    if marked.is_empty() { plain(line_at(source, place.span.start).1) } else { marked }
}

/// `text` with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A hash that is the same everywhere and for ever: 64-bit FNV-1a over the parts, each ended by a
/// byte that no text holds.
fn fnv(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
