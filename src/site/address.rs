//! Where the page of each record is, and how pages link to one another.

use std::collections::{BTreeMap, HashSet};

use crate::model::{Log, Record, RecordId};

/// The names of the pages of all records, without folder and extension.
///
/// A name is the number, because titles change and numbers stay: `0042`. The first record with a
/// number, in log order, has it; others with the same number add words of their file's name.
pub(super) fn names(log: &Log) -> BTreeMap<RecordId, String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = BTreeMap::new();
    for (id, record) in log.iter() {
        let name = match (number(record), slug(stem(record))) {
            (Some(number), _) if taken.insert(number.clone()) => number,
            (Some(number), slug) => unique(&format!("{number}-{slug}"), &mut taken),
            (None, slug) => unique(&slug, &mut taken),
        };
        names.insert(id, name);
    }
    names
}

/// The number as names have it: four digits at least, a prefix other than `ADR` before them.
fn number(record: &Record) -> Option<String> {
    let digits = record.number.as_ref()?.value.padded(4);
    let id = record.id.as_ref().map(|id| id.value.to_lowercase()).unwrap_or_default();
    let prefix: String = id
        .split(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let prefix = prefix.trim_matches('-');
    Some(if prefix.is_empty() || prefix == "adr" { digits } else { format!("{prefix}-{digits}") })
}

/// The file's name without extension and number; of `x/README.md`, `x`.
fn stem(record: &Record) -> &str {
    let name = record.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index");
    let folder = record.file.rsplit('/').nth(1).filter(|_| is_index);
    let stem = folder.unwrap_or(stem);
    match &record.number {
        Some(_) => stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_ .".contains(c)),
        None => stem,
    }
}

/// The longest name that is made of words.
const MAX_SLUG: usize = 60;

/// `text` as a name that every file system and every address can hold: ASCII letters in lower
/// case, digits, and `-` between words. Words in other scripts leave a number made of them.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= MAX_SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let lost = text.chars().any(|c| c.is_alphanumeric() && !c.is_ascii());
    if slug.is_empty() || lost && slug.len() < 3 {
        return format!("x{:08x}", fnv(text.as_bytes()) & 0xFFFF_FFFF);
    }
    if is_device(slug) { format!("{slug}-") } else { slug.to_owned() }
}

/// The names that Windows keeps for devices, whatever extension follows them.
fn is_device(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"]
            .iter()
            .any(|port| name.strip_prefix(port).is_some_and(|rest| rest.len() == 1 && rest != "0"))
}

/// A hash that is the same everywhere and for ever: 64-bit FNV-1a.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// `base`, or with a number behind it that nobody has yet.
pub(super) fn unique(base: &str, taken: &mut HashSet<String>) -> String {
    let mut name = base.to_owned();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{base}-{count}");
    }
    name
}

/// What leads from the page at `path` back to the root of the site: `""` or `"../"`.
pub(super) fn root(path: &str) -> &'static str {
    if path.contains('/') { "../" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_can_be_stored_anywhere() {
        let long = slug(&"long words ".repeat(20));
        assert!(long.len() <= 60 && !long.ends_with('-'), "{long}");
        for (text, expected) in [
            ("Use Rust, not C++!", "use-rust-not-c"),
            ("../../etc/passwd", "etc-passwd"),
            ("CON", "con-"),
            ("lpt1", "lpt1-"),
            ("console", "console"),
            ("<script>", "script"),
            ("", "x84222325"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert_ne!(slug("データベース"), slug("キュー"));
    }
}
