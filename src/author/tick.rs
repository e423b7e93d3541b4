//! A status that is ticked in a list of boxes: the tick moves, and the words of the list stay.

use super::lines::{end_of_line, eol, line_start};
use super::status_line::NewStatus;
use crate::format::{TickBox, Words, tick_boxes};
use crate::model::Status;
use crate::text::{Edit, Span};

/// The edits that tick `status` where the statement at `at` is one of a list of boxes: in the box that
/// stands for it, or in a new one behind the last. `None` where `at` stands in no such list.
pub(super) fn moved(
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
    let named = |one: &TickBox| {
        let found = words.statuses_in(one.words.of(text)).into_iter().next();
        found.map(|(span, status)| (span.shift(one.words.start), status))
    };
    let ours = |one: &&TickBox| named(one).is_some_and(|(_, named)| named == status);
    let wanted = boxes.iter().find(ours);
    let old = boxes.iter().filter(|one| one.ticked && Some(*one) != wanted);
    let old = old.filter(|one| named(one).is_some());
    let mut edits: Vec<Edit> = old.map(|one| Edit::replace(one.mark, one.turned(text))).collect();
    let Some(wanted) = wanted else {
        edits.push(another(text, boxes.last()?, new));
        return Some(edits);
    };
    if !wanted.ticked {
        edits.push(Edit::replace(wanted.mark, wanted.turned(text)));
    }
    if let Some((word, _)) = named(wanted).filter(|_| !new.successors.is_empty()) {
        // What stands behind the word waits to be filled in, where it was not ticked.
        let written = new.phrase(word.of(text));
        edits.push(Edit::replace(Span::new(word.start, wanted.words.end), written));
    }
    Some(edits)
}

/// One more box behind the last, ticked.
fn another(text: &str, last: &TickBox, new: &NewStatus<'_>) -> Edit {
    let mark = if last.ticked { last.mark.of(text) } else { last.turned(text) };
    let phrase = new.phrase(last.words.of(text));
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
