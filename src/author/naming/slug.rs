//! Titles as parts of file names.

use std::sync::LazyLock;

use regex::Regex;

/// A longer slug is cut before the word that would exceed the limit. Counted in characters: even with a number
/// before it and the widest characters, a name fits the 255 bytes of most file systems.
const MAX_CHARACTERS: usize = 72;

/// Everything except letters, digits and marks: combining accents, and the vowel signs of Indic scripts, belong to
/// their letter.
#[expect(clippy::expect_used, reason = "the pattern is constant and tested below")]
static SEPARATORS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}\p{M}]+").expect("the pattern is valid"));

/// `title` in lower case, with `-` for every run of characters that are neither letters nor digits, cut at a word.
/// Keeps letters of any script. Empty if `title` has neither letters nor digits.
pub fn slug(title: &str) -> String {
    let lowercase = title.to_lowercase();
    let words: Vec<&str> = SEPARATORS.split(&lowercase).filter(|word| !word.is_empty()).collect();
    let mut slug = String::new();
    let mut characters = 0;
    for word in words {
        let word_characters = word.chars().count();
        if slug.is_empty() {
            slug.extend(word.chars().take(MAX_CHARACTERS));
            characters = word_characters;
            continue;
        }
        characters += 1 + word_characters;
        if characters > MAX_CHARACTERS {
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
    fn other_characters_become_one_hyphen() {
        assert_eq!(slug("Use PostgreSQL for orders"), "use-postgresql-for-orders");
        assert_eq!(slug("-- R&D / \"Node.JS\" (v2)!"), "r-d-node-js-v2");
    }

    #[test]
    fn letters_of_every_script_are_kept() {
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
