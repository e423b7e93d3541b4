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

use super::badge::badges;
use super::date;
use super::draft::MAX_STATEMENT;
use super::nothing::names_nothing;
use super::passage::{Passage, Unit, behind_day};
use super::phrase::tokens;
use super::reference::Definitions;
use super::relation::{Claimed, Claims, Own, Reader, Verbs};
use super::remark::in_part;
use super::stance::{Around, Named};
use super::words::{Field, Says, Words};
use crate::model::{Layout, Lifecycle, Record, RelationKind, Status};
use crate::syntax::plain;
use crate::text::{Span, Spanned};

/// The status that the bytes of `span` state. The span of the result is the unit that states it.
pub(super) fn read(reader: &Reader<'_>, span: Span) -> Option<Spanned<Status>> {
    // One word alone, as most records have it, is no history and has no markup around it.
    let (text, words) = (reader.text, reader.words);
    let bare = span.trim(text);
    if is_word(bare.of(text))
        && let Some(status) = words.status(bare.of(text))
    {
        return Some(Spanned::new(status.clone(), bare));
    }
    choose(stating(reader, span)).map(|line| Spanned::new(line.status, line.span))
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
    let definitions = Definitions::default();
    let reader = Reader { text, words, own: Own::default(), definitions: &definitions };
    let lines = stating(&reader, body);
    // One line with a day behind the status may be all that there is to say; one that begins with the
    // day is the first of many.
    let begins = |line: &Line| behind_day(&plain(line.span.of(text))).is_some();
    let several = lines.len() > 1 || lines.iter().all(begins);
    let history = several && lines.iter().all(|line| line.is_dated);
    if history { lines.into_iter().map(|line| line.span).collect() } else { vec![] }
}

/// A unit that states a status.
struct Line {
    status: Status,
    span: Span,
    is_dated: bool,
}

/// The units between the bytes of `span` that state a status.
fn stating(reader: &Reader<'_>, span: Span) -> Vec<Line> {
    let words = reader.words;
    let passage = Passage::new(reader.text, span, words);
    let units = passage.units(words);
    let quoted = units.iter().all(|unit| unit.is_quoted);
    let counts =
        |unit: &Unit| unit.is_quoted == quoted && !states_other(passage.bare(unit.span), words);
    let units: Vec<Unit> = units.into_iter().filter(counts).collect();
    if is_glossary(&passage, &units, words) {
        return vec![];
    }
    let mut stated = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        let next = units.get(index + 1);
        let names = next.is_some_and(|next| !is_statement(passage.bare(next.span), words));
        let place = Place { is_first: index == 0, has_list: names };
        stated.extend(UnitReader::new(reader, &passage, *unit).line(place));
    }
    stated
}

/// Whether the units explain what statuses mean, each one of its own: `Proposed: under discussion`.
fn is_glossary(passage: &Passage<'_>, units: &[Unit], words: &Words) -> bool {
    let explained = |unit: &Unit| {
        let written = passage.bare(unit.span);
        let (key, behind) = written.split_once([':', '—', '–', '='])?;
        let state = words.status(key.trim_matches(|c: char| !c.is_alphanumeric()))?.meaning?;
        let explains = tokens(behind).nth(1).is_some();
        // A day or a number makes it a history.
        (explains && !written.contains(|c: char| c.is_ascii_digit())).then_some(state)
    };
    let states = || units.iter().map(explained).collect::<Option<BTreeSet<Lifecycle>>>();
    units.len() >= 3 && states().is_some_and(|states| states.len() >= 3)
}

/// Whether another statement about the record begins with these words.
fn is_statement(written: &str, words: &Words) -> bool {
    let start = written.len() - written.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let relation = words.relations_in(written).next();
    let status = words.statuses_in(written);
    relation.is_some_and(|(at, _)| at.start == start)
        || status.first().is_some_and(|(at, _)| at.start == start)
}

/// Whether the unit is a statement of another field or about another record: `Date: …` above the
/// word of a section, `Ersetzt: …` below it.
fn states_other(written: &str, words: &Words) -> bool {
    let key = written.split_once([':', '：']).map(|(key, _)| key.trim());
    let known = key.filter(|key| key.len() <= 48).and_then(|key| words.known(key));
    known.is_some_and(|known| {
        known.field.is_some_and(|(field, _)| field != Field::Status)
            || known.relation.or(known.key) == Some(RelationKind::Supersedes)
    })
}

/// The status that is to be believed of those in one statement.
fn choose(mut lines: Vec<Line>) -> Option<Line> {
    let superseded = lines.iter().position(|line| line.status.is(Lifecycle::Superseded));
    if let Some(at) = superseded {
        return Some(lines.swap_remove(at));
    }
    let history = lines.len() > 1 && lines.iter().all(|line| line.is_dated);
    if history { lines.pop() } else { lines.into_iter().next() }
}

/// Where a unit is in its statement.
#[derive(Clone, Copy)]
struct Place {
    is_first: bool,
    /// Whether a unit follows that may be the list of what a last verb names.
    has_list: bool,
}

/// Reads the status of one unit.
struct UnitReader<'a> {
    reader: &'a Reader<'a>,
    unit: Unit,
    /// Its words, at their places in the unit.
    bare: &'a str,
    /// The value of a badge with the name of the field that it begins with.
    badge: Option<String>,
    references: Vec<Named>,
    claims: Claims,
}

impl<'a> UnitReader<'a> {
    fn new(reader: &'a Reader<'a>, passage: &'a Passage<'a>, unit: Unit) -> Self {
        let badge = badges(reader.text, unit.span).into_iter().find(|one| {
            one.span.start == unit.span.start
                && one.key.as_deref().is_some_and(|key| reader.words.is_status_key(key))
        });
        let references = reader.places_in(passage, unit.span);
        let claims = reader.of_unit(passage, unit, Verbs::Anywhere);
        let badge = badge.map(|badge| badge.value);
        Self { reader, unit, bare: passage.bare(unit.span), badge, references, claims }
    }

    fn words(&self) -> &'a Words {
        self.reader.words
    }

    /// The status that the unit states.
    fn line(&self, place: Place) -> Option<Line> {
        if let Some(value) = &self.badge {
            let known = self.words().status(value).cloned();
            let status = known.unwrap_or_else(|| own(value));
            return Some(Line { status, span: self.unit.span, is_dated: false });
        }
        let written = behind_day(self.bare);
        let start = written.map_or(0, |rest| self.bare.len() - rest.len());
        let status = self.status(start, place)?;
        let is_dated = written.is_some() || self.has_day();
        Some(Line { status, span: self.unit.span, is_dated })
    }

    /// Whether the unit says when: a day, a month, or, in a few words, a year.
    fn has_day(&self) -> bool {
        let text = self.reader.text;
        let is_short = tokens(self.bare).nth(4).is_none();
        let is_year = |word: &str| {
            word.len() == 4
                && (word.starts_with("20") || word.starts_with("19"))
                && word.bytes().all(|byte| byte.is_ascii_digit())
        };
        date::date_in(text, self.unit.span, self.words()).is_some()
            || is_short && tokens(self.bare).any(|token| is_year(token.of(self.bare)))
    }

    /// The states that the unit names of its record: not within the title of another, and not as a
    /// verb about one.
    fn states(&self) -> Vec<(Span, &'a Status)> {
        let all = self.words().statuses_in(self.bare).into_iter();
        let start = self.first_word(0);
        let is_verb = |at: Span| {
            self.claims.all.iter().any(|one| {
                let verb = Span::new(one.verb.start, one.verb.end);
                verb.overlaps(at.shift(self.unit.span.start)) && !is_by(one.kind)
            })
        };
        let is_title =
            |at: Span| at.start != start && self.references.iter().any(|one| one.span.contains(at));
        all.filter(|(at, _)| !is_title(*at) && !is_verb(*at)).collect()
    }

    fn first_word(&self, from: usize) -> usize {
        let rest = self.bare.get(from..).unwrap_or_default();
        self.bare.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len()
    }

    fn around(&self) -> Around<'_> {
        Around { bare: self.bare, references: &self.references, words: self.words() }
    }

    /// The status that the words from `from` on state.
    fn status(&self, from: usize, place: Place) -> Option<Status> {
        let mut named = self.states();
        named.retain(|(at, status)| {
            at.start == self.first_word(from)
                || !status.is(Lifecycle::Superseded)
                || !self.names_nobody(*at, place)
        });
        let end = match unmade_choice(self.bare, &named) {
            Choice::None => self.bare.len(),
            Choice::Before(end) => end,
            Choice::Whole => return None,
            Choice::Own => return Some(own(self.bare)),
        };
        let named: Vec<_> =
            named.into_iter().filter(|(at, _)| at.start >= from && at.end <= end).collect();
        let start = self.first_word(from);
        let leading = named.iter().position(|(at, _)| at.start == start);
        if let Some(index) = leading {
            let (at, status) = *named.get(index)?;
            return self.leading(at, status, named.get(index + 1..).unwrap_or_default(), place);
        }
        if let Some(status) = self.superseded_in_part(&named) {
            return Some(status);
        }
        let mut relations = self.claims.all.iter().filter(|one| is_by(one.kind));
        let leads = relations.find(|one| self.is_first(one, start));
        if let Some(claimed) = leads {
            let whole = claimed.kind == RelationKind::SupersededBy;
            return match (claimed.stance.is_claimed, whole) {
                (false, _) => None,
                (true, true) => Some(Lifecycle::Superseded.into()),
                (true, false) => Some(partially()),
            };
        }
        let verb = self.words().relations_in(self.bare).next();
        match verb.filter(|(at, _)| at.start == start) {
            Some((at, RelationKind::SupersededBy)) if !self.names_nobody(at, place) => {
                Some(Lifecycle::Superseded.into())
            }
            None if place.is_first => self.in_words(start, end, &named),
            _ => None,
        }
    }

    /// Whether a verb is the first word of the unit, or the passive that it begins with.
    fn is_first(&self, claimed: &Claimed, start: usize) -> bool {
        let at = claimed.verb.start.saturating_sub(self.unit.span.start);
        let lead = self.bare.get(start..at.max(start)).unwrap_or_default();
        let encloses =
            claimed.references.first().is_some_and(|one| one.span.start < claimed.verb.start);
        at == start || encloses && claimed.stance.is_own() && tokens(lead).count() <= 8
    }

    /// The status of a unit that begins with the state `status`, of which `later` follow.
    fn leading(
        &self,
        at: Span,
        status: &Status,
        later: &[(Span, &Status)],
        place: Place,
    ) -> Option<Status> {
        if !place.is_first && self.is_adjective(at) {
            return None;
        }
        if status.is(Lifecycle::Superseded) {
            if self.names_nobody(at, place) {
                return None;
            }
            return Some(self.part_of(at).unwrap_or_else(|| status.clone()));
        }
        let (at, status) = self.end_of_chain(at, status, later);
        let is_later = |(place, other): &&(Span, &Status)| {
            place.start > at.start
                && other.is(Lifecycle::Superseded)
                && !self.is_void(*place)
                && in_part(self.bare.get(place.end..).unwrap_or_default(), self.words()).is_none()
                && self.around().stance(*place).is_of_whole()
                && !self.is_partial_claim(*place)
        };
        let claims = self.claims.all.iter().any(|one| {
            one.kind == RelationKind::SupersededBy
                && one.stance.is_of_whole()
                && one.verb.start > self.unit.span.start + at.start
        });
        let ends = claims || later.iter().any(|one| is_later(&one));
        let can_end = status.is(Lifecycle::Accepted) || status.is(Lifecycle::Proposed);
        Some(if ends && can_end { Lifecycle::Superseded.into() } else { status.clone() })
    }

    /// The last of states that arrows join: *Proposed → Accepted*.
    fn end_of_chain<'s>(
        &self,
        first: Span,
        status: &'s Status,
        later: &[(Span, &'s Status)],
    ) -> (Span, &'s Status) {
        let mut last = (first, status);
        for (at, status) in later {
            let between = Span::new(last.0.end, at.start).of(self.bare);
            let words = tokens(between)
                .all(|token| token.of(between).bytes().all(|byte| byte.is_ascii_digit()));
            if !words || !ARROWS.iter().any(|arrow| between.contains(arrow)) {
                break;
            }
            last = (*at, *status);
        }
        last
    }

    /// Whether the state describes a noun that follows it: *Deprecated calls stay*.
    fn is_adjective(&self, at: Span) -> bool {
        let behind = self.bare.get(at.end..).unwrap_or_default();
        let Some(next) = tokens(behind).next() else { return false };
        let gap = behind.get(..next.start).unwrap_or_default();
        let word = next.of(behind);
        let says = self.words().known(word).map(|known| known.says).unwrap_or_default();
        let joins =
            [Says::Filler, Says::Preposition, Says::Of, Says::Record, Says::By, Says::Scope]
                .into_iter()
                .any(|kind| says.contains(kind));
        let known = self.words().known(word).is_some_and(|known| {
            known.state.is_some() || known.relation.is_some() || known.key.is_some()
        });
        let named = self.references.iter().any(|one| one.span.contains(next.shift(at.end)));
        let is_month = self.words().month(word).is_some();
        gap.trim().is_empty()
            && word.starts_with(char::is_lowercase)
            && word.is_ascii()
            && !(joins || known || named || is_month || word.ends_with("ly") || word == "in")
    }

    /// *Superseded in part*, where the state is at `at`: by words behind it, or by a remark behind the
    /// record that it names.
    fn part_of(&self, at: Span) -> Option<Status> {
        let behind = self.bare.get(at.end..)?;
        if let Some(end) = in_part(behind, self.words()) {
            let word = self.bare.get(at.start..at.end + end)?;
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            return Some(Status::own(word, Some(Lifecycle::Accepted)));
        }
        self.is_partial_claim(at).then(partially)
    }

    /// Whether the verb that the state is a part of claims a part of the record only.
    fn is_partial_claim(&self, at: Span) -> bool {
        let place = at.shift(self.unit.span.start);
        let own = self.claims.all.iter().filter(|one| one.verb.overlaps(place) && is_by(one.kind));
        let mut own = own.peekable();
        own.peek().is_some() && own.all(|one| self.is_partial(one.kind, &one.references))
    }

    /// Whether all that is claimed of the references is about a part.
    fn is_partial(&self, kind: RelationKind, references: &[crate::model::Reference]) -> bool {
        kind == RelationKind::PartiallySupersededBy
            || !references.is_empty()
                && references.iter().all(|one| self.reader.has_remark_on_part(one))
    }

    /// Whether the verb that the state is a part of is denied or names no record.
    fn is_void(&self, at: Span) -> bool {
        let place = at.shift(self.unit.span.start);
        self.claims.all.iter().any(|one| one.verb.overlaps(place) && !one.stance.is_own())
    }

    /// Whether the field *superseded by:* at the beginning of the unit names no record. Where nothing at
    /// all follows the colon, the list below may.
    fn names_nobody(&self, at: Span, place: Place) -> bool {
        let verb = self.words().relations_in(self.bare).find(|(verb, _)| verb.start == at.start);
        let end = verb.map_or(at.end, |(verb, _)| verb.end);
        let behind = self.bare.get(end..).unwrap_or_default().trim_start();
        let Some(value) = behind.strip_prefix([':', '：']) else {
            return self.is_void(at);
        };
        let field = value.find(['|', ';', '·']).unwrap_or(value.len());
        let value = value.get(..field).unwrap_or_default();
        if value.trim().is_empty() {
            return !place.has_list;
        }
        self.is_void(at) || names_nothing(value, self.words()) && self.references.is_empty()
    }

    /// *Partly superseded* and its kin: the team's own word for a decision that stays in force.
    fn superseded_in_part(&self, named: &[(Span, &Status)]) -> Option<Status> {
        let (at, status) = named.first()?;
        let lead = self.bare.get(..at.start)?;
        let ours = status.is(Lifecycle::Superseded)
            && tokens(lead).count() <= 2
            && self.words().is_partial(lead);
        let word = self.bare.get(..at.end).unwrap_or_default();
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ours.then(|| Status::own(word, Some(Lifecycle::Accepted)))
    }

    /// The status of a first unit that begins with none: words of the team's own, up to the first mark
    /// that ends them, or a sentence about the one status that it names of the record.
    fn in_words(&self, start: usize, end: usize, named: &[(Span, &Status)]) -> Option<Status> {
        let phrase = self.bare.get(start..end)?;
        let first = named.first().map(|(at, _)| at.start);
        let cut = segment(phrase, first.map(|at| at - start));
        let segment = phrase.get(..cut).unwrap_or_default().trim_end();
        let inside = named.iter().filter(|(at, _)| at.end <= start + cut);
        let told = inside.clone().find(|(at, _)| {
            let stance = self.around().stance(*at);
            stance.is_of_whole() && stance.is_named || tokens(segment).nth(5).is_some()
        });
        let is_sentence = cut < phrase.len() || tokens(phrase).nth(5).is_some();
        if let Some((at, status)) = told.filter(|_| is_sentence && inside.count() == 1) {
            let denied = !self.around().stance(*at).is_claimed;
            return if denied { None } else { Some((*status).clone()) };
        }
        // A short text is the status as a whole, and of a longer one the words before the first mark.
        let whole = !phrase.contains([';', '；', '（', '(', '·', '|', '—', '–']);
        let fits = |text: &str| {
            // A mark alone, such as an emoji, is no word.
            let count = text.split_whitespace().count();
            (1..=5).contains(&count) && text.len() <= 48 && tokens(text).next().is_some()
        };
        let all = Some(phrase.trim_end()).filter(|all| whole && fits(all));
        all.or(Some(segment).filter(|segment| fits(segment))).map(own)
    }
}

/// Where the first words of a text end: before a mark that begins a remark, and before a comma where
/// a state follows it.
fn segment(phrase: &str, state: Option<usize>) -> usize {
    const MARKS: [&str; 11] =
        [";", "；", "（", " (", " · ", " | ", " — ", " – ", " - ", "。", "\n"];
    let stop = phrase.match_indices(". ").map(|(at, _)| at).find(|at| {
        !phrase.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    });
    let comma = phrase.find(", ").filter(|comma| state.is_some_and(|state| state > *comma));
    let marks = MARKS.iter().filter_map(|mark| phrase.find(mark));
    marks.chain(stop).chain(comma).filter(|at| *at > 0).min().unwrap_or(phrase.len())
}

/// What joins the states of a history on one line.
const ARROWS: [&str; 8] = ["→", "->", "=>", "➔", "➜", "⇒", "»", ">"];

fn is_by(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::SupersededBy | RelationKind::PartiallySupersededBy)
}

fn partially() -> Status {
    Status::own("partially superseded", Some(Lifecycle::Accepted))
}

fn own(phrase: &str) -> Status {
    let word = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('));
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    Status::own(word.to_lowercase(), None)
}

/// A choice between statuses that was not made.
enum Choice {
    None,
    /// The value is before the choice.
    Before(usize),
    /// There is nothing else.
    Whole,
    /// Two statuses with *or* between them: the team's own words.
    Own,
}

/// Whether a text is a choice between statuses that was not made, and nothing else.
pub(super) fn is_unmade_choice(bare: &str, words: &Words) -> bool {
    matches!(unmade_choice(bare, &words.statuses_in(bare)), Choice::Whole)
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

#[cfg(test)]
mod tests {
    use super::read;
    use crate::format::Words;
    use crate::format::reference::Definitions;
    use crate::format::relation::{Own, Reader};
    use crate::model::{Lifecycle, Status};
    use crate::text::{Span, Spanned};

    fn status(text: &str, words: &Words) -> Option<Spanned<Status>> {
        let definitions = Definitions::default();
        let reader = Reader { text, words, own: Own::default(), definitions: &definitions };
        read(&reader, Span::new(0, text.len()))
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
