//! Texts as parts of file names and addresses.

use crate::text::UniqueNames;

/// The maximum length of a slug, in bytes.
const MAX_SLUG: usize = 60;

/// Turns `text` into a name that every file system and every address accepts: ASCII letters in lower case, digits,
/// and `-` between words. A text that loses nearly all its letters becomes a hash.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if let Some(letters) = without_accent(c) {
            slug.push_str(letters);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= MAX_SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let has_lost_letters = text.chars().any(|c| c.is_alphanumeric() && !c.is_ascii());
    if slug.is_empty() || has_lost_letters && slug.len() < 3 {
        return format!("x{:08x}", fnv(text.as_bytes()) & 0xFFFF_FFFF);
    }
    if is_device(slug) { format!("{slug}-") } else { slug.to_owned() }
}

/// The slug of a value that has its own page. It does not depend on the other values, so that addresses are
/// stable: if letters or signs are lost that distinguish values, as in `C++` and `C#`, a hash follows.
pub(crate) fn slug_of_value(text: &str, taken: &mut UniqueNames) -> String {
    let text = text.trim().to_lowercase();
    let is_separator = |c: char| c.is_whitespace() || "-_.,;:/'’\"()&".contains(c);
    let is_kept =
        |c: char| c.is_ascii_alphanumeric() || is_separator(c) || without_accent(c).is_some();
    let plain_slug = slug(&text);
    let is_whole = text.chars().all(is_kept) && !text.starts_with('.') && text.len() < MAX_SLUG;
    if is_whole && taken.insert(&plain_slug) {
        return plain_slug;
    }
    let hash = fnv(text.as_bytes()) & 0xFFFF_FFFF;
    taken.take(format!("{plain_slug}-{hash:08x}"), SECOND)
}

/// The ASCII letters for a letter with an accent; an empty text for a combining accent.
fn without_accent(c: char) -> Option<&'static str> {
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
        // Combining accents.
        ("", "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30A}\u{30B}"),
        ("", "\u{30C}\u{323}\u{326}\u{327}\u{328}"),
    ];
    if c.is_ascii() {
        return None;
    }
    LETTERS.iter().find(|(_, accented)| accented.contains(c)).map(|(plain, _)| *plain)
}

/// Whether Windows reserves the name for a device, with any extension.
fn is_device(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"]
            .iter()
            .filter_map(|port| name.strip_prefix(port))
            .any(|number| number.len() == 1 && number != "0")
}

/// A hash that never changes: 64-bit FNV-1a.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// The number added to the second of several equal names.
pub(crate) const SECOND: u32 = 2;

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
        let slug_alone = |text: &str| slug_of_value(text, &mut UniqueNames::default());
        let values = ["c", "C++", "c#", "API 設計", "in progress", "O'Brien & Díaz", ".NET", "net"];
        let alone = values.map(slug_alone);
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
