//! The field *superseded by* within the words of a status: what stands behind its colon, and whether
//! that is nobody. Knows no place in a record.

use std::borrow::Cow;

use super::words::Words;
use crate::model::RelationKind;
use crate::syntax::blanked;
use crate::text::Span;

/// `phrase` without every *superseded by:* that names nobody. Where nothing at all stands behind a
/// colon that ends the phrase, the list below may say who it is, unless `is_last` rules that out.
pub(super) fn without_nobody<'t>(
    phrase: &'t str,
    is_last: &dyn Fn() -> bool,
    words: &Words,
) -> Cow<'t, str> {
    if !phrase.contains([':', '：']) {
        return phrase.into();
    }
    let is_dead = |(all, value): &(Span, Span)| {
        let written = value.of(phrase).trim();
        let asks = written.is_empty() && all.start == 0 && all.end == phrase.len();
        is_nobody(written, words) && (!asks || is_last())
    };
    let dead: Vec<Span> = fields(phrase, words).filter(is_dead).map(|(all, _)| all).collect();
    if dead.is_empty() { phrase.into() } else { blanked(phrase, &dead).into() }
}

/// Whether another statement about the record begins with these words.
pub(super) fn is_statement(words_of_line: &str, words: &Words) -> bool {
    let relation = words.relations_in(words_of_line).next();
    let status = words.statuses_in(words_of_line);
    relation.is_some_and(|(at, _)| at.start == 0)
        || status.first().is_some_and(|(at, _)| at.start == 0)
}

/// Every *superseded by:* with the place of its value, which ends before another field on the line.
fn fields(phrase: &str, words: &Words) -> impl Iterator<Item = (Span, Span)> {
    let named = words.relations_in(phrase).filter(|(_, kind)| {
        matches!(kind, RelationKind::SupersededBy | RelationKind::PartiallySupersededBy)
    });
    named.filter_map(|(verb, _)| {
        let rest = phrase.get(verb.end..)?;
        let colon = rest.find([':', '：']).filter(|at| rest.get(..*at).is_some_and(is_blank))?;
        let start = verb.end + colon + rest.get(colon..)?.chars().next()?.len_utf8();
        let behind = phrase.get(start..)?;
        let end = start + behind.find(['|', ';', ',', '·']).unwrap_or(behind.len());
        Some((Span::new(verb.start, end), Span::new(start, end)))
    })
}

fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '*', '_']).is_empty()
}

/// Whether the words name nobody, a remark behind them aside: `none (still in force)`.
fn is_nobody(written: &str, words: &Words) -> bool {
    let remark =
        [" (", " — ", " – ", " - "].into_iter().filter_map(|mark| written.find(mark)).min();
    let bare = remark.and_then(|at| written.get(..at)).filter(|bare| !bare.is_empty());
    words.is_nothing(bare.unwrap_or(written))
}
