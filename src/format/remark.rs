//! The words around references: what joins two of them, and what says that only a part of a record is
//! meant.
//!
//! Known shapes: *ADR-1 and ADR-2*; a remark behind each, `ADR-1 (names), ADR-2 (tools)`; the number of
//! a section, `ADR-1 §4`; *ADR-1 (in part)* and *ADR-1, in part*; a subject that is not the record, *The
//! tools are superseded by ADR-1*. Knows no place in a record.

use super::phrase::tokens;
use super::words::Words;

/// How many bytes before a verb are looked at: a sentence is not longer, but a line may be.
const NEAR: usize = 240;

/// Whether the words before a verb of supersession say that it is about a part of the record: *the X
/// portion of it*, or a subject that is not the record, as in *Ruling out X is superseded by*.
pub(super) fn is_of_part(lead: &str, words: &Words) -> bool {
    const VERBS: [&str; 6] = ["is", "are", "was", "were", "been", "be"];
    const RECORD: [&str; 13] = [
        "this", "it", "adr", "decision", "record", "document", "rfc", "has", "have", "now", "and",
        "later", "that",
    ];
    let near = lead.ceil_char_boundary(lead.len().saturating_sub(NEAR));
    let lead = lead.get(near..).unwrap_or_default();
    let sentence = lead.rsplit(['.', ';', '—', '\n']).next().unwrap_or_default();
    if words.is_partial(sentence) {
        return true;
    }
    let said: Vec<String> =
        tokens(sentence).map(|token| token.of(sentence).to_lowercase()).collect();
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let Some((last, subject)) = said.split_last() else { return false };
    is(last, &VERBS) && subject.len() > 1 && !subject.iter().any(|word| is(word, &RECORD))
}

/// Whether the line behind a reference says, in brackets or in its first words, that only a part of it
/// is meant.
pub(super) fn remarks_on_part(line: &str, words: &Words) -> bool {
    let rest = behind_section(line).trim_start_matches([' ', '"', '\'']);
    let remark = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let behind = rest.trim_start_matches([',', ';', '—', '–', ' ']);
    let first = tokens(behind).nth(1).map_or(behind.len(), |second| second.end);
    remark.is_some_and(|(remark, _)| words.is_partial(remark))
        || behind.len() < rest.len() && words.is_partial(behind.get(..first).unwrap_or_default())
}

/// Whether what stands between two references joins them: commas and words for *and*, behind a remark
/// about the first of them in brackets or the number of a section of it.
pub(super) fn is_joint(between: &str) -> bool {
    const JOINTS: [&str; 12] =
        ["and", "und", "et", "y", "e", "en", "и", "adr", "or", "also", "as", "well"];
    let mut rest = behind_section(between).trim_start();
    let mut remarked = rest.len() < between.trim_start().len();
    if let Some((_, behind)) =
        rest.strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）']))
    {
        rest = behind;
        remarked = true;
    }
    let mut said = tokens(rest);
    let joins =
        !remarked || said.next().is_some() || rest.contains([',', ';', '·', '/', '&', '、', '，']);
    joins
        && !ends_sentence(rest)
        && tokens(rest).all(|token| JOINTS.contains(&token.of(rest).to_lowercase().as_str()))
}

/// The text behind the number of a section: `§4`.
fn behind_section(text: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '–' | '-');
    let behind = text.trim_start().strip_prefix('§');
    behind.map_or(text, |behind| behind.trim_start().trim_start_matches(digits))
}

/// Whether a sentence ends in the text: a stop before white space.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.contains(". ") || text.contains(".\n") || text.contains("! ") || text.contains("\n\n")
}
