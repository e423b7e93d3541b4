//! Lists of boxes, of which the ticked one counts.
//!
//! Known shapes: items that begin with `[ ]` or `[x]`, one or several on a line, and
//! the same with box characters: `☐ Proposed ☑ Accepted`. Does not depend on statuses.

use crate::text::Span;

/// A box with the words after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TickBox {
    /// The brackets and their content, or the box character.
    pub mark: Span,
    /// Whether it is ticked.
    pub ticked: bool,
    /// The words after it, up to the next box or the end of the line.
    pub words: Span,
}

impl TickBox {
    /// The mark of the box in the opposite state.
    pub fn turned(&self, text: &str) -> &'static str {
        match (self.mark.of(text).starts_with('['), self.ticked) {
            (true, true) => "[ ]",
            (true, false) => "[x]",
            (false, true) => "☐",
            (false, false) => "☑",
        }
    }
}

/// The marks of boxes, and whether they are ticked.
const MARKS: [(&str, bool); 13] = [
    ("[ ]", false),
    ("[]", false),
    ("☐", false),
    ("⬜", false),
    ("🔲", false),
    ("[x]", true),
    ("[X]", true),
    ("[✓]", true),
    ("[✔]", true),
    ("[*]", true),
    ("☑", true),
    ("☒", true),
    ("✅", true),
];

/// All boxes between the bytes of `span`, in the order of the text. Empty if all of them are characters
/// like `✅`: without an empty box, such a character only illustrates the status.
pub fn tick_boxes(text: &str, span: Span) -> Vec<TickBox> {
    let piece = span.of(text);
    // Every mark has a bracket or is not ASCII.
    if piece.is_ascii() && !piece.contains('[') {
        return vec![];
    }
    let mut boxes = Vec::new();
    for line in span.lines(text) {
        let written = line.of(text).trim_end();
        push_boxes(text, Span::new(line.start, line.start + written.len()), &mut boxes);
    }
    let is_certain =
        |tick_box: &TickBox| !tick_box.ticked || tick_box.mark.of(text).starts_with('[');
    if boxes.iter().any(is_certain) { boxes } else { vec![] }
}

/// Adds the boxes on `line`.
fn push_boxes(text: &str, line: Span, boxes: &mut Vec<TickBox>) {
    let written = line.of(text);
    let boxes_above = boxes.len();
    let mut last_mark_end = 0;
    for (offset, c) in written.char_indices() {
        let mark_onwards = written.get(offset..).unwrap_or_default();
        let Some((mark, ticked)) = MARKS
            .iter()
            .filter(|_| offset >= last_mark_end && (c == '[' || !c.is_ascii()))
            .find(|(mark, _)| mark_onwards.starts_with(mark))
        else {
            continue;
        };
        let after_mark = mark_onwards.get(mark.len()..).unwrap_or_default();
        let words = after_mark.trim_start_matches('\u{fe0f}');
        let mark_end = written.len() - words.len();
        let preceding = written.get(..offset).and_then(|text| text.chars().next_back());
        let is_at_word_start =
            preceding.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ']' | '\\' | '!'));
        if !is_at_word_start || !(words.is_empty() || words.starts_with(char::is_whitespace)) {
            continue;
        }
        if let Some(previous) = boxes.get_mut(boxes_above..).and_then(<[_]>::last_mut) {
            previous.words.end = line.start + offset;
        }
        boxes.push(TickBox {
            mark: Span::new(offset, mark_end).shift(line.start),
            ticked: *ticked,
            words: Span::new(mark_end, written.len()).shift(line.start),
        });
        last_mark_end = mark_end;
    }
    for tick_box in boxes.iter_mut().skip(boxes_above) {
        // The cell of a table ends before the line does.
        let cell = tick_box.words.of(text).split(" |").next().unwrap_or_default();
        let words_start = tick_box.words.start;
        tick_box.words = Span::new(words_start, words_start + cell.len()).trim(text);
    }
}

#[cfg(test)]
mod tests {
    use super::tick_boxes;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        let found = tick_boxes(text, Span::new(0, text.len()));
        let found: Vec<_> = found.iter().map(|one| (one.words.of(text), one.ticked)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn boxes_may_be_on_separate_lines_or_share_one() {
        check("- [ ] Proposed\n- [x] Accepted\r\n", &[("Proposed", false), ("Accepted", true)]);
        check("[ ] Draft [X] Done", &[("Draft", false), ("Done", true)]);
        check("☐ Draft ☑️ Done", &[("Draft", false), ("Done", true)]);
        check("| Status | [ ] Draft [x] Done |", &[("Draft", false), ("Done", true)]);
    }

    #[test]
    fn a_picture_of_the_status_and_a_link_are_not_boxes() {
        check("✅ Accepted", &[]);
        check("[x](x.md) Accepted", &[]);
        check("list[ ] a", &[]);
    }
}
