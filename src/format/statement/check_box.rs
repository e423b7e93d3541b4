//! Lists of boxes, of which the ticked one counts.
//!
//! Known shapes: items that begin with `[ ]` or `[x]`, on lines of their own or several on one, and
//! the same with the characters for a box: `☐ Proposed ☑ Accepted`. Knows nothing of statuses.

use crate::text::Span;

/// A box with the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TickBox {
    /// The brackets and what stands in them, or the character that is a box.
    pub mark: Span,
    /// Whether it is ticked.
    pub ticked: bool,
    /// What stands behind it, up to the next box or the end of the line.
    pub words: Span,
}

impl TickBox {
    /// How the box is written when it is the other way round.
    pub fn turned(&self, text: &str) -> &'static str {
        match (self.mark.of(text).starts_with('['), self.ticked) {
            (true, true) => "[ ]",
            (true, false) => "[x]",
            (false, true) => "☐",
            (false, false) => "☑",
        }
    }
}

/// The marks that a box can have, and whether they tick it.
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

/// Every box between the bytes of `span`, in the order of the text. None where nothing but `✅` and
/// its kin stand there: without an empty box beside it that is a picture of the status.
pub fn tick_boxes(text: &str, span: Span) -> Vec<TickBox> {
    let piece = span.of(text);
    // No mark is made of anything else.
    if piece.is_ascii() && !piece.contains('[') {
        return vec![];
    }
    let mut found = Vec::new();
    for line in span.lines(text) {
        let written = line.of(text).trim_end();
        on_line(text, Span::new(line.start, line.start + written.len()), &mut found);
    }
    let is_box = |one: &TickBox| !one.ticked || one.mark.of(text).starts_with('[');
    if found.iter().any(is_box) { found } else { vec![] }
}

fn on_line(text: &str, line: Span, found: &mut Vec<TickBox>) {
    let words = line.of(text);
    let first = found.len();
    let mut done = 0;
    for (at, c) in words.char_indices() {
        let rest = words.get(at..).unwrap_or_default();
        let Some((mark, ticked)) = MARKS
            .iter()
            .filter(|_| at >= done && (c == '[' || !c.is_ascii()))
            .find(|(mark, _)| rest.starts_with(mark))
        else {
            continue;
        };
        let after = rest.get(mark.len()..).unwrap_or_default().trim_start_matches('\u{fe0f}');
        let end = words.len() - after.len();
        let before = words.get(..at).and_then(|before| before.chars().next_back());
        let free = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ']' | '\\' | '!'));
        if !free || !(after.is_empty() || after.starts_with(char::is_whitespace)) {
            continue;
        }
        if let Some(last) = found.get_mut(first..).and_then(<[_]>::last_mut) {
            last.words.end = line.start + at;
        }
        found.push(TickBox {
            mark: Span::new(at, end).shift(line.start),
            ticked: *ticked,
            words: Span::new(end, words.len()).shift(line.start),
        });
        done = end;
    }
    for one in found.iter_mut().skip(first) {
        // The cell of a table ends before the line does.
        let cell = one.words.of(text).split(" |").next().unwrap_or_default();
        one.words = Span::new(one.words.start, one.words.start + cell.len()).trim(text);
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
    fn boxes_stand_on_lines_of_their_own_or_beside_each_other() {
        check("- [ ] Proposed\n- [x] Accepted\r\n", &[("Proposed", false), ("Accepted", true)]);
        check("[ ] RecordReader [X] Done", &[("RecordReader", false), ("Done", true)]);
        check("☐ RecordReader ☑️ Done", &[("RecordReader", false), ("Done", true)]);
        check("| Status | [ ] RecordReader [x] Done |", &[("RecordReader", false), ("Done", true)]);
    }

    #[test]
    fn a_picture_of_the_status_and_a_link_are_no_boxes() {
        check("✅ Accepted", &[]);
        check("[x](x.md) Accepted", &[]);
        check("list[ ] a", &[]);
    }
}
