//! What a verb looks like: without its *by*, a noun, in quotation marks.

use super::clause::{nearby_after, nearby_before};
use super::passage::QUOTES;
use crate::format::words::tokens;
use crate::text::Span;

/// Words before a passive.
pub(super) const COPULAS: [&str; 12] =
    ["is", "are", "was", "were", "been", "be", "being", "ist", "wurde", "wurden", "worden", "sind"];

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
pub(super) fn lacks_by(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-'])
        && (verb.ends_with("eded") || verb == "replacement" || verb == "replaced")
}

/// Whether a verb is a noun with a preposition, such as *replacement of*.
pub(super) fn is_noun(verb: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "replacement",
        "successor",
        "ersatz",
        "nachfolger",
        "ablösung",
        "remplacement",
        "sustitución",
        "reemplazo",
        "substituição",
        "sostituzione",
        "vervanging",
        "opvolger",
        "en remplacement",
        "in sostituzione",
    ];
    let verb = verb.to_lowercase();
    NOUNS.iter().any(|noun| verb.starts_with(noun) || verb.contains(&format!(" {noun}")))
}

/// Whether the verb is in a quotation and therefore about another record: *its status becomes "Superseded by
/// ADR-2"*. Quotation marks around the whole text are not a quotation.
pub(super) fn is_quoted(text: &str, verb: Span) -> bool {
    const CLOSING_QUOTES: [char; 7] = ['"', '”', '“', '»', '」', '』', '’'];
    let text_before = nearby_before(text, verb.start).of(text);
    let Some(open) = text_before.rfind(QUOTES) else { return false };
    let mark = text_before.get(open..).and_then(|text| text.chars().next()).unwrap_or('"');
    let inside = text_before.get(open + mark.len_utf8()..).unwrap_or_default();
    // Straight quotation marks open and close in turn.
    let is_closing = mark == '"' && text_before.matches('"').count().is_multiple_of(2);
    if is_closing || inside.contains(CLOSING_QUOTES) || tokens(inside).nth(3).is_some() {
        return false;
    }
    let text_after = nearby_after(text, verb.end);
    let Some(close) = text_after.find(CLOSING_QUOTES) else { return false };
    let after_quotation = text_after.get(close..).unwrap_or_default();
    tokens(text_before.get(..open).unwrap_or_default()).nth(1).is_some()
        || tokens(after_quotation).nth(1).is_some()
}
