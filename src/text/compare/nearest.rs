//! "Did you mean": the nearest of many words to a given one, within a budget.
//!
//! An edit distance costs the product of both lengths, and a log may contain any number of words of any
//! length. So long words are not compared, words with very different lengths are skipped, and
//! all questions about one text share a [`Budget`]. The answers depend only on the words and the
//! order of the questions, never on time.

use strsim::damerau_levenshtein;

/// The longest word, in bytes, that is compared or suggested: no one misspells longer ones, and they
/// make a message useless.
pub const LONGEST_WORD: usize = 128;

/// The remaining comparisons for one text, in pairs of letters.
#[derive(Debug)]
pub struct Budget(usize);

impl Budget {
    /// The budget for a text of `bytes` bytes: enough for dozens of suggestions in any text, and
    /// for more in a longer one.
    pub fn of(bytes: usize) -> Self {
        Self(500_000_usize.saturating_add(bytes.saturating_mul(16)))
    }

    /// Spends `cost`; returns whether that much was left.
    fn spend(&mut self, cost: usize) -> bool {
        let remaining = self.0.checked_sub(cost);
        self.0 = remaining.unwrap_or_default();
        remaining.is_some()
    }
}

/// The number of letters of `given` that may be wrong: a third of them, and at least two.
pub fn allowed_typos(given: &str) -> usize {
    2.max(given.len() / 3)
}

/// Returns the word that is nearest to `given`, with at most `most` different letters; of several, the first
/// alphabetically. `None` also if the budget is spent.
pub fn nearest<'w>(
    words: impl IntoIterator<Item = &'w str>,
    given: &str,
    most: usize,
    budget: &mut Budget,
) -> Option<&'w str> {
    if given.len() > LONGEST_WORD {
        return None;
    }
    let given_length = given.chars().count();
    let mut nearest_word: Option<(usize, &str)> = None;
    for word in words {
        let is_comparable =
            word.len() <= LONGEST_WORD && word.chars().count().abs_diff(given_length) <= most;
        let cost = if is_comparable { word.len() * given.len() } else { 0 };
        // Skipping a word is work as well.
        if !budget.spend(cost + 1) {
            return None;
        }
        if is_comparable {
            let distance = damerau_levenshtein(word, given);
            if distance <= most && nearest_word.is_none_or(|nearest| (distance, word) < nearest) {
                nearest_word = Some((distance, word));
            }
        }
    }
    nearest_word.map(|(_, word)| word)
}

/// The first `bytes` bytes of `text` at most, cut at a character.
pub fn text_prefix(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Budget, LONGEST_WORD, allowed_typos, nearest};

    #[test]
    fn the_nearest_word_is_found_and_of_two_the_first() {
        let mut budget = Budget::of(0);
        let mut near =
            |given| nearest(["status", "context", "state", "stats"], given, 2, &mut budget);
        assert_eq!(near("statsu"), Some("stats"));
        assert_eq!(near("contxt"), Some("context"));
        assert_eq!(near("decision"), None);
        assert_eq!(allowed_typos("abc"), 2);
        assert_eq!(allowed_typos(&"a".repeat(12)), 4);
    }

    #[test]
    fn words_that_are_too_long_are_not_compared() {
        let long = "a".repeat(LONGEST_WORD + 1);
        let mut budget = Budget::of(0);
        assert_eq!(nearest([long.as_str()], &long, 2, &mut budget), None);
        assert_eq!(nearest([long.as_str()], "a", LONGEST_WORD, &mut budget), None);
    }

    #[test]
    fn all_comparing_together_stays_within_the_budget() {
        let words: Vec<String> = (0..10_000).map(|at| format!("word-number-{at:05}")).collect();
        let mut budget = Budget::of(0);
        let all = budget.0;
        let mut found = 0;
        for _ in 0..100 {
            let near =
                nearest(words.iter().map(String::as_str), "word-number-0000x", 1, &mut budget);
            found += usize::from(near.is_some());
        }
        // Ten thousand words of 17 letters against as many are more than all of it.
        assert_eq!((found, budget.0), (0, 0));
        assert!(all < words.len() * 17 * 17);
        let mut budget = Budget::of(200_000);
        assert_eq!(
            nearest(words.iter().map(String::as_str), "word-number-0000x", 1, &mut budget),
            Some("word-number-00000")
        );
    }
}
