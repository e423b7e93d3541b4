//! A status that is ticked in a list of boxes: the tick moves, and the words of the list stay.

use super::status_line::NewStatus;
use crate::author::edits::{end_of_line, eol, line_start};
use crate::format::{TickBox, Words, date_in, tick_boxes};
use crate::model::Status;
use crate::text::{Edit, Span};

/// The edits that tick `status` where the statement at `at` is one of a list of boxes: in the box that
/// stands for it, or in a new one behind the last. `None` where `at` stands in no such list.
pub(crate) fn moved(
    text: &str,
    at: Span,
    status: &Status,
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<Vec<Edit>> {
    let boxes = tick_boxes(text, list_around(text, at));
    if !boxes.iter().any(|one| one.words.contains(at)) {
        return None;
    }
    let named = |one: &TickBox| named(text, one, words);
    let wanted = boxes.iter().find(|one| named(one).is_some_and(|(_, named)| named == status));
    let ticked: Vec<&TickBox> =
        boxes.iter().filter(|one| one.ticked && named(one).is_some()).collect();
    let history = in_history(text, &ticked, new, words);
    let is_later = |one: &TickBox| wanted.is_some_and(|wanted| wanted.mark < one.mark);
    let old = ticked.iter().copied().filter(|one| Some(*one) != wanted);
    let old = old.filter(|one| history.is_none() || is_later(one));
    let mut edits: Vec<Edit> = old.map(|one| Edit::replace(one.mark, one.turned(text))).collect();
    let date = history.unwrap_or_default();
    let Some(wanted) = wanted else {
        edits.push(another(text, boxes.last()?, new, &date));
        return Some(edits);
    };
    if !wanted.ticked {
        edits.push(Edit::replace(wanted.mark, wanted.turned(text)));
    }
    match named(wanted) {
        // What stands behind the word waits to be filled in, where it was not ticked.
        Some((word, _)) if !new.successors.is_empty() => {
            let written = format!("{}{date}", new.phrase(word.of(text)));
            edits.push(Edit::replace(Span::new(word.start, wanted.words.end), written));
        }
        _ if date_in(text, wanted.words, words).is_none() && !date.is_empty() => {
            edits.push(Edit::insert(wanted.words.end, date));
        }
        _ => {}
    }
    Some(edits)
}

/// The status that a box names, and where.
fn named<'w>(text: &str, one: &TickBox, words: &'w Words) -> Option<(Span, &'w Status)> {
    let (span, status) = words.statuses_in(one.words.of(text)).into_iter().next()?;
    Some((span.shift(one.words.start), status))
}

/// Boxes that stay ticked, or have dates, are a history, in which no later entry takes an earlier one back:
/// what goes behind a new one, which is the date if all have theirs. `None` for a choice of one.
fn in_history(
    text: &str,
    ticked: &[&TickBox],
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<String> {
    let are_dated =
        !ticked.is_empty() && ticked.iter().all(|one| date_in(text, one.words, words).is_some());
    if are_dated { Some(format!(" ({})", new.date)) } else { (ticked.len() > 1).then(String::new) }
}

/// What may give way in the boxes around the statement at `at`: all ticks, and the words that wait to be
/// filled in, as they are not ticked.
pub(crate) fn waiting(text: &str, at: Span) -> Vec<Span> {
    let boxes = tick_boxes(text, list_around(text, at));
    let words = boxes.iter().filter(|one| !one.ticked).map(|one| one.words);
    words.chain(boxes.iter().map(|one| one.mark)).collect()
}

/// One more box behind the last, ticked.
fn another(text: &str, last: &TickBox, new: &NewStatus<'_>, date: &str) -> Edit {
    let mark = if last.ticked { last.mark.of(text) } else { last.turned(text) };
    let phrase = format!("{}{date}", new.phrase(last.words.of(text)));
    let before = Span::new(line_start(text, last.mark.start), last.mark.start).of(text);
    let bare = before.trim_start_matches(['>', '-', '*', '+', ' ', '\t']).is_empty();
    let end = end_of_line(text, last.words.end);
    if bare {
        Edit::insert(end, format!("{}{before}{mark} {phrase}", eol(text)))
    } else {
        Edit::insert(last.words.end, format!(" {mark} {phrase}"))
    }
}

/// The lines around `at` that hold boxes, with the blank ones between them.
fn list_around(text: &str, at: Span) -> Span {
    let holds = |line: &str| {
        line.trim().is_empty()
            || !tick_boxes(line, Span::new(0, line.len())).is_empty()
            || line.contains(['☑', '✅'])
    };
    let mut list = Span::new(line_start(text, at.start), end_of_line(text, at.end));
    while list.start > 0 {
        let before = line_start(text, list.start - 1);
        if !holds(Span::new(before, list.start).of(text)) {
            break;
        }
        list.start = before;
    }
    while let Some(next) = text.get(list.end..).and_then(|rest| rest.find('\n')) {
        let end = end_of_line(text, list.end + next + 1);
        if !holds(Span::new(list.end + next + 1, end).of(text)) {
            break;
        }
        list.end = end;
    }
    list
}

#[cfg(test)]
mod tests {
    use super::moved;
    use crate::author::status::status_line::NewStatus;
    use crate::author::testing::words;
    use crate::model::{Date, Lifecycle, Status};
    use crate::text::{Span, apply};

    #[track_caller]
    fn check(list: &str, stated: &str, to: Lifecycle, expected: &str) {
        let at = list.find(stated).unwrap();
        let status = Status::from(to);
        let date = Date::day(2026, 3, 1).unwrap();
        let successors = if to == Lifecycle::Superseded { vec!["X".to_owned()] } else { vec![] };
        let by = format!("{to} by", to = to.as_str());
        let new = NewStatus { word: to.as_str(), by: &by, successors, date };
        let edits = moved(list, Span::new(at, at + stated.len()), &status, &new, &words()).unwrap();
        assert_eq!(apply(list, &edits).as_deref(), Ok(expected));
    }

    #[test]
    fn of_a_choice_of_one_the_tick_moves() {
        let list = "- [x] Accepted\n- [ ] Deprecated\n- [ ] Superseded by ADR-XXXX";
        let deprecated = "- [ ] Accepted\n- [x] Deprecated\n- [ ] Superseded by ADR-XXXX";
        check(list, "Accepted", Lifecycle::Deprecated, deprecated);
        let superseded = "- [ ] Accepted\n- [ ] Deprecated\n- [x] Superseded by X";
        check(list, "Accepted", Lifecycle::Superseded, superseded);
        check(
            list,
            "Accepted",
            Lifecycle::Rejected,
            &format!("{}\n- [x] Rejected", list.replace('x', " ")),
        );
    }

    #[test]
    fn boxes_that_stay_ticked_are_a_history() {
        let list = "- [x] Proposed\n- [x] Accepted\n- [ ] Deprecated";
        let expected = "- [x] Proposed\n- [x] Accepted\n- [x] Deprecated";
        check(list, "Accepted", Lifecycle::Deprecated, expected);
        check(
            list,
            "Accepted",
            Lifecycle::Proposed,
            "- [x] Proposed\n- [ ] Accepted\n- [ ] Deprecated",
        );
        let dated = "- [x] Proposed (2026-01-02)\n- [ ] Accepted";
        let expected = "- [x] Proposed (2026-01-02)\n- [x] Accepted (2026-03-01)";
        check(dated, "Proposed (2026-01-02)", Lifecycle::Accepted, expected);
    }
}
