//! What a verb looks like: without its *by*, a noun, in quotation marks.

use super::assertion::{near_before, near_behind};
use super::passage::QUOTES;
use crate::format::words::tokens;
use crate::text::Span;

/// Words before a passive.
pub(crate) const COPULAS: [&str; 12] =
    ["is", "are", "was", "were", "been", "be", "being", "ist", "wurde", "wurden", "worden", "sind"];

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
pub(crate) fn is_bare(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-'])
        && (verb.ends_with("eded") || verb == "replacement" || verb == "replaced")
}

/// Whether a verb is a noun with a preposition, such as *replacement of*.
pub(crate) fn is_noun(verb: &str) -> bool {
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

/// Whether the verb is quoted, and so said of another record: *its status becomes "Superseded by ADR-2"*.
/// What is quoted as a whole is no quotation.
pub(crate) fn is_quoted(bare: &str, verb: Span) -> bool {
    const CLOSE: [char; 7] = ['"', '”', '“', '»', '」', '』', '’'];
    let before = near_before(bare, verb.start).of(bare);
    let Some(open) = before.rfind(QUOTES) else { return false };
    let mark = before.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('"');
    let inside = before.get(open + mark.len_utf8()..).unwrap_or_default();
    // Quotation marks that look alike open and close in turn.
    let is_even = mark == '"' && before.matches('"').count().is_multiple_of(2);
    if is_even || inside.contains(CLOSE) || tokens(inside).nth(3).is_some() {
        return false;
    }
    let behind = near_behind(bare, verb.end);
    let Some(close) = behind.find(CLOSE) else { return false };
    let outside = behind.get(close..).unwrap_or_default();
    tokens(before.get(..open).unwrap_or_default()).nth(1).is_some()
        || tokens(outside).nth(1).is_some()
}
