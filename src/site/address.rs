//! Where the page of each record is, and how pages link to one another.

use super::view::label;
use crate::model::{Log, Record};
use crate::text::UniqueNames;

/// What a record is called wherever it is named.
#[derive(Debug)]
pub(super) struct Called {
    /// The address of its page, from the root of the site.
    pub url: Box<str>,
    /// `ADR-0042`; nothing for a record without number.
    pub label: Option<Box<str>>,
}

/// What comes before the name of a record's page in its address, and behind it.
const PAGE: (&str, &str) = ("decisions/", ".html");

impl Called {
    /// The name of its page, without folder and extension.
    pub(super) fn name(&self) -> &str {
        let name = self.url.strip_prefix(PAGE.0).and_then(|name| name.strip_suffix(PAGE.1));
        name.unwrap_or_default()
    }

    /// The address of another file about it, from the root of the site.
    pub(super) fn beside(&self, extension: &str) -> String {
        [PAGE.0, self.name(), ".", extension].concat()
    }
}

/// What all records are called.
pub(super) fn called(log: &Log) -> Vec<Called> {
    let called = |(record, name): (&Record, String)| Called {
        url: [PAGE.0, &name, PAGE.1].concat().into(),
        label: label(record).map(Into::into),
    };
    log.records().iter().zip(names(log)).map(called).collect()
}

/// The names of the pages of all records, without folder and extension.
///
/// A name is the number, because titles change and numbers stay: `0042`. The first record with a
/// number, in log order, has it; others with the same number add words of their file's name.
fn names(log: &Log) -> Vec<String> {
    let mut taken = UniqueNames::default();
    let name = |record: &Record| match (number(record), slug(stem(record))) {
        (Some(number), _) if taken.insert(&number) => number,
        (Some(number), slug) => taken.take(format!("{number}-{slug}"), SECOND),
        (None, slug) => taken.take(slug, SECOND),
    };
    log.records().iter().map(name).collect()
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
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if let Some(letters) = latin(c) {
            slug.push_str(letters);
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

/// The slug of a value that has a page of its own, whatever other values there are: where letters or signs
/// are lost that tell it from another one, as of `C++` and `C#`, a number made of them follows.
pub(super) fn slug_of_value(text: &str, taken: &mut UniqueNames) -> String {
    let text = text.trim().to_lowercase();
    let divides = |c: char| c.is_whitespace() || "-_.,;:/'’\"()&".contains(c);
    let is_kept = |c: char| c.is_ascii_alphanumeric() || divides(c) || latin(c).is_some();
    let plain = slug(&text);
    let is_whole = text.chars().all(is_kept) && !text.starts_with('.') && text.len() < MAX_SLUG;
    if is_whole && taken.insert(&plain) {
        return plain;
    }
    let number = fnv(text.as_bytes()) & 0xFFFF_FFFF;
    taken.take(format!("{plain}-{number:08x}"), SECOND)
}

/// The letters of the alphabet that one with a mark stands for; nothing for a mark alone.
fn latin(c: char) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 25] = [
        ("a", "àáâãäåāăą"),
        ("ae", "æ"),
        ("c", "çćĉċč"),
        ("d", "ďđð"),
        ("e", "èéêëēĕėęě"),
        ("g", "ĝğġģ"),
        ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįı"),
        ("j", "ĵ"),
        ("k", "ķ"),
        ("l", "ĺļľŀł"),
        ("n", "ñńņňŋ"),
        ("o", "òóôõöøōŏőơ"),
        ("oe", "œ"),
        ("r", "ŕŗř"),
        ("s", "śŝşšș"),
        ("ss", "ß"),
        ("t", "ţťŧț"),
        ("th", "þ"),
        ("u", "ùúûüũūŭůűųư"),
        ("w", "ŵ"),
        ("y", "ýÿŷ"),
        ("z", "źżž"),
        // Marks that are typed as characters of their own.
        ("", "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30A}\u{30B}"),
        ("", "\u{30C}\u{323}\u{326}\u{327}\u{328}"),
    ];
    if c.is_ascii() {
        return None;
    }
    LETTERS.iter().find(|(_, marked)| marked.contains(c)).map(|(plain, _)| *plain)
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

/// The number behind the second of several equal names.
pub(super) const SECOND: u32 = 2;

/// What leads from the page at `path` back to the root of the site: `""` or `"../"`.
pub(super) fn root(path: &str) -> &'static str {
    if path.contains('/') { "../" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::{slug, slug_of_value};
    use crate::text::UniqueNames;

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
            ("Carla Díaz", "carla-diaz"),
            ("Łódź, Straße İi\u{301}", "lodz-strasse-ii"),
            ("", "x84222325"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert_ne!(slug("データベース"), slug("キュー"));
    }

    #[test]
    fn the_slug_of_a_value_does_not_depend_on_others() {
        let of = |text: &str| slug_of_value(text, &mut UniqueNames::default());
        let values = ["c", "C++", "c#", "API 設計", "in progress", "O'Brien & Díaz", ".NET", "net"];
        let alone = values.map(of);
        let names: Vec<&str> = alone.iter().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "c",
                "c-0dae8bb0",
                "c-b54a8023",
                "api-3bffeb68",
                "in-progress",
                "o-brien-diaz",
                "net-bce59f84",
                "net"
            ]
        );
        let mut taken = UniqueNames::default();
        let together = values.map(|value| slug_of_value(value, &mut taken));
        assert_eq!(alone, together);
    }
}
