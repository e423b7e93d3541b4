//! Titles as parts of file names.

use std::sync::LazyLock;

use regex::Regex;

/// Longer slugs are cut before the word that would exceed it. Counted in characters: with a number
/// before it and the widest characters, a name still fits the 255 bytes of most file systems.
const MAX_CHARACTERS: usize = 72;

/// Everything that is no letter, digit or mark: accents typed as characters of their own, and the
/// vowel signs of Indic scripts, belong to their letter.
#[expect(clippy::expect_used, reason = "a pattern that is written here and tested below")]
static BREAKS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}\p{M}]+").expect("the pattern is valid"));

/// `title` in lower case, with `-` for every run of characters that are no letter and no digit, cut
/// at a word. Letters of any script stay. Empty where `title` has neither.
pub fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = BREAKS.split(&lower).filter(|word| !word.is_empty()).collect();
    let mut slug = String::new();
    let mut length = 0;
    for word in words {
        let letters = word.chars().count();
        if slug.is_empty() {
            slug.extend(word.chars().take(MAX_CHARACTERS));
            length = letters;
            continue;
        }
        length += 1 + letters;
        if length > MAX_CHARACTERS {
            break;
        }
        slug.push('-');
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn everything_but_letters_and_digits_becomes_one_dash() {
        assert_eq!(slug("Use PostgreSQL for orders"), "use-postgresql-for-orders");
        assert_eq!(slug("-- R&D / \"Node.JS\" (v2)!"), "r-d-node-js-v2");
    }

    #[test]
    fn letters_of_every_script_stay() {
        assert_eq!(slug("Ünïcödé Ärger — 決定"), "ünïcödé-ärger-決定");
        assert_eq!(slug("Cafe\u{301} au lait"), "cafe\u{301}-au-lait");
        assert_eq!(slug("हिन्दी में"), "हिन्दी-में");
    }

    #[test]
    fn a_long_title_is_cut_before_a_word() {
        let title = "one two three four five six seven eight nine ten eleven twelve thirteen four";
        assert_eq!(
            slug(title),
            "one-two-three-four-five-six-seven-eight-nine-ten-eleven-twelve-thirteen"
        );
        assert_eq!(slug(&"x".repeat(300)).len(), 72);
        assert_eq!(slug(&format!("{} end", "x".repeat(300))).len(), 72);
    }
}
