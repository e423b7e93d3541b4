//! The words around references: what joins two of them, and what says that only a part of a record is
//! meant.
//!
//! Known shapes: *ADR-1 and ADR-2*; a remark behind each, `ADR-1 (names), ADR-2 (tools)`; the number of
//! a section, `ADR-1 §4`; *ADR-1 (in part)* and *ADR-1, in part*; a limit, *ADR-1 rule 2 only*, `ADR-1
//! hinsichtlich der Namen`; a part that is named before the reference, *and the tools section of
//! ADR-2*; a possessive, *ADR-1's names*. Does not depend on places in a record.

use crate::format::words::{WordClass, Words, names_nothing, tokens};
use crate::text::Span;

/// A part that is joined to a reference has no more bytes.
const NEAR: usize = 240;

/// The end of the words in `behind` that say at once of the verb before them that it is about a part:
/// *superseded in part*, *superseded (in part)*.
pub(crate) fn in_part(behind: &str, words: &Words) -> Option<usize> {
    let bare = behind.trim_start_matches([' ', ',', '(']);
    let start = behind.len() - bare.len();
    let end = start + leading(bare, WordClass::Partial, words)?.end;
    let open = behind.get(..start).is_some_and(|marks| marks.contains('('));
    let closed = open && behind.get(end..).is_some_and(|rest| rest.starts_with(')'));
    Some(end + usize::from(closed))
}

/// Whether the text behind a reference says, by a possessive, in brackets, in its first words, or of the
/// rest, that only a part of it is meant.
pub(crate) fn remarks_on_part(line: &str, words: &Words) -> bool {
    let bare = line.trim_start();
    let owns = |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '));
    if bare.starts_with('§') || owns("'s") || owns("’s") {
        return true;
    }
    let rest = bare.trim_start_matches([' ', '"', '\'']);
    if rest.is_empty() {
        return false;
    }
    let remark =
        rest.strip_prefix(['(', '（', '[']).and_then(|rest| rest.split_once([')', '）', ']']));
    if let Some((remark, _)) = remark {
        let limits = |part: &str| is_limit(part, words);
        return words.is_partial(remark)
            || words.leaves_rest(remark) && !names_nothing(remark, words)
            || remark.split([';', ',', '；', '，', '.']).any(limits);
    }
    let stop = [". ", "\n\n"].iter().filter_map(|mark| rest.find(mark)).min();
    if words.leaves_rest(rest.get(..stop.unwrap_or(rest.len())).unwrap_or_default()) {
        return true;
    }
    let behind = rest.trim_start_matches([',', ';', '—', '–', '-', ' ']);
    let marks = rest.get(..rest.len() - behind.len()).unwrap_or_default();
    let end = behind.find([',', ';', '.', ':', '(', '—', '–', '|', '·']).unwrap_or(behind.len());
    let remark = behind.get(..end).unwrap_or_default().trim();
    if leading(remark, WordClass::Whole, words).is_some() {
        return false;
    }
    let joins = tokens(remark).next().is_some_and(|first| is_and(first.of(remark)));
    let first = tokens(remark).nth(1).map_or(remark.len(), |second| second.end);
    if marks.contains([',', ';']) {
        return words.is_partial(remark.get(..first).unwrap_or_default());
    }
    is_limit(remark, words) || !joins && words.is_partial(remark)
}

/// Whether a remark about a reference begins or ends with words that limit it: *the tools only*. In
/// Chinese there is no blank between such a word and the next.
fn is_limit(remark: &str, words: &Words) -> bool {
    let remark = remark.trim();
    let wide = remark.chars().next().filter(|first| !first.is_ascii());
    let first = remark.get(..wide.map_or(0, char::len_utf8)).unwrap_or_default();
    let last = remark.rsplit(' ').next().unwrap_or_default();
    let is_cause = CAUSES.iter().any(|cause| remark.trim().ends_with(cause));
    let limits = |word: &str| words.has_class(word, WordClass::Scope) && !is_cause;
    limits(first) || limits(last) || leading(remark, WordClass::Scope, words).is_some() && !is_cause
}

/// The last words of remarks that give a cause: *for cost reasons*.
const CAUSES: [&str; 6] = ["reasons", "reason", "sake", "good", "purposes", "now"];

/// The longest phrase at the beginning of `text` that says this.
fn leading(text: &str, says: WordClass, words: &Words) -> Option<Span> {
    let mut said = tokens(text).take(5);
    let first = said.next().filter(|first| first.start == 0)?;
    let fits = |phrase: &Span| words.has_class(phrase.of(text), says);
    let longer = said.map(|next| first.to(next)).filter(fits).last();
    longer.or(Some(first).filter(fits))
}

/// Whether a word joins two references.
fn is_and(word: &str) -> bool {
    AND.iter().any(|and| word.eq_ignore_ascii_case(and))
}

const AND: [&str; 8] = ["and", "und", "et", "y", "e", "en", "и", "i"];

/// Whether what stands between two references joins them: commas and words for *and*, behind a remark
/// about the first of them in brackets or the number of a section of it.
pub(crate) fn is_joint(between: &str) -> bool {
    const JOINTS: [&str; 5] = ["adr", "or", "also", "as", "well"];
    let (rest, remarked) = behind_remark(between);
    let joins = !remarked
        || tokens(rest).next().is_some()
        || rest.contains([',', ';', '·', '/', '&', '、', '，']);
    joins
        && !ends_sentence(rest)
        && tokens(rest).all(|token| {
            let word = token.of(rest).to_lowercase();
            AND.contains(&word.as_str()) || JOINTS.contains(&word.as_str())
        })
}

/// Whether what stands between two references joins a part of the second to the first: *and the tools
/// section of*.
pub(crate) fn joins_part(between: &str, words: &Words) -> bool {
    let (rest, _) = behind_remark(between);
    let mut said = tokens(rest);
    let first = said.next().map(|first| first.of(rest).to_lowercase());
    let joins = first.is_some_and(|first| AND.contains(&first.as_str()));
    if !joins || rest.len() > NEAR || rest.contains([';', ':', '(']) || ends_sentence(rest) {
        return false;
    }
    let last = said.clone().last().map(|last| last.of(rest));
    (2..=9).contains(&said.count())
        && last.is_some_and(|last| words.has_class(last, WordClass::Of))
        && words.relations_in(rest).next().is_none()
}

/// What stands behind a remark in brackets and the number of a section, and whether there were any.
fn behind_remark(between: &str) -> (&str, bool) {
    let rest = behind_section(between).trim_start();
    let remarked = rest.len() < between.trim_start().len();
    match rest.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
        Some((_, behind)) => (behind, true),
        None => (rest, remarked),
    }
}

/// The text behind the number of a section: `§4`.
fn behind_section(text: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '–' | '-');
    let behind = text.trim_start().strip_prefix('§');
    behind.map_or(text, |behind| behind.trim_start().trim_start_matches(digits))
}

/// Whether a sentence ends in the text: a stop before white space.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.contains(". ")
        || text.contains(".\n")
        || text.contains("! ")
        || text.contains("\n\n")
        || text.contains('。')
}

/// Whether the reach of a verb ends in the text behind it: at the end of a sentence, at a semicolon,
/// or at the bracket that closes those around it.
pub(crate) fn ends_reach(text: &str) -> bool {
    let closes = || {
        let close = text.find([')', '）']);
        close.is_some_and(|close| text.find(['(', '（']).is_none_or(|open| close < open))
    };
    ends_sentence(text) || text.contains("; ") || text.contains('；') || closes()
}
