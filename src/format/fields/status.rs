//! Reads the status that a piece of text states.
//!
//! The text is one statement: the value of a key, a cell of a table, or the text of a status section. Known
//! shapes: a word in any case, with emoji, code marks, brackets, a badge image or a link around it;
//! a word with a remark after it; a history of dated lines, of which the last counts; a chain of
//! arrows, of which the last counts; an open choice; a word next to another that is struck
//! out or in a comment; a list of boxes, of which the last ticked one counts. Of several words in one
//! statement, *superseded* wins if the record asserts it about itself. A record that is
//! superseded in part stays in force, and its words are a status of the team: *superseded in part*,
//! *teilweise ersetzt*.

use std::collections::BTreeSet;

use super::unit_status::{StatusUnit, UnitPosition, UnitReader};
use crate::format::references::Definitions;
use crate::format::statement::{
    MAX_STATEMENT, OwnNames, ParsedPassage, ParsedUnit, Passage, StatementReader,
    after_leading_date,
};
use crate::format::words::{Field, Words, is_word, tokens};
use crate::model::{Date, Layout, Lifecycle, Record, RelationKind, Status};
use crate::syntax::plain;
use crate::text::{Span, Spanned};

/// The status that the bytes of `span` state. The span of the result is the unit that states it.
pub(crate) fn read_status(reader: &StatementReader<'_>, span: Span) -> Option<Spanned<Status>> {
    // Most records have one word alone, which needs no division into units.
    if let Some(status) = status_of_word(reader.text, span, reader.words) {
        return Some(status);
    }
    status_of_passage(reader, &ParsedPassage::new(reader.text, reader.words, span))
}

/// The status that a passage states.
pub(crate) fn status_of_passage(
    reader: &StatementReader<'_>,
    parsed: &ParsedPassage<'_>,
) -> Option<Spanned<Status>> {
    choose(status_units(reader, parsed)).map(|unit| Spanned::new(unit.status, unit.span))
}

/// The status in a text that consists of one word of ASCII letters.
pub(crate) fn status_of_word(text: &str, span: Span, words: &Words) -> Option<Spanned<Status>> {
    let word = span.trim(text);
    let status = words.status(word.of(text)).filter(|_| is_word(word.of(text)))?;
    Some(Spanned::new(status.clone(), word))
}

/// The lines of the status section that each state one status, if the section is a history: a dated line for
/// each change, the newest last. Empty if it is not a history.
pub fn status_history(record: &Record, words: &Words) -> Vec<Span> {
    let text = record.text();
    let stated = record.statuses.first().filter(|stated| stated.layout == Layout::Section);
    let Some(status_span) = stated.and_then(|stated| stated.span) else { return vec![] };
    let mut sections = record.document.sections.iter();
    let Some(section) = sections.find(|section| section.body.contains(status_span)) else {
        return vec![];
    };
    let body = section.body.trim(text).first(MAX_STATEMENT, text);
    let definitions = Definitions::default();
    let own_names = OwnNames::default();
    let reader = StatementReader { text, words, own_names, definitions: &definitions };
    let lines = status_units(&reader, &ParsedPassage::new(text, words, body));
    // A single line with a date after the status may be a plain status. One that begins with the date is
    // the first line of a history.
    let begins_with_date =
        |line: &StatusUnit| after_leading_date(&plain(line.span.of(text))).is_some();
    let can_be_history = lines.len() > 1 || lines.iter().all(begins_with_date);
    let is_history = can_be_history && lines.iter().all(|line| line.is_dated);
    if is_history { lines.into_iter().map(|line| line.span).collect() } else { vec![] }
}

/// The units of a passage that state a status.
fn status_units(reader: &StatementReader<'_>, parsed: &ParsedPassage<'_>) -> Vec<StatusUnit> {
    let (words, passage) = (reader.words, &parsed.passage);
    // A quotation counts only if there is nothing else.
    let is_all_quoted = parsed.units.iter().all(|one| one.unit.is_quoted);
    let counts = |one: &&ParsedUnit| {
        one.unit.is_quoted == is_all_quoted
            && !states_other_field(passage.plain_text(one.unit.span), words)
    };
    let units: Vec<&ParsedUnit> = parsed.units.iter().filter(counts).collect();
    if is_glossary(passage, &units, words) {
        return vec![];
    }
    let mut status_units = Vec::new();
    for (index, parsed_unit) in units.iter().enumerate() {
        let has_list = units
            .get(index + 1)
            .is_some_and(|next| !words.starts_with_statement(passage.plain_text(next.unit.span)));
        let position = UnitPosition { is_first: index == 0, has_list };
        status_units.extend(UnitReader::new(reader, passage, parsed_unit).status_unit(position));
    }
    status_units
}

/// Whether the units explain what statuses mean, one unit for each: `Proposed: under discussion`.
fn is_glossary(passage: &Passage<'_>, units: &[&ParsedUnit], words: &Words) -> bool {
    let explained_state = |one: &&ParsedUnit| {
        let written = passage.plain_text(one.unit.span);
        let (key, explanation) = written.split_once([':', '—', '–', '='])?;
        let state = words.status(key.trim_matches(|c: char| !c.is_alphanumeric()))?.meaning?;
        let is_explanation = tokens(explanation).nth(1).is_some();
        // A date or a number makes it a history.
        (is_explanation && !written.contains(|c: char| c.is_ascii_digit())).then_some(state)
    };
    let states = || units.iter().map(explained_state).collect::<Option<BTreeSet<Lifecycle>>>();
    units.len() >= 3 && states().is_some_and(|states| states.len() >= 3)
}

/// Whether the unit is a statement of another field or about another record: `Date: …` above the
/// status in a section, `Ersetzt: …` below it.
fn states_other_field(unit: &str, words: &Words) -> bool {
    const MAX_KEY: usize = 48;
    let key = unit.split_once([':', '：']).map(|(key, _)| key.trim());
    let meaning = key.filter(|key| key.len() <= MAX_KEY).and_then(|key| words.meaning(key));
    meaning.is_some_and(|meaning| {
        meaning.field.is_some_and(|(field, _)| field != Field::Status)
            || meaning.relation_as_key() == Some(RelationKind::Supersedes)
    })
}

/// The status that counts of those in one statement.
fn choose(mut units: Vec<StatusUnit>) -> Option<StatusUnit> {
    let superseded = units.iter().position(|unit| unit.status.is(Lifecycle::Superseded));
    if let Some(index) = superseded {
        return Some(units.swap_remove(index));
    }
    if !is_history(&units) {
        return units.into_iter().next();
    }
    // Some histories begin with the newest line, so dates are compared if every line has one.
    let dates: Option<Vec<Date>> = units.iter().map(|unit| unit.date).collect();
    let newest = dates.and_then(|dates| {
        let newest = *dates.iter().max()?;
        dates.iter().rposition(|date| *date == newest)
    });
    match newest {
        Some(index) => Some(units.swap_remove(index)),
        None => units.pop(),
    }
}

/// Whether a passage is a table of statuses, each with its date.
pub(crate) fn is_table_history(reader: &StatementReader<'_>, parsed: &ParsedPassage<'_>) -> bool {
    parsed.units.iter().all(|one| one.unit.is_row()) && {
        let units = status_units(reader, parsed);
        units.len() > 1 && units.iter().all(|unit| unit.date.is_some())
    }
}

/// Whether several units are a history: all of them are dated, or all are steps of a numbered list.
fn is_history(units: &[StatusUnit]) -> bool {
    units.len() > 1
        && (units.iter().all(|unit| unit.is_dated) || units.iter().all(|unit| unit.is_step))
}

#[cfg(test)]
mod tests {
    use super::read_status;
    use crate::format::Words;
    use crate::format::references::Definitions;
    use crate::format::statement::{OwnNames, StatementReader};
    use crate::model::{Lifecycle, Status};
    use crate::text::{Span, Spanned};

    fn status(text: &str, words: &Words) -> Option<Spanned<Status>> {
        let definitions = Definitions::default();
        let reader = StatementReader {
            text,
            words,
            own_names: OwnNames::default(),
            definitions: &definitions,
        };
        read_status(&reader, Span::new(0, text.len()))
    }

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let words = Words::new(std::iter::empty());
        let found = status(text, &words);
        assert_eq!(found.as_ref().map(|status| &*status.value.word), expected, "{text}");
    }

    #[test]
    fn markup_around_the_word_is_ignored() {
        for text in [
            "Accepted",
            "✅ ACCEPTED.",
            "`accepted`",
            "**Accepted** (lazy consensus)",
            "![Accepted](badge.svg)",
            "![Status: accepted](badge.svg)",
            "![Status](https://b.example/badge/status-Accepted-green?style=flat)",
            "<span style=\"color: green\">Accepted</span>",
            "<p><b>Accepted</b></p>",
            "[accepted](/README.md#accepted)",
            "{accepted}",
            "Akzeptiert",
            "accepted; supersedes ADR-0045",
            "Accepted - merged in [#2](x)",
            "<!-- one of: a, b -->\n\nAccepted <!-- so far -->",
        ] {
            check(text, Some("accepted"));
        }
    }

    #[test]
    fn words_that_are_struck_out_do_not_count() {
        check("~~Proposed~~ Accepted", Some("accepted"));
        check("~~Accepted~~ ~~Superseded by [2](0002-x.md)~~ Rejected", Some("rejected"));
        check("- ~~Proposed~~\n- Accepted", Some("accepted"));
        check("<s>Superseded</s> <b>Accepted</b>", Some("accepted"));
        check("~~Accepted~~", None);
    }

    #[test]
    fn another_field_above_the_word_is_not_the_status() {
        check("implemented, pending the review of the team", Some("implemented"));
        check("Date: 2024-01-02\n\nParked", Some("parked"));
        check("**Owner**: Ann\n\nAccepted", Some("accepted"));
    }

    #[test]
    fn the_ticked_box_counts() {
        check("- [ ] Proposed\n- [x] Accepted\n- [ ] Superseded", Some("accepted"));
        check("[ ] Proposed [ ] Accepted [X] Rejected", Some("rejected"));
        check("- [x] Proposed\n- [x] Accepted\n- [ ] Deprecated", Some("accepted"));
        check("☐ Proposed ☑ Accepted", Some("accepted"));
        check("- [ ] Proposed\n- [ ] Accepted", None);
        check("Accepted\n\n- [ ] Superseded\n- [x] Reviewed", Some("accepted"));
    }

    #[test]
    fn superseded_wins_within_one_statement() {
        check("Accepted\n\nSuperseded by [x](x.md)", Some("superseded"));
        check("Implemented. Superseded by x", Some("superseded"));
        check("Accepted\n\nSupersedes [x](x.md)", Some("accepted"));
        check("Invalidated by [x](x.md)", Some("superseded"));
    }

    #[test]
    fn a_missing_successor_supersedes_nothing() {
        let no_successors = [
            "none",
            "-",
            "–",
            "—",
            "N/A",
            "n.a.",
            "(none)",
            "_none_",
            "nothing",
            "not yet",
            "TBD",
            "",
            "None.",
            "none (still in force)",
            "*none*",
        ];
        for word in no_successors {
            for text in [
                format!("Accepted\n\nSuperseded by: {word}"),
                format!("Superseded by: {word}\n\nAccepted"),
                format!("- Accepted\n- Supersedes: none\n- Superseded by: {word}"),
                format!("- Accepted\n- Superseded by: {word}\n- Supersedes: [1](0001-x.md)"),
                format!("Accepted | Superseded by: {word}"),
                format!("Accepted\n\n**Superseded by:** {word}"),
            ] {
                check(&text, Some("accepted"));
            }
            check(&format!("Superseded by: {word}"), None);
        }
        check("Accepted\n\nSuperseded by:\n\n- [3. Use NATS](0003-x.md)", Some("superseded"));
        check(
            "Accepted\n\nSuperseded by: no longer needed, see [3](0003-x.md)",
            Some("superseded"),
        );
        check("Superseded by: the new one", Some("superseded"));
    }

    #[test]
    fn a_glossary_of_statuses_states_no_status() {
        let glossary = "- `draft`: it is being written\n- `accepted`: we do it\n\
                        - `rejected`: we do not\n- `replaced`: another one took its place";
        check(glossary, None);
        check("- Proposed: by Ann in May\n- Accepted: by all of us", Some("proposed"));
        check(
            "- Draft: 2024-01-02\n- Proposed: 2024-01-03\n- Accepted: 2024-01-04",
            Some("accepted"),
        );
    }

    #[test]
    fn a_record_that_is_superseded_in_part_stays_in_force() {
        let words = Words::new(std::iter::empty());
        for (text, expected) in [
            ("Partly superseded", "partly superseded"),
            ("Superseded in part by ADR-3 (names)", "superseded in part"),
            ("SUPERSEDED, in part, by ADR-3", "superseded, in part"),
            ("Superseded (in part) by ADR-3", "superseded (in part)"),
            ("Teilweise ersetzt durch ADR-3", "teilweise ersetzt"),
            ("部分被 ADR-3 取代", "partially superseded"),
        ] {
            let status = status(text, &words).unwrap().value;
            assert_eq!(&*status.word, expected, "{text}");
            assert_eq!(status.meaning, Some(Lifecycle::Accepted), "{text}");
        }
        check("Accepted (superseded in part by ADR-3)", Some("accepted"));
        check("被 ADR-3 取代", Some("superseded"));
    }

    #[test]
    fn a_comment_states_nothing() {
        check("Accepted <!-- Superseded by ADR-3 -->", Some("accepted"));
        check("<!-- one of\nproposed\n-->\nRejected", Some("rejected"));
    }

    #[test]
    fn statements_about_other_records_are_not_the_status() {
        check("Accepté\nRemplace : ADR-3", Some("accepted"));
        check("Akzeptiert\nErsetzt: ADR-3", Some("accepted"));
        check("Akzeptiert\nErsetzt durch ADR-3", Some("superseded"));
    }

    #[test]
    fn the_last_line_of_a_history_counts() {
        check("2024-01-01 proposed\n\n2024-02-01 accepted", Some("accepted"));
        check("- Proposed 2024-01-01\n- Rejected 2024-02-01", Some("rejected"));
    }

    #[test]
    fn an_open_choice_is_not_a_status() {
        check("{proposed | rejected | accepted}", None);
        check("Proposed [Proposed, Accepted, Rejected]", Some("proposed"));
        check("> One of: proposed, accepted, rejected\n\nDraft", Some("draft"));
    }

    #[test]
    fn the_words_of_a_team_are_kept() {
        check(
            "- trial of tools; nothing is decided by it, and more words follow",
            Some("trial of tools"),
        );
        check("試行（2026-05-06 から）", Some("試行"));
        check("✅", None);
        check("In trial", Some("in trial"));
        check("Decided. We stay open to more.", Some("decided"));
    }
}
