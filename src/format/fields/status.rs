//! The status that a piece of text states.
//!
//! Reads one statement: the value of a key, a table's cell, or the text of a status section. Known
//! shapes: a word in any case, with emoji, code marks, brackets, a badge image or a link around it;
//! a word with a remark behind it; a history of dated lines, of which the last counts; a chain of
//! arrows, of which the last counts; a choice that was not made; a word next to another that is struck
//! out or in a comment; a list of boxes, of which the last that is ticked counts. Several words in one
//! statement: superseded wins, if the record says it of itself ([`stance`](super::stance)). One that is
//! superseded in part stays in force, and its words are the team's own: *superseded in part*,
//! *teilweise ersetzt*.

use std::collections::BTreeSet;

use super::unit_status::{StatusUnit, UnitPosition, UnitReader};
use crate::format::references::Definitions;
use crate::format::statement::{
    MAX_STATEMENT, OwnNames, ParsedPassage, ParsedUnit, Passage, StatementReader, behind_day,
};
use crate::format::words::{Field, Words, is_word, tokens};
use crate::model::{Date, Layout, Lifecycle, Record, RelationKind, Status};
use crate::syntax::plain;
use crate::text::{Span, Spanned};

/// The status that the bytes of `span` state. The span of the result is the unit that states it.
pub(crate) fn read_status(reader: &StatementReader<'_>, span: Span) -> Option<Spanned<Status>> {
    // One word alone, as most records have it, is no history and has no markup around it.
    if let Some(status) = status_of_word(reader.text, span, reader.words) {
        return Some(status);
    }
    status_of_passage(reader, &ParsedPassage::new(reader.text, reader.words, span))
}

/// The status that a passage states.
pub(crate) fn status_of_passage(
    reader: &StatementReader<'_>,
    read: &ParsedPassage<'_>,
) -> Option<Spanned<Status>> {
    choose(stating(reader, read)).map(|line| Spanned::new(line.status, line.span))
}

/// The status that the whole of a text is, in one word of ASCII letters.
pub(crate) fn status_of_word(text: &str, span: Span, words: &Words) -> Option<Spanned<Status>> {
    let bare = span.trim(text);
    let status = words.status(bare.of(text)).filter(|_| is_word(bare.of(text)))?;
    Some(Spanned::new(status.clone(), bare))
}

/// The lines that state one status each, where the section of the status holds a history of them:
/// a dated line for each change, the newest last. Empty where it holds none.
pub fn status_history(record: &Record, words: &Words) -> Vec<Span> {
    let text = record.text();
    let stated = record.statuses.first().filter(|stated| stated.layout == Layout::Section);
    let Some(span) = stated.and_then(|stated| stated.span) else { return vec![] };
    let sections = &record.document.sections;
    let Some(section) = sections.iter().find(|one| one.body.contains(span)) else { return vec![] };
    let body = section.body.trim(text).first(MAX_STATEMENT, text);
    let definitions = Definitions::default();
    let reader =
        StatementReader { text, words, own: OwnNames::default(), definitions: &definitions };
    let lines = stating(&reader, &ParsedPassage::new(text, words, body));
    // One line with a day behind the status may be all that there is to say; one that begins with the
    // day is the first of many.
    let begins = |line: &StatusUnit| behind_day(&plain(line.span.of(text))).is_some();
    let several = lines.len() > 1 || lines.iter().all(begins);
    let history = several && lines.iter().all(|line| line.is_dated);
    if history { lines.into_iter().map(|line| line.span).collect() } else { vec![] }
}

/// The units of a passage that state a status.
fn stating(reader: &StatementReader<'_>, read: &ParsedPassage<'_>) -> Vec<StatusUnit> {
    let (words, passage) = (reader.words, &read.passage);
    let quoted = read.units.iter().all(|one| one.unit.is_quoted);
    let counts = |one: &&ParsedUnit| {
        one.unit.is_quoted == quoted && !states_other(passage.bare(one.unit.span), words)
    };
    let units: Vec<&ParsedUnit> = read.units.iter().filter(counts).collect();
    if is_glossary(passage, &units, words) {
        return vec![];
    }
    let mut stated = Vec::new();
    for (index, one) in units.iter().enumerate() {
        let next = units.get(index + 1);
        let names =
            next.is_some_and(|next| !words.starts_with_statement(passage.bare(next.unit.span)));
        let place = UnitPosition { is_first: index == 0, has_list: names };
        stated.extend(UnitReader::new(reader, passage, one).line(place));
    }
    stated
}

/// Whether the units explain what statuses mean, each one of its own: `Proposed: under discussion`.
fn is_glossary(passage: &Passage<'_>, units: &[&ParsedUnit], words: &Words) -> bool {
    let explained = |one: &&ParsedUnit| {
        let written = passage.bare(one.unit.span);
        let (key, behind) = written.split_once([':', '—', '–', '='])?;
        let state = words.status(key.trim_matches(|c: char| !c.is_alphanumeric()))?.meaning?;
        let explains = tokens(behind).nth(1).is_some();
        // A day or a number makes it a history.
        (explains && !written.contains(|c: char| c.is_ascii_digit())).then_some(state)
    };
    let states = || units.iter().map(explained).collect::<Option<BTreeSet<Lifecycle>>>();
    units.len() >= 3 && states().is_some_and(|states| states.len() >= 3)
}

/// Whether the unit is a statement of another field or about another record: `Date: …` above the
/// word of a section, `Ersetzt: …` below it.
fn states_other(written: &str, words: &Words) -> bool {
    let key = written.split_once([':', '：']).map(|(key, _)| key.trim());
    let known = key.filter(|key| key.len() <= 48).and_then(|key| words.meaning(key));
    known.is_some_and(|known| {
        known.field.is_some_and(|(field, _)| field != Field::Status)
            || known.relation.or(known.key) == Some(RelationKind::Supersedes)
    })
}

/// The status that is to be believed of those in one statement.
fn choose(mut lines: Vec<StatusUnit>) -> Option<StatusUnit> {
    let superseded = lines.iter().position(|line| line.status.is(Lifecycle::Superseded));
    if let Some(at) = superseded {
        return Some(lines.swap_remove(at));
    }
    if !is_history(&lines) {
        return lines.into_iter().next();
    }
    // Some put the newest line first.
    let days: Option<Vec<Date>> = lines.iter().map(|line| line.day).collect();
    let newest = days.and_then(|days| {
        let newest = *days.iter().max()?;
        days.iter().rposition(|day| *day == newest)
    });
    match newest {
        Some(at) => Some(lines.swap_remove(at)),
        None => lines.pop(),
    }
}

/// Whether a passage is a table of states, each with its day.
pub(crate) fn is_table_history(reader: &StatementReader<'_>, read: &ParsedPassage<'_>) -> bool {
    read.units.iter().all(|one| one.unit.is_row()) && {
        let lines = stating(reader, read);
        lines.len() > 1 && lines.iter().all(|line| line.day.is_some())
    }
}

/// Whether lines tell a history: each is dated, or each is a step of a numbered list.
fn is_history(lines: &[StatusUnit]) -> bool {
    lines.len() > 1
        && (lines.iter().all(|line| line.is_dated) || lines.iter().all(|line| line.is_step))
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
        let reader =
            StatementReader { text, words, own: OwnNames::default(), definitions: &definitions };
        read_status(&reader, Span::new(0, text.len()))
    }

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let words = Words::new(std::iter::empty());
        let found = status(text, &words);
        assert_eq!(found.as_ref().map(|status| &*status.value.word), expected, "{text}");
    }

    #[test]
    fn the_word_counts_and_not_its_dress() {
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
    fn what_is_struck_out_does_not_count() {
        check("~~Proposed~~ Accepted", Some("accepted"));
        check("~~Accepted~~ ~~Superseded by [2](0002-x.md)~~ Rejected", Some("rejected"));
        check("- ~~Proposed~~\n- Accepted", Some("accepted"));
        check("<s>Superseded</s> <b>Accepted</b>", Some("accepted"));
        check("~~Accepted~~", None);
    }

    #[test]
    fn another_field_above_the_word_is_no_status() {
        check("implemented, pending the review of the team", Some("implemented"));
        check("Date: 2024-01-02\n\nParked", Some("parked"));
        check("**Owner**: Ann\n\nAccepted", Some("accepted"));
    }

    #[test]
    fn of_boxes_the_ticked_one_counts() {
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
    fn a_successor_that_is_nobody_supersedes_nothing() {
        let nobody = [
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
        for word in nobody {
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
    fn a_glossary_of_statuses_states_none() {
        let glossary = "- `draft`: it is being written\n- `accepted`: we do it\n\
                        - `rejected`: we do not\n- `replaced`: another one took its place";
        check(glossary, None);
        check("- Proposed: by Ann in May\n- Accepted: by all of us", Some("proposed"));
        check(
            "- RecordReader: 2024-01-02\n- Proposed: 2024-01-03\n- Accepted: 2024-01-04",
            Some("accepted"),
        );
    }

    #[test]
    fn what_is_superseded_in_part_keeps_its_words_and_stays_in_force() {
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
    fn what_the_record_does_to_others_is_not_its_status() {
        check("Accepté\nRemplace : ADR-3", Some("accepted"));
        check("Akzeptiert\nErsetzt: ADR-3", Some("accepted"));
        check("Akzeptiert\nErsetzt durch ADR-3", Some("superseded"));
    }

    #[test]
    fn of_a_history_the_last_line_counts() {
        check("2024-01-01 proposed\n\n2024-02-01 accepted", Some("accepted"));
        check("- Proposed 2024-01-01\n- Rejected 2024-02-01", Some("rejected"));
    }

    #[test]
    fn a_choice_that_nobody_made_is_no_status() {
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
