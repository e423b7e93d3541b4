//! The words around references: what joins two references, and what limits a statement to a part of a
//! record.
//!
//! Known shapes: *ADR-1 and ADR-2*; a remark after each, `ADR-1 (names), ADR-2 (tools)`; the number of
//! a section, `ADR-1 §4`; *ADR-1 (in part)* and *ADR-1, in part*; a limit, *ADR-1 rule 2 only*, `ADR-1
//! hinsichtlich der Namen`; a part that is named before the reference, *and the tools section of
//! ADR-2*; a possessive, *ADR-1's names*. Does not depend on places in a record.

use crate::format::words::{WordClass, Words, names_nothing, tokens};
use crate::text::Span;

/// The maximum length in bytes of a part that is joined to a reference.
const MAX_JOINED_PART: usize = 240;

/// The end of the words at the beginning of `text_after_verb` that limit the verb to a part: *superseded in
/// part*, *superseded (in part)*.
pub(crate) fn in_part(text_after_verb: &str, words: &Words) -> Option<usize> {
    let without_marks = text_after_verb.trim_start_matches([' ', ',', '(']);
    let start = text_after_verb.len() - without_marks.len();
    let end = start + leading_phrase(without_marks, WordClass::Partial, words)?.end;
    let is_bracket_open = text_after_verb.get(..start).is_some_and(|marks| marks.contains('('));
    let is_closed =
        is_bracket_open && text_after_verb.get(end..).is_some_and(|text| text.starts_with(')'));
    Some(end + usize::from(is_closed))
}

/// Whether `line`, the text after a reference, limits the statement to a part of the record: by a
/// possessive, in brackets, in its first words, or by mentioning the rest of the record.
pub(crate) fn remarks_on_part(line: &str, words: &Words) -> bool {
    let is_possessive =
        |mark: &str| line.strip_prefix(mark).is_some_and(|text| text.starts_with(' '));
    if line.trim_start().starts_with('§') || is_possessive("'s") || is_possessive("’s") {
        return true;
    }
    let text = line.trim_start().trim_start_matches([' ', '"', '\'']);
    if text.is_empty() {
        return false;
    }
    let bracketed =
        text.strip_prefix(['(', '（', '[']).and_then(|text| text.split_once([')', '）', ']']));
    if let Some((remark, _)) = bracketed {
        return words.is_partial(remark)
            || words.leaves_rest(remark) && !names_nothing(remark, words)
            || remark.split([';', ',', '；', '，', '.']).any(|clause| is_limit(clause, words));
    }
    let sentence_end = [". ", "\n\n"].iter().filter_map(|mark| text.find(mark)).min();
    let sentence = text.get(..sentence_end.unwrap_or(text.len())).unwrap_or_default();
    words.leaves_rest(sentence) || begins_with_part(text, words)
}

/// Whether the first words of the text after a reference limit the statement to a part.
fn begins_with_part(text: &str, words: &Words) -> bool {
    let without_marks = text.trim_start_matches([',', ';', '—', '–', '-', ' ']);
    let marks = text.get(..text.len() - without_marks.len()).unwrap_or_default();
    let remark_end = without_marks.find([',', ';', '.', ':', '(', '—', '–', '|', '·']);
    let remark = without_marks.get(..remark_end.unwrap_or(without_marks.len()));
    let remark = remark.unwrap_or_default().trim();
    if leading_phrase(remark, WordClass::Whole, words).is_some() {
        return false;
    }
    // After a comma a new clause may begin, so only its first two words can belong to the reference.
    if marks.contains([',', ';']) {
        let second_word_end = tokens(remark).nth(1).map_or(remark.len(), |second| second.end);
        return words.is_partial(remark.get(..second_word_end).unwrap_or_default());
    }
    let joins_another = tokens(remark).next().is_some_and(|first| is_and(first.of(remark)));
    is_limit(remark, words) || !joins_another && words.is_partial(remark)
}

/// Whether a remark about a reference begins or ends with words that limit it: *the tools only*. In
/// Chinese such a word has no space after it.
fn is_limit(remark: &str, words: &Words) -> bool {
    let remark = remark.trim();
    let wide_character = remark.chars().next().filter(|first| !first.is_ascii());
    let first_character =
        remark.get(..wide_character.map_or(0, char::len_utf8)).unwrap_or_default();
    let last_word = remark.rsplit(' ').next().unwrap_or_default();
    let is_cause = CAUSES.iter().any(|cause| remark.ends_with(cause));
    !is_cause
        && (words.has_class(first_character, WordClass::Scope)
            || words.has_class(last_word, WordClass::Scope)
            || leading_phrase(remark, WordClass::Scope, words).is_some())
}

/// The last words of remarks that state a cause: *for cost reasons*.
const CAUSES: [&str; 6] = ["reasons", "reason", "sake", "good", "purposes", "now"];

/// The longest phrase of the class at the beginning of `text`.
fn leading_phrase(text: &str, class: WordClass, words: &Words) -> Option<Span> {
    let mut first_tokens = tokens(text).take(5);
    let first = first_tokens.next().filter(|first| first.start == 0)?;
    let has_class = |phrase: &Span| words.has_class(phrase.of(text), class);
    let longest_phrase = first_tokens.map(|next| first.to(next)).filter(has_class).last();
    longest_phrase.or(Some(first).filter(has_class))
}

/// Whether a word joins two references.
fn is_and(word: &str) -> bool {
    AND.iter().any(|and| word.eq_ignore_ascii_case(and))
}

const AND: [&str; 8] = ["and", "und", "et", "y", "e", "en", "и", "i"];

/// Whether the text between two references joins them: commas and words for *and*, after a remark in
/// brackets about the first reference, or after the number of one of its sections.
pub(crate) fn is_joint(between: &str) -> bool {
    const OTHER_JOINTS: [&str; 5] = ["adr", "or", "also", "as", "well"];
    let (joint, has_remark) = after_remark(between);
    let has_joint = !has_remark
        || tokens(joint).next().is_some()
        || joint.contains([',', ';', '·', '/', '&', '、', '，']);
    has_joint
        && !ends_sentence(joint)
        && tokens(joint).all(|token| {
            let word = token.of(joint).to_lowercase();
            AND.contains(&word.as_str()) || OTHER_JOINTS.contains(&word.as_str())
        })
}

/// Whether the text between two references joins a part of the second to the first: *and the tools
/// section of*.
pub(crate) fn joins_part(between: &str, words: &Words) -> bool {
    let (joint, _) = after_remark(between);
    let mut joint_words = tokens(joint);
    let first_word = joint_words.next().map(|first| first.of(joint).to_lowercase());
    let begins_with_and = first_word.is_some_and(|first| AND.contains(&first.as_str()));
    if !begins_with_and
        || joint.len() > MAX_JOINED_PART
        || joint.contains([';', ':', '('])
        || ends_sentence(joint)
    {
        return false;
    }
    let last_word = joint_words.clone().last().map(|last| last.of(joint));
    (2..=9).contains(&joint_words.count())
        && last_word.is_some_and(|last| words.has_class(last, WordClass::Of))
        && words.relations_in(joint).next().is_none()
}

/// The text after a remark in brackets and the number of a section, and whether there were any.
fn after_remark(between: &str) -> (&str, bool) {
    let after_section = after_section_number(between).trim_start();
    let has_section = after_section.len() < between.trim_start().len();
    let bracketed = after_section.strip_prefix(['(', '（']);
    match bracketed.and_then(|text| text.split_once([')', '）'])) {
        Some((_, after_bracket)) => (after_bracket, true),
        None => (after_section, has_section),
    }
}

/// The text after the number of a section: `§4`.
fn after_section_number(text: &str) -> &str {
    let is_in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '–' | '-');
    let after_sign = text.trim_start().strip_prefix('§');
    after_sign.map_or(text, |number| number.trim_start().trim_start_matches(is_in_number))
}

/// Whether a sentence ends within the text: a full stop before white space.
fn ends_sentence(text: &str) -> bool {
    text.contains(". ")
        || text.contains(".\n")
        || text.contains("! ")
        || text.contains("\n\n")
        || text.contains('。')
}

/// Whether the scope of a verb ends in the text after it: at the end of a sentence, at a semicolon,
/// or at the closing bracket of a remark that holds the verb.
pub(crate) fn ends_verb_scope(text: &str) -> bool {
    let closes_bracket = || {
        let close = text.find([')', '）']);
        close.is_some_and(|close| text.find(['(', '（']).is_none_or(|open| close < open))
    };
    ends_sentence(text) || text.contains("; ") || text.contains('；') || closes_bracket()
}
