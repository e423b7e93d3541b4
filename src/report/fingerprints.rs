//! What identifies a finding from one run to the next: its rule, its file and its text, but no line number.

use std::collections::HashMap;

use super::definition::Input;
use super::region::{first_line, line_at};
use crate::lint::{Diagnostic, Location};

/// A unique fingerprint for each of the `diagnostics`, in their order.
///
/// Text that is added or removed above a finding does not change its fingerprint. Findings that are equal in
/// everything are numbered.
pub(super) fn fingerprints(input: &Input<'_>, diagnostics: &[&Diagnostic]) -> Vec<String> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    let fingerprint = |one: &&Diagnostic| {
        let words = marked_words(&input.context.location(&one.site));
        let hash = fnv(&[one.rule.code, &input.path(&one.site), &words]);
        let count = counts.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    };
    diagnostics.iter().map(fingerprint).collect()
}

/// The same from the line of each finding only, which GitHub compares together with rule and file.
pub(super) fn line_hashes(input: &Input<'_>, diagnostics: &[&Diagnostic]) -> Vec<String> {
    let mut counts: HashMap<(String, u64), usize> = HashMap::new();
    let line_hash = |one: &&Diagnostic| {
        let location = input.context.location(&one.site);
        let line = location.source.map(|source| line_at(source, location.span.start).1);
        let hash = fnv(&[&single_spaced(line.unwrap_or_default())]);
        let count = counts.entry((input.path(&one.site) + one.rule.code, hash)).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    };
    diagnostics.iter().map(line_hash).collect()
}

/// The words that the finding marks; the words of its line if it marks none.
fn marked_words(location: &Location<'_>) -> String {
    let Some(source) = location.source else { return String::new() };
    let marked = single_spaced(first_line(source, location.span).of(source.text()));
    if marked.is_empty() { single_spaced(line_at(source, location.span.start).1) } else { marked }
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A hash that is the same on every machine and in every version: 64-bit FNV-1a over the parts, each followed by a byte
/// that does not occur in UTF-8.
fn fnv(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
