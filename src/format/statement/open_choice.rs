//! A choice between statuses that was not made: `{proposed | accepted}`, *proposed, accepted or rejected*.

use crate::format::words::{Words, tokens};
use crate::model::Status;
use crate::text::Span;

/// A choice between statuses that was not made.
pub(crate) enum Choice {
    None,
    /// The value is before the choice.
    Before(usize),
    /// There is nothing else.
    Whole,
    /// Two statuses with *or* between them: the team's own words.
    Own,
}

/// Where a choice between statuses begins that was not made; the end of a text without one.
pub(crate) fn choice_start(bare: &str, words: &Words) -> usize {
    match unmade_choice(bare, &words.statuses_in(bare)) {
        Choice::Whole => 0,
        Choice::Before(start) => start,
        Choice::None | Choice::Own => bare.len(),
    }
}

pub(crate) fn unmade_choice(phrase: &str, named: &[(Span, &Status)]) -> Choice {
    let bracket = phrase.find(['[', '{', '(']).filter(|at| {
        let inside = named.iter().filter(|(span, _)| span.start > *at).count();
        inside >= 2 && phrase.get(*at..).is_some_and(|rest| rest.contains([',', '|', '/']))
    });
    if let Some(at) = bracket {
        let value = phrase.get(..at).unwrap_or_default();
        return if tokens(value).next().is_none() { Choice::Whole } else { Choice::Before(at) };
    }
    let [(a, _), ..] = named else { return Choice::None };
    let parted = |pair: &[(Span, &Status)]| match pair {
        [(a, _), (b, _)] => {
            let between = Span::new(a.end, b.start).of(phrase).trim();
            matches!(between, "or" | "|" | "/" | "," | "oder" | "ou" | "\" | \"" | "\", \"")
        }
        _ => false,
    };
    let joined = named.len() > 1 && named.windows(2).take(2).all(parted);
    let lead = phrase.get(..a.start).unwrap_or_default();
    let listed = tokens(lead).nth(1).is_none() || lead.trim_end().ends_with([':', '：']);
    match named.len() {
        3.. if joined && listed => Choice::Whole,
        2 if joined && tokens(phrase).count() <= 3 => Choice::Own,
        _ => Choice::None,
    }
}
