//! What a decision says, in one sentence.

use super::markdown::Passage;

/// The longest summary, in characters.
const LONGEST: usize = 200;

/// The beginnings of the words for *decision* in headings, in the languages of real logs.
const DECISION: [&str; 9] = [
    "decision",
    "decisión",
    "decisão",
    "décision",
    "entscheidung",
    "beslut",
    "решение",
    "决定",
    "決定",
];

/// The first sentence of the section on what was decided; of the text, where there is none.
pub(super) fn summary(passages: &[Passage]) -> String {
    let says = |passage: &&Passage| line(&passage.text).is_some();
    let is_decision = |passage: &&Passage| {
        let heading = passage.heading.to_lowercase();
        // "Decision drivers" is about what comes before a decision.
        DECISION.iter().any(|word| heading.contains(word)) && !heading.contains("driver")
    };
    let mut told = passages.iter().filter(says);
    let decision = passages.iter().filter(says).find(is_decision);
    let told = decision.or_else(|| told.next()).and_then(|passage| line(&passage.text));
    told.map(sentence).unwrap_or_default()
}

/// The first line that says something: an entry of a table of contents does not.
fn line(text: &str) -> Option<&str> {
    let says = |line: &&str| line.split_whitespace().nth(3).is_some() || line.len() > 40;
    text.lines().map(str::trim).find(says)
}

/// The first sentence of `line`, cut at a word where it is too long.
fn sentence(line: &str) -> String {
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        let behind = at + c.len_utf8();
        let ends = match c {
            '。' | '！' => true,
            '.' | '!' | '?' => stops(line, at, behind),
            _ => false,
        };
        if ends {
            end = behind;
            break;
        }
    }
    cut(line.get(..end).unwrap_or(line))
}

/// Whether the mark from `at` to `behind` ends a sentence: another one begins there, and no
/// abbreviation such as "e.g." or an initial stands before it.
fn stops(line: &str, at: usize, behind: usize) -> bool {
    let after = line.get(behind..).unwrap_or_default();
    if !after.starts_with(' ') {
        return false;
    }
    let begins = after.trim_start().starts_with(|c: char| !c.is_lowercase());
    let word = line.get(..at).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
    let is_abbreviation = word.chars().count() < 3
        || word.contains('.') && !word.starts_with(|c: char| c.is_ascii_digit());
    begins && !is_abbreviation
}

fn cut(sentence: &str) -> String {
    let Some((at, _)) = sentence.char_indices().nth(LONGEST) else { return sentence.to_owned() };
    let short = sentence.get(..at).unwrap_or_default();
    let short = short.rsplit_once(' ').map_or(short, |(before, _)| before);
    format!("{}…", short.trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::summary;
    use crate::site::markdown::{Passage, Text};

    fn passages(text: &str) -> Vec<Passage> {
        crate::site::markdown::passages(&Text::read(text, None, &[]))
    }

    #[test]
    fn the_first_sentence_of_the_decision_counts() {
        let text = "# T\n\n## Context\n\na.\n\n## Decision Drivers\n\nb\n\n## Decision\n\nWe use e.g. Rust 1.95. It is fast.\n";
        assert_eq!(summary(&passages(text)), "We use e.g. Rust 1.95.");
    }

    #[test]
    fn a_text_without_sections_is_its_own_summary() {
        assert_eq!(
            summary(&passages("Only\n\nThis is all it says\n\nnot that")),
            "This is all it says"
        );
    }
}
