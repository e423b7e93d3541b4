//! The status that a piece of text states.
//!
//! Reads one statement: the value of a key, a table's cell, or the text of a status section. Known
//! shapes: a word in any case, with emoji, code marks, brackets, a badge image or a link around it;
//! a word with a remark behind it; a history of dated lines, of which the last counts; a choice
//! that nobody made; a word beside another that is struck out or stands in a comment; a list of
//! boxes, of which the last that is ticked counts. Several words in one statement: superseded wins.
//! One that is superseded in part stays in force, and its words are the team's own: *superseded in
//! part*, *teilweise ersetzt*, `部分被 ADR-3 取代`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::badge::badges;
use super::draft::MAX_STATEMENT;
use super::phrase::tokens;
use super::remark::{PASSIVE, in_part, is_of_part};
use super::successor::{is_statement, without_nobody};
use super::tick_box::tick_boxes;
use super::words::{Field, Words};
use crate::model::{Layout, Lifecycle, Record, RelationKind, Status};
use crate::syntax::{blanked, plain, uncommented, unstruck};
use crate::text::{Span, Spanned};

/// The status that the bytes of `span` state. The span of the result is the line that states it.
pub(super) fn read(text: &str, span: Span, words: &Words) -> Option<Spanned<Status>> {
    // One word alone, as most records have it, is no history and has no dress to be taken off.
    let bare = span.trim(text);
    if is_word(bare.of(text))
        && let Some(status) = words.status(bare.of(text))
    {
        return Some(Spanned::new(status.clone(), bare));
    }
    choose(stating(text, span, words)).map(|line| Spanned::new(line.status, line.span))
}

/// Whether `text` is one word of ASCII letters.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
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
    let lines = stating(text, body, words);
    // One line with a day behind the status may be all that there is to say; one that begins with the
    // day is the first of many.
    let begins = |line: &Line| undated(&plain(line.span.of(text))).1;
    let several = lines.len() > 1 || lines.iter().all(begins);
    let history = several && lines.iter().all(|line| line.dated);
    if history { lines.into_iter().map(|line| line.span).collect() } else { vec![] }
}

/// A statement with blanks in the place of what does not count: comments, words that are struck out,
/// boxes, and the words behind those that are not ticked. As long as `piece`.
pub fn live<'t>(piece: &'t str, words: &Words) -> Cow<'t, str> {
    let unstruck = match uncommented(piece) {
        Cow::Borrowed(piece) => unstruck(piece),
        Cow::Owned(piece) => unstruck(&piece).into_owned().into(),
    };
    let boxes = tick_boxes(&unstruck, Span::new(0, unstruck.len()));
    if boxes.is_empty() {
        return unstruck;
    }
    let states = |at: Span| !words.statuses_in(at.of(&unstruck)).is_empty();
    let last = boxes.iter().rposition(|one| one.ticked && states(one.words));
    let mut dead: Vec<Span> = boxes.iter().map(|one| one.mark).collect();
    let counts = |at: usize, ticked: bool| ticked && last.is_none_or(|last| last == at);
    let others = boxes.iter().enumerate().filter(|(at, one)| !counts(*at, one.ticked));
    dead.extend(others.map(|(_, one)| one.words));
    blanked(&unstruck, &dead).into()
}

/// The lines between the bytes of `span` that state a status.
fn stating(text: &str, span: Span, words: &Words) -> Vec<Line> {
    let piece = live(span.of(text), words);
    let lines = lines(&piece, Span::new(0, piece.len()));
    let quoted = lines.iter().all(|line| line.quoted);
    let counts = |line: &&Raw| line.quoted == quoted && !states_other(line.span.of(&piece), words);
    let lines: Vec<&Raw> = lines.iter().filter(counts).collect();
    if is_glossary(&piece, &lines, words) {
        return vec![];
    }
    let is_last = |at: usize| {
        let next = lines.get(at + 1).map(|next| plain(next.span.of(&piece)));
        next.is_none_or(|next| is_statement(&next, words))
    };
    let stated = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| on_line(&piece, line, (at == 0, &|| is_last(at)), words));
    stated.map(|line| Line { span: line.span.shift(span.start), ..line }).collect()
}

/// Whether the lines explain what statuses mean, each one of its own: `Proposed: under discussion`.
fn is_glossary(text: &str, lines: &[&Raw], words: &Words) -> bool {
    let explained = |line: &&Raw| {
        let written = plain(line.span.of(text));
        let (key, behind) = written.split_once([':', '—', '–', '='])?;
        let state = words.status(key.trim_matches(|c: char| !c.is_alphanumeric()))?.meaning?;
        let explains = tokens(behind).nth(1).is_some() && !line.span.of(text).contains("](");
        // A day or a number makes it a history.
        (explains && !written.contains(|c: char| c.is_ascii_digit())).then_some(state)
    };
    let states = || lines.iter().map(explained).collect::<Option<BTreeSet<Lifecycle>>>();
    lines.len() >= 3 && states().is_some_and(|states| states.len() >= 3)
}

/// The status that is to be believed of those in one statement.
fn choose(mut lines: Vec<Line>) -> Option<Line> {
    let superseded = lines.iter().position(|line| line.status.is(Lifecycle::Superseded));
    if let Some(at) = superseded {
        return Some(lines.swap_remove(at));
    }
    let history = lines.len() > 1 && lines.iter().all(|line| line.dated);
    if history { lines.pop() } else { lines.into_iter().next() }
}

/// A line that states a status.
struct Line {
    status: Status,
    span: Span,
    dated: bool,
}

/// A line of a statement, without what containers put before it.
struct Raw {
    span: Span,
    quoted: bool,
}

/// The lines that can state anything: no comments, no headings, no code.
fn lines(text: &str, span: Span) -> Vec<Raw> {
    let mut lines = Vec::new();
    let (mut comment, mut code) = (false, false);
    for line in span.lines(text) {
        let line = line.trim(text);
        let words = line.of(text);
        if words.starts_with("```") {
            code = !code;
            continue;
        }
        let opens = words.starts_with("<!--") || words.starts_with("‹--");
        if comment || opens {
            comment = !(words.contains("-->") || words.contains("--›") || words.contains("--"));
            continue;
        }
        if code || words.is_empty() || words.starts_with("[//]:") || words.starts_with('#') {
            continue;
        }
        let bare = words.trim_start_matches(['>', '-', '*', '+', ' ', '\t']);
        if !bare.is_empty() {
            let quoted = words.starts_with('>');
            lines.push(Raw { span: Span::new(line.end - bare.len(), line.end), quoted });
        }
    }
    lines
}

/// The status that a line states; with it comes whether it is the first one, and what tells whether
/// nothing below belongs to it.
fn on_line(
    text: &str,
    raw: &Raw,
    (first, is_last): (bool, &dyn Fn() -> bool),
    words: &Words,
) -> Option<Line> {
    let written = raw.span.of(text);
    let written = written.split("<!--").next().unwrap_or_default().trim_end();
    let span = Span::new(raw.span.start, raw.span.start + written.len());
    // Of a badge with the name of the field on it only the value counts.
    let badge = badges(text, span).into_iter().find(|one| {
        one.span.start == span.start
            && one.key.as_deref().is_some_and(|key| words.is_status_key(key))
    });
    let shown = badge.map_or_else(|| plain(written), |badge| badge.value);
    let (phrase, dated) = undated(&shown);
    let phrase = without_nobody(phrase, is_last, words);
    let status = stated(&phrase, first, words)?;
    let dated = dated || tokens(&phrase).any(|token| is_year(token.of(&phrase)));
    Some(Line { status, span, dated })
}

/// Whether the line is a statement of another field or about another record: `Date: …` above the
/// word of a section, `Ersetzt: …` below it.
fn states_other(line: &str, words: &Words) -> bool {
    let keyed = line.split_once(':').or_else(|| line.split_once('：'));
    let key = keyed.map(|(key, _)| key.trim_matches(['*', '_', ' ']));
    let known = key.filter(|key| key.len() <= 48).and_then(|key| words.known(key));
    known.is_some_and(|known| {
        known.field.is_some_and(|(field, _)| field != Field::Status)
            || known.relation.or(known.key) == Some(RelationKind::Supersedes)
    })
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("20") || word.starts_with("19"))
}

/// The phrase behind the date that it begins with, and whether there was one.
fn undated(phrase: &str) -> (&str, bool) {
    let rest =
        phrase.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'));
    let date = phrase.len() - rest.len();
    if date < 8 {
        return (phrase, false);
    }
    (rest.trim_start_matches(|c: char| !c.is_alphanumeric()), true)
}

/// The status that a line states, `first` in its statement.
fn stated(phrase: &str, first: bool, words: &Words) -> Option<Status> {
    let named = words.statuses_in(phrase);
    let phrase = match unmade_choice(phrase, &named) {
        Choice::None => phrase,
        Choice::Before(end) => phrase.get(..end)?,
        Choice::Whole => return None,
        Choice::Own => return Some(own(phrase)),
    };
    let start = phrase.len() - phrase.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let leading = named.iter().find(|(span, _)| span.start == start && span.end <= phrase.len());
    if let Some((span, status)) = leading {
        if let Some(partial) = superseded_in_part(phrase, *span, status, words) {
            return Some(partial);
        }
        let later = named.iter().any(|(span, other)| {
            span.start > start
                && span.end <= phrase.len()
                && other.is(Lifecycle::Superseded)
                && !is_of_part(phrase.get(..span.start).unwrap_or_default(), words)
                && in_part(phrase.get(span.end..).unwrap_or_default(), words).is_none()
        });
        let ends = later && (status.is(Lifecycle::Accepted) || status.is(Lifecycle::Proposed));
        return Some(if ends { Lifecycle::Superseded.into() } else { (*status).clone() });
    }
    if let Some(partial) = partly(phrase, &named, words) {
        return Some(partial);
    }
    let relation = words.relations_in(phrase).next();
    match relation.filter(|(span, _)| span.start == start) {
        Some((_, RelationKind::SupersededBy)) => Some(Lifecycle::Superseded.into()),
        None if first => in_words(phrase, &named),
        _ => None,
    }
}

/// A choice between statuses that nobody made.
enum Choice {
    None,
    /// The value stands before the choice.
    Before(usize),
    /// There is nothing else.
    Whole,
    /// Two statuses with *or* between them: the team's own words.
    Own,
}

fn unmade_choice(phrase: &str, named: &[(Span, &Status)]) -> Choice {
    let bracket = phrase.find(['[', '{', '(']).filter(|at| {
        let inside = named.iter().filter(|(span, _)| span.start > *at).count();
        inside >= 2 && phrase.get(*at..).is_some_and(|rest| rest.contains([',', '|', '/']))
    });
    if let Some(at) = bracket {
        let value = phrase.get(..at).unwrap_or_default();
        return if tokens(value).next().is_none() { Choice::Whole } else { Choice::Before(at) };
    }
    let [(a, _), ..] = named else { return Choice::None };
    let parted = |pair: &[(Span, &Status)]| match pair {
        [(a, _), (b, _)] => {
            let between = Span::new(a.end, b.start).of(phrase).trim();
            matches!(between, "or" | "|" | "/" | "," | "oder" | "ou" | "\" | \"" | "\", \"")
        }
        _ => false,
    };
    let joined = named.len() > 1 && named.windows(2).take(2).all(parted);
    let lead = phrase.get(..a.start).unwrap_or_default();
    let listed = tokens(lead).nth(1).is_none();
    match named.len() {
        3.. if joined && listed => Choice::Whole,
        2 if joined && tokens(phrase).count() <= 3 => Choice::Own,
        _ => Choice::None,
    }
}

/// *Partly superseded* and its kin: the team's own word for a decision that stays in force.
fn partly(phrase: &str, named: &[(Span, &Status)], words: &Words) -> Option<Status> {
    let (span, status) = named.first()?;
    let lead = phrase.get(..span.start)?;
    let ours =
        status.is(Lifecycle::Superseded) && tokens(lead).count() <= 2 && words.is_partial(lead);
    if ours {
        let word = phrase.get(..span.end).unwrap_or_default().trim().to_lowercase();
        return Some(Status::own(word, Some(Lifecycle::Accepted)));
    }
    // What encloses the name of the other record is no word: `部分被 ADR-3 取代`.
    let (before, _) = lead.split_once(PASSIVE).filter(|_| status.is(Lifecycle::Superseded))?;
    if before.trim().is_empty() {
        return Some((*status).clone());
    }
    let partial = || Status::own("partially superseded", Some(Lifecycle::Accepted));
    words.is_partial(before).then(partial)
}

/// *Superseded in part*: the words for it, where the state stands at `span` of the phrase.
fn superseded_in_part(phrase: &str, span: Span, status: &Status, words: &Words) -> Option<Status> {
    let behind = status.is(Lifecycle::Superseded).then(|| phrase.get(span.end..))??;
    let end = in_part(behind, words)?;
    let word = phrase.get(span.start..span.end + end)?.to_lowercase();
    Some(Status::own(word, Some(Lifecycle::Accepted)))
}

/// The status of a first line that begins with none: words of the team's own, up to a semicolon or
/// a wide bracket, or a sentence about the one status that it names.
fn in_words(phrase: &str, named: &[(Span, &Status)]) -> Option<Status> {
    let whole = phrase;
    let phrase = phrase.split([';', '；', '（']).next().unwrap_or_default().trim_end();
    let phrase = if phrase.is_empty() { whole } else { phrase };
    let count = phrase.split_whitespace().count();
    // A mark alone, such as an emoji, is no word.
    if (1..=5).contains(&count) && phrase.len() <= 48 && tokens(phrase).next().is_some() {
        return Some(own(phrase));
    }
    match named {
        [(_, status)] => Some((*status).clone()),
        _ => None,
    }
}

fn own(phrase: &str) -> Status {
    let word = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('));
    Status::own(word.to_lowercase(), None)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::format::Words;
    use crate::model::Lifecycle;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let words = Words::new(std::iter::empty());
        let found = read(text, Span::new(0, text.len()), &words);
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
            "- Draft: 2024-01-02\n- Proposed: 2024-01-03\n- Accepted: 2024-01-04",
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
            let status = read(text, Span::new(0, text.len()), &words).unwrap().value;
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
