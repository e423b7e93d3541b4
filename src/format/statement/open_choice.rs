//! A choice between statuses that is still open: `{proposed | accepted}`, *proposed, accepted or rejected*.

use crate::format::words::{Words, tokens};
use crate::model::Status;
use crate::text::Span;

/// An open choice between statuses.
pub(crate) enum OpenChoice {
    None,
    /// A value precedes the choice, which starts at this offset.
    After(usize),
    /// The whole text is a choice.
    Whole,
    /// Two statuses with *or* between them, which is a status in the team's own words.
    TeamStatus,
}

/// The offset of an open choice between statuses; the length of `text` if it has none.
pub(crate) fn choice_start(text: &str, words: &Words) -> usize {
    match open_choice(text, &words.statuses_in(text)) {
        OpenChoice::Whole => 0,
        OpenChoice::After(start) => start,
        OpenChoice::None | OpenChoice::TeamStatus => text.len(),
    }
}

/// The open choice in `phrase`, which names `statuses`.
pub(crate) fn open_choice(phrase: &str, statuses: &[(Span, &Status)]) -> OpenChoice {
    let bracket = phrase.find(['[', '{', '(']).filter(|bracket| {
        let statuses_inside = statuses.iter().filter(|(span, _)| span.start > *bracket).count();
        statuses_inside >= 2
            && phrase.get(*bracket..).is_some_and(|text| text.contains([',', '|', '/']))
    });
    if let Some(bracket) = bracket {
        let value = phrase.get(..bracket).unwrap_or_default();
        let has_value = tokens(value).next().is_some();
        return if has_value { OpenChoice::After(bracket) } else { OpenChoice::Whole };
    }
    let [(first_span, _), ..] = statuses else { return OpenChoice::None };
    let are_alternatives = |pair: &[(Span, &Status)]| match pair {
        [(first, _), (second, _)] => {
            let between = Span::new(first.end, second.start).of(phrase).trim();
            matches!(between, "or" | "|" | "/" | "," | "oder" | "ou" | "\" | \"" | "\", \"")
        }
        _ => false,
    };
    let all_alternatives = statuses.len() > 1 && statuses.windows(2).take(2).all(are_alternatives);
    let lead = phrase.get(..first_span.start).unwrap_or_default();
    let is_introduced = tokens(lead).nth(1).is_none() || lead.trim_end().ends_with([':', '：']);
    match statuses.len() {
        3.. if all_alternatives && is_introduced => OpenChoice::Whole,
        2 if all_alternatives && tokens(phrase).count() <= 3 => OpenChoice::TeamStatus,
        _ => OpenChoice::None,
    }
}
