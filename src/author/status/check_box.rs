//! A status that is chosen in a list of check boxes: moves the tick, and keeps the words of the list.

use super::status_line::NewStatus;
use crate::author::edits::{line_end, line_ending, line_start};
use crate::format::{TickBox, Words, date_in, tick_boxes};
use crate::model::Status;
use crate::text::{Edit, Span};

/// The edits that tick `status`, if the statement at `stated` is in a list of check boxes: in the box of that status,
/// or in a new one after the last. `None` if the statement is not in such a list.
pub(super) fn move_tick(
    text: &str,
    stated: Span,
    status: &Status,
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<Vec<Edit>> {
    let boxes = tick_boxes(text, list_around(text, stated));
    if !boxes.iter().any(|one| one.words.contains(stated)) {
        return None;
    }
    let box_status = |one: &TickBox| status_of_box(text, one, words);
    let target_box =
        boxes.iter().find(|one| box_status(one).is_some_and(|(_, named)| named == status));
    let ticked_boxes: Vec<&TickBox> =
        boxes.iter().filter(|one| one.ticked && box_status(one).is_some()).collect();
    let history_suffix = history_suffix(text, &ticked_boxes, new, words);
    let is_history = history_suffix.is_some();
    let is_below_target = |one: &TickBox| target_box.is_some_and(|target| target.mark < one.mark);
    let cleared_boxes = ticked_boxes
        .iter()
        .filter(|one| Some(**one) != target_box && (!is_history || is_below_target(one)));
    let mut edits: Vec<Edit> =
        cleared_boxes.map(|one| Edit::replace(one.mark, one.turned(text))).collect();
    let suffix = history_suffix.unwrap_or_default();
    let Some(target_box) = target_box else {
        edits.push(new_box(text, boxes.last()?, new, &suffix));
        return Some(edits);
    };
    if !target_box.ticked {
        edits.push(Edit::replace(target_box.mark, target_box.turned(text)));
    }
    match box_status(target_box) {
        // Replace the words after the status: in a box that was not ticked they are a placeholder.
        Some((word, _)) if !new.successors.is_empty() => {
            let phrase = format!("{}{suffix}", new.phrase(word.of(text)));
            edits.push(Edit::replace(Span::new(word.start, target_box.words.end), phrase));
        }
        _ if date_in(text, target_box.words, words).is_none() && !suffix.is_empty() => {
            edits.push(Edit::insert(target_box.words.end, suffix));
        }
        _ => {}
    }
    Some(edits)
}

/// The status that a box names, with its place.
fn status_of_box<'w>(text: &str, one: &TickBox, words: &'w Words) -> Option<(Span, &'w Status)> {
    let (span, status) = words.statuses_in(one.words.of(text)).into_iter().next()?;
    Some((span.shift(one.words.start), status))
}

/// What follows a new status in a history: its date, if all entries have dates. Boxes that stay ticked, or that have
/// dates, are a history, in which a later entry does not clear an earlier one. `None` for a single choice.
fn history_suffix(
    text: &str,
    ticked_boxes: &[&TickBox],
    new: &NewStatus<'_>,
    words: &Words,
) -> Option<String> {
    let has_date = |one: &&TickBox| date_in(text, one.words, words).is_some();
    if !ticked_boxes.is_empty() && ticked_boxes.iter().all(has_date) {
        Some(format!(" ({})", new.date))
    } else {
        (ticked_boxes.len() > 1).then(String::new)
    }
}

/// What may be replaced in the boxes around the statement at `stated`: all ticks, and the placeholders in boxes that
/// are not ticked.
pub(super) fn replaceable_spans(text: &str, stated: Span) -> Vec<Span> {
    let boxes = tick_boxes(text, list_around(text, stated));
    let placeholders = boxes.iter().filter(|one| !one.ticked).map(|one| one.words);
    placeholders.chain(boxes.iter().map(|one| one.mark)).collect()
}

/// A new, ticked box after the last one.
fn new_box(text: &str, last_box: &TickBox, new: &NewStatus<'_>, suffix: &str) -> Edit {
    let mark = if last_box.ticked { last_box.mark.of(text) } else { last_box.turned(text) };
    let phrase = format!("{}{suffix}", new.phrase(last_box.words.of(text)));
    let text_before =
        Span::new(line_start(text, last_box.mark.start), last_box.mark.start).of(text);
    let has_own_line = text_before.trim_start_matches(['>', '-', '*', '+', ' ', '\t']).is_empty();
    if has_own_line {
        let offset = line_end(text, last_box.words.end);
        Edit::insert(offset, format!("{}{text_before}{mark} {phrase}", line_ending(text)))
    } else {
        Edit::insert(last_box.words.end, format!(" {mark} {phrase}"))
    }
}

/// The lines around `stated` that contain boxes, with the blank lines between them.
fn list_around(text: &str, stated: Span) -> Span {
    let belongs_to_list = |line: &str| {
        line.trim().is_empty()
            || !tick_boxes(line, Span::new(0, line.len())).is_empty()
            || line.contains(['☑', '✅'])
    };
    let mut list = Span::new(line_start(text, stated.start), line_end(text, stated.end));
    while list.start > 0 {
        let previous_start = line_start(text, list.start - 1);
        if !belongs_to_list(Span::new(previous_start, list.start).of(text)) {
            break;
        }
        list.start = previous_start;
    }
    while let Some(newline) = text.get(list.end..).and_then(|after| after.find('\n')) {
        let next_start = list.end + newline + 1;
        let next_end = line_end(text, next_start);
        if !belongs_to_list(Span::new(next_start, next_end).of(text)) {
            break;
        }
        list.end = next_end;
    }
    list
}

#[cfg(test)]
mod tests {
    use super::move_tick;
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
        let new = NewStatus { word: to.as_str(), by_phrase: &by, successors, date };
        let edits =
            move_tick(list, Span::new(at, at + stated.len()), &status, &new, &words()).unwrap();
        assert_eq!(apply(list, &edits).as_deref(), Ok(expected));
    }

    #[test]
    fn the_tick_moves_in_a_single_choice() {
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
