//! Divides a text about a record into units, each of which states something by itself: one or two sentences
//! on the same line or over wrapped lines, an item of a list, a row of a table.
//!
//! A line of a paragraph that begins with a status, a relation, a field or a date begins a new unit,
//! because many logs put these one below the other without a blank line. If it begins with a lower-case
//! letter, an editor may have wrapped the sentence above; then it begins a unit only if the line above is
//! complete: a status alone, or the end of a sentence.

use std::borrow::Cow;

use super::effective_text::{effective_text, without_markup};
use crate::format::words::{Words, first_word};
use crate::syntax::{Line, LineKind, lines};
use crate::text::Span;

/// The maximum length in bytes of a statement about a record. Text after it is not read for fields, so that
/// a file of any size is listed quickly.
pub(crate) const MAX_STATEMENT: usize = 32 * 1024;

/// A text about a record.
pub(crate) struct Passage<'t> {
    text: &'t str,
    region: Span,
    /// The region with spaces instead of ignored text; as long as the region.
    effective: Cow<'t, str>,
    /// The effective text without markup; as long as the region.
    plain: Cow<'t, str>,
}

/// A part of a passage that states something by itself.
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
        let effective = effective_text(piece, words);
        Self { text, region, plain: without_markup(piece, &effective), effective }
    }

    /// Whether the bytes of `span` are in a comment, struck out, or after an unticked box.
    pub(crate) fn is_ignored(&self, span: Span) -> bool {
        let span = self.within_region(span);
        self.effective.get(span.range()).is_some_and(|effective| effective.trim().is_empty())
    }

    /// The plain text of `span`, or the web addresses in it if there is nothing else.
    pub(crate) fn plain_text_or_address(&self, span: Span) -> &str {
        let plain = self.plain_text(span);
        if plain.trim().is_empty() { self.effective_text(span) } else { plain }
    }

    /// The bytes of `span` without ignored text at its ends; all of them if everything is ignored.
    pub(crate) fn trim_ignored(&self, span: Span) -> Span {
        let effective = self.effective_text(span);
        let start = span.start + (effective.len() - effective.trim_start().len());
        let end = start + effective.trim().len();
        if start < end { Span::new(start, end) } else { span }
    }

    /// The effective words of `span`, which is a part of the passage, without markup; as long as `span`.
    pub(crate) fn plain_text(&self, span: Span) -> &str {
        self.plain.get(self.within_region(span).range()).unwrap_or_default()
    }

    fn effective_text(&self, span: Span) -> &str {
        self.effective.get(self.within_region(span).range()).unwrap_or_default()
    }

    fn within_region(&self, span: Span) -> Span {
        let start = span.start.saturating_sub(self.region.start);
        Span::new(start, span.end.saturating_sub(self.region.start).max(start))
    }

    /// The units of the passage, in the order of the text. Headings, code and comments are not units.
    pub(crate) fn units(&self, words: &Words) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut is_unit_open = false;
        let mut is_in_comment = false;
        for line in lines(self.text, self.region) {
            let written = line.content.of(self.text);
            // Word processors turn `<!--` into `‹--`.
            if is_in_comment || written.starts_with("‹--") {
                is_in_comment = !(written.contains("--›") || written.contains("-->"));
                is_unit_open = false;
                continue;
            }
            if !can_state(&line) || written.is_empty() {
                is_unit_open = false;
                continue;
            }
            let content = without_bullet(self.text, line.content);
            let is_item = line.is_item || content.start > line.content.start;
            let unit_above =
                units.last().copied().filter(|_| is_unit_open && line.continues && !is_item);
            let goes_on = unit_above.is_some_and(|above| !self.begins_unit(above, content, words));
            match units.last_mut().filter(|_| goes_on) {
                Some(unit) => unit.span.end = content.end,
                None => units.push(Unit {
                    span: content,
                    is_quoted: unit_above.map_or(line.quotes > 0, |above| above.is_quoted),
                    form: self.form(&line, content),
                }),
            }
            is_unit_open = true;
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

    /// Whether a line that continues the paragraph of the unit `above` begins a new unit.
    fn begins_unit(&self, above: Unit, line: Span, words: &Words) -> bool {
        let line_break = self.text.get(above.span.end..line.start).unwrap_or_default();
        if line_break.starts_with("  ") || line_break.starts_with('\\') {
            return true; // A hard break.
        }
        let line = self.plain_text(line);
        if after_leading_date(line).is_some() {
            return true;
        }
        if key_of(line).is_some_and(|key| words.field(key).is_some()) {
            return true;
        }
        if !words.starts_with_statement(line) {
            return false;
        }
        let above = self.plain_text(above.span);
        let is_status_alone = || {
            let phrase = above.trim_matches(|c: char| !c.is_alphanumeric());
            words.status(phrase).is_some()
        };
        let first_letter = line.get(first_word(line)..).and_then(|line| line.chars().next());
        let is_capital = first_letter.is_some_and(|first_letter| !first_letter.is_lowercase());
        above.trim_end().ends_with(['.', '!', '。', ';'])
            || is_status_alone()
            || is_capital
                && (after_leading_date(above).is_some() || begins_with_statement(above, words))
    }
}

/// Whether a text begins with a status, a relation or a key.
fn begins_with_statement(text: &str, words: &Words) -> bool {
    key_of(text).is_some_and(|key| words.meaning(key).is_some())
        || words.starts_with_statement(text)
}

/// The words before the first colon.
fn key_of(text: &str) -> Option<&str> {
    text.split_once([':', '：']).map(|(key, _)| key.trim())
}

/// The marks that open a quotation of words.
pub(crate) const QUOTES: [char; 7] = ['"', '“', '„', '«', '「', '『', '‘'];

/// Whether a number is the marker of the list item that begins on `line`.
fn is_numbered(text: &str, line: &Line) -> bool {
    let marks = Span::new(line.span.start, line.content.start).of(text).trim_end();
    let marker = marks.strip_suffix(['.', ')']);
    marker.is_some_and(|marker| marker.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a line can state anything.
fn can_state(line: &Line) -> bool {
    matches!(line.kind, LineKind::Text | LineKind::Row | LineKind::Html)
}

/// The content of a line without `•`, which Markdown does not read as a bullet.
fn without_bullet(text: &str, content: Span) -> Span {
    let after_bullet = content.of(text).strip_prefix('•').map(str::trim_start);
    after_bullet.map_or(content, |words| Span::new(content.end - words.len(), content.end))
}

/// The text after the date in digits that `text` begins with.
pub(crate) fn after_leading_date(text: &str) -> Option<&str> {
    let date_onwards = text.trim_start_matches(|c: char| c == '(' || c == '[' || c.is_whitespace());
    let after_date = date_onwards
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'));
    (date_onwards.len() - after_date.len() >= 8).then_some(after_date)
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
    fn code_and_comments_are_not_units() {
        check("~~~\nRejected\n~~~\n\nAccepted\n\n<!--\nDraft\n-->", &["Accepted"]);
        check("    Rejected\n\nAccepted", &["Accepted"]);
    }
}
