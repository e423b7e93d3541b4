//! A text about a record, divided into what states something by itself: a sentence or two that share a
//! line or go on over wrapped lines, an item of a list, a row of a table.
//!
//! Where a line of a paragraph begins with a state, a relation, a field or a day, it begins a unit of
//! its own, as many logs put one below the other without a blank line. A small letter says that an
//! editor has wrapped the sentence above, unless that one is a state and nothing else.

use std::borrow::Cow;

use super::effective_text::{bare, live};
use crate::format::words::{Words, first_word};
use crate::syntax::{Line, LineKind, lines};
use crate::text::Span;

/// No statement about a record is longer. What lies beyond is not read for fields, so that a file
/// of any size is listed at once.
pub(crate) const MAX_STATEMENT: usize = 32 * 1024;

/// A text about a record.
pub(crate) struct Passage<'t> {
    text: &'t str,
    region: Span,
    live: Cow<'t, str>,
    bare: Cow<'t, str>,
}

/// What states something by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// From its first word to its last.
    pub span: Span,
    /// Whether it is in a quotation.
    pub is_quoted: bool,
    pub form: UnitForm,
}

/// How a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitForm {
    Text,
    /// An item of a list.
    Item,
    /// An item of a numbered list.
    Step,
    /// A row of a table.
    Row,
}

impl Unit {
    /// Whether it is an item of a list of either kind.
    pub(crate) fn is_item(self) -> bool {
        matches!(self.form, UnitForm::Item | UnitForm::Step)
    }

    /// Whether it is a row of a table.
    pub(crate) fn is_row(self) -> bool {
        self.form == UnitForm::Row
    }
}

impl<'t> Passage<'t> {
    pub(crate) fn new(text: &'t str, region: Span, words: &Words) -> Self {
        let piece = region.of(text);
        let live = live(piece, words);
        Self { text, region, bare: bare(piece, &live), live }
    }

    /// Whether the bytes of `span` are in a comment, struck out, or behind a box that is not ticked.
    pub(crate) fn is_dead(&self, span: Span) -> bool {
        let place = self.place(span);
        self.live.get(place.range()).is_some_and(|left| left.trim().is_empty())
    }

    /// The same, with the addresses of the web where there is nothing else.
    pub(crate) fn said(&self, span: Span) -> &str {
        let bare = self.bare(span);
        if bare.trim().is_empty() {
            return self.live.get(self.place(span).range()).unwrap_or_default();
        }
        bare
    }

    /// The bytes of `span` from the first to the last that count; all of them if none does.
    pub(crate) fn counted(&self, span: Span) -> Span {
        let left = self.live.get(self.place(span).range()).unwrap_or_default();
        let start = span.start + (left.len() - left.trim_start().len());
        let end = start + left.trim().len();
        if start < end { Span::new(start, end) } else { span }
    }

    fn place(&self, span: Span) -> Span {
        let start = span.start.saturating_sub(self.region.start);
        Span::new(start, span.end.saturating_sub(self.region.start).max(start))
    }

    /// The words that count of the bytes of `span`, which is a part of the passage; as long as `span`.
    pub(crate) fn bare(&self, span: Span) -> &str {
        self.bare.get(self.place(span).range()).unwrap_or_default()
    }

    /// The units of the passage, in the order of the text. Headings, code and comments are none.
    pub(crate) fn units(&self, words: &Words) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut is_open = false;
        let mut in_remark = false;
        for line in lines(self.text, self.region) {
            let written = line.content.of(self.text);
            // Comments that a word processor has made of `<!--`.
            if in_remark || written.starts_with("‹--") {
                in_remark = !(written.contains("--›") || written.contains("-->"));
                is_open = false;
                continue;
            }
            if !states(&line) || written.is_empty() {
                is_open = false;
                continue;
            }
            let content = unbulleted(self.text, line.content);
            let is_item = line.is_item || content.start > line.content.start;
            let above = units.last().copied().filter(|_| is_open && line.continues && !is_item);
            let goes_on = above.filter(|above| !self.begins_unit(*above, content, words));
            match units.last_mut().filter(|_| goes_on.is_some()) {
                Some(unit) => unit.span.end = content.end,
                None => units.push(Unit {
                    span: content,
                    is_quoted: above.map_or(line.quotes > 0, |above| above.is_quoted),
                    form: self.form(&line, content),
                }),
            }
            is_open = true;
        }
        units
    }

    fn form(&self, line: &Line, content: Span) -> UnitForm {
        if line.kind == LineKind::Row || line.content.of(self.text).starts_with('|') {
            UnitForm::Row
        } else if line.is_item && is_numbered(self.text, line) {
            UnitForm::Step
        } else if line.is_item || content.start > line.content.start {
            UnitForm::Item
        } else {
            UnitForm::Text
        }
    }

    /// Whether a line that continues the paragraph of `above` states something of its own.
    fn begins_unit(&self, above: Unit, line: Span, words: &Words) -> bool {
        let behind = self.text.get(above.span.end..line.start).unwrap_or_default();
        if behind.starts_with("  ") || behind.starts_with('\\') {
            return true; // A hard break.
        }
        let bare = self.bare(line);
        if behind_day(bare).is_some() {
            return true;
        }
        let key = bare.split_once([':', '：']).map(|(key, _)| key.trim());
        if key.is_some_and(|key| words.field(key).is_some()) {
            return true;
        }
        if !words.starts_with_statement(bare) {
            return false;
        }
        let first = bare.get(first_word(bare)..).and_then(|rest| rest.chars().next());
        let above = self.bare(above.span);
        let is_state = || {
            let core = above.trim_matches(|c: char| !c.is_alphanumeric());
            words.status(core).is_some()
        };
        let ends = above.trim_end().ends_with(['.', '!', '。', ';']);
        let is_capital = first.is_some_and(|first| !first.is_lowercase());
        ends || is_state() || is_capital && (behind_day(above).is_some() || is_stated(above, words))
    }
}

/// Whether a text begins with a state, a relation or a field.
fn is_stated(text: &str, words: &Words) -> bool {
    let key = text.split_once([':', '：']).map(|(key, _)| key.trim());
    key.is_some_and(|key| words.meaning(key).is_some()) || words.starts_with_statement(text)
}

/// Marks that open a quotation of words.
pub(crate) const QUOTES: [char; 7] = ['"', '“', '„', '«', '「', '『', '‘'];

/// Whether a number is the marker of the list item that begins on the line.
fn is_numbered(text: &str, line: &Line) -> bool {
    let marks = Span::new(line.span.start, line.content.start).of(text).trim_end();
    let marker = marks.strip_suffix(['.', ')']);
    marker.is_some_and(|marker| marker.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a line can state anything.
fn states(line: &Line) -> bool {
    matches!(line.kind, LineKind::Text | LineKind::Row | LineKind::Html)
}

/// A line without a bullet that Markdown does not know.
fn unbulleted(text: &str, content: Span) -> Span {
    let rest = content.of(text).strip_prefix('•').map(str::trim_start);
    rest.map_or(content, |rest| Span::new(content.end - rest.len(), content.end))
}

/// What follows the day in digits that the text begins with.
pub(crate) fn behind_day(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches(|c: char| c == '(' || c == '[' || c.is_whitespace());
    let rest =
        bare.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'));
    (bare.len() - rest.len() >= 8).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::Passage;
    use crate::format::Words;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = Words::new(std::iter::empty());
        let passage = Passage::new(text, Span::new(0, text.len()), &words);
        let units = passage.units(&words);
        let found: Vec<_> = units.iter().map(|unit| unit.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_wrapped_sentence_is_one_unit() {
        check(
            "Amended by ADR-1 - the framing is\nsuperseded here.",
            &["Amended by ADR-1 - the framing is\nsuperseded here."],
        );
        check("Superseded\nby ADR-1", &["Superseded\nby ADR-1"]);
        check("Relates to\n[ADR 5](x.md)", &["Relates to\n[ADR 5](x.md)"]);
        check(
            "The status becomes\n\"Superseded by ADR-2\".",
            &["The status becomes\n\"Superseded by ADR-2\"."],
        );
    }

    #[test]
    fn lines_that_state_something_are_units() {
        check("Accepted\nSuperseded by ADR-1", &["Accepted", "Superseded by ADR-1"]);
        check("accepted\nsuperseded by ADR-1", &["accepted", "superseded by ADR-1"]);
        check(
            "2024-01-01 proposed\n2024-02-01 accepted",
            &["2024-01-01 proposed", "2024-02-01 accepted"],
        );
        check("- a\n- b\n  c\n\nd", &["a", "b\n  c", "d"]);
        check("1. Proposed\n2. Accepted", &["Proposed", "Accepted"]);
        check("Proposed for now,  \nAccepted", &["Proposed for now,", "Accepted"]);
    }

    #[test]
    fn code_and_comments_are_no_units() {
        check("~~~\nRejected\n~~~\n\nAccepted\n\n<!--\nDraft\n-->", &["Accepted"]);
        check("    Rejected\n\nAccepted", &["Accepted"]);
    }
}
