//! Divides the text near a verb into clauses and words.

use super::passage::QUOTES;
use crate::text::Span;

/// The number of bytes that are read before and after a verb. Sentences are shorter, but a line can be
/// longer.
pub(super) const MAX_DISTANCE: usize = 320;

/// The span of at most [`MAX_DISTANCE`] bytes before `end`.
pub(super) fn nearby_before(text: &str, end: usize) -> Span {
    Span::new(text.ceil_char_boundary(end.saturating_sub(MAX_DISTANCE)).min(end), end)
}

/// The text of at most [`MAX_DISTANCE`] bytes after `start`.
pub(crate) fn nearby_after(text: &str, start: usize) -> &str {
    Span::new(start, text.len()).first(MAX_DISTANCE, text).of(text)
}

/// The offset of the innermost bracket that is open at the end of the text.
pub(super) fn open_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, c) in text.char_indices().rev() {
        match c {
            ')' | '）' | ']' => depth += 1,
            '(' | '（' | '[' if depth == 0 => return Some(offset),
            '(' | '（' | '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The clauses of the last sentence in `span`, in order. The last one may be empty.
pub(super) fn clauses(text: &str, span: Span) -> Vec<Span> {
    const SENTENCE_ENDS: [&str; 14] =
        [". ", ".\n", "! ", "? ", "; ", "；", "。", ": ", "：", " — ", " – ", " - ", " | ", " · "];
    let written = span.of(text);
    let after_last = |mark: &&str| written.rfind(*mark).map(|offset| offset + mark.len());
    let sentence_start = SENTENCE_ENDS.iter().filter_map(after_last).max().unwrap_or(0);
    let quotation_start =
        written.rfind(QUOTES).map_or(0, |offset| written.ceil_char_boundary(offset + 1));
    let mut clause_start = sentence_start.max(quotation_start) + span.start;
    let mut clauses = Vec::new();
    let sentence = Span::new(clause_start, span.end).of(text);
    for (offset, mark) in sentence.match_indices([',', '，', '、', '→']) {
        let clause_end = span.end - sentence.len() + offset;
        clauses.push(Span::new(clause_start, clause_end));
        clause_start = clause_end + mark.len();
    }
    clauses.push(Span::new(clause_start, span.end));
    clauses
}

/// Whether a word describes how something was done: *fully*, *recently*.
pub(crate) fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
}

/// Whether a word consists of ASCII digits.
pub(crate) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
