//! The summary of a decision: one sentence of its text.

use crate::site::markdown::TextPassage;

/// The maximum length of a summary, in characters.
const MAX_LENGTH: usize = 200;

/// The word for *decision* in headings, in the languages of real logs.
const DECISION_WORDS: [&str; 9] = [
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

/// The first sentence of the section about the decision; without such a section, of the text.
pub(crate) fn summary(passages: &[TextPassage]) -> String {
    let is_decision = |passage: &&TextPassage| {
        let heading = passage.heading.to_lowercase();
        // "Decision drivers" is about the reasons.
        DECISION_WORDS.iter().any(|word| heading.contains(word)) && !heading.contains("driver")
    };
    let has_prose = |passage: &&TextPassage| prose_line(&passage.text).is_some();
    let mut prose_passages = passages.iter().filter(has_prose);
    let decision = prose_passages.clone().find(is_decision);
    let passage = decision.or_else(|| prose_passages.next());
    let line = passage.and_then(|passage| prose_line(&passage.text));
    line.map(first_sentence).unwrap_or_default()
}

/// The first line that looks like prose; an entry in a table of contents does not.
fn prose_line(text: &str) -> Option<&str> {
    let is_prose = |line: &&str| line.split_whitespace().nth(3).is_some() || line.len() > 40;
    text.lines().map(str::trim).find(is_prose)
}

/// The first sentence of `line`, shortened at a word if it is too long.
fn first_sentence(line: &str) -> String {
    let mut sentence_end = line.len();
    for (offset, c) in line.char_indices() {
        let offset_after = offset + c.len_utf8();
        let ends_sentence = match c {
            '。' | '！' => true,
            '.' | '!' | '?' => is_full_stop(line, offset, offset_after),
            _ => false,
        };
        if ends_sentence {
            sentence_end = offset_after;
            break;
        }
    }
    shortened(line.get(..sentence_end).unwrap_or(line))
}

/// Whether the mark at `offset` ends a sentence: another one follows, and the word before it is not an
/// abbreviation such as "e.g." or an initial.
fn is_full_stop(line: &str, offset: usize, offset_after: usize) -> bool {
    let text_after = line.get(offset_after..).unwrap_or_default();
    if !text_after.starts_with(' ') {
        return false;
    }
    let starts_sentence = text_after.trim_start().starts_with(|c: char| !c.is_lowercase());
    let word = line.get(..offset).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
    let is_abbreviation = word.chars().count() < 3
        || word.contains('.') && !word.starts_with(|c: char| c.is_ascii_digit());
    starts_sentence && !is_abbreviation
}

fn shortened(sentence: &str) -> String {
    let Some((limit, _)) = sentence.char_indices().nth(MAX_LENGTH) else {
        return sentence.to_owned();
    };
    let kept_text = sentence.get(..limit).unwrap_or_default();
    let whole_words = kept_text.rsplit_once(' ').map_or(kept_text, |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::summary;
    use crate::site::markdown::{MarkdownText, TextPassage};

    fn passages(text: &str) -> Vec<TextPassage> {
        crate::site::markdown::passages(&MarkdownText::parse(text, None, &[]))
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
