//! The status that one unit of a statement states.

use super::badge::badges;
use super::date::{date_in, read_date};
use crate::format::references::in_part;
use crate::format::statement::{
    Choice, ParsedUnit, Passage, RecordMention, SentenceReader, StatementReader, Unit, UnitClaims,
    UnitForm, VerbClaim, behind_day, is_adverb, near_behind, unmade_choice,
};
use crate::format::words::{WordClass, Words, first_word, names_nothing, tokens};
use crate::model::{Date, Lifecycle, Reference, RelationKind, Status};
use crate::text::Span;

/// A unit that states a status.
pub(crate) struct StatusUnit {
    pub status: Status,
    pub span: Span,
    /// Whether it says when.
    pub is_dated: bool,
    /// Whether it is an item of a numbered list.
    pub is_step: bool,
    /// The day, where it says that.
    pub day: Option<Date>,
}

/// Where a unit is in its statement.
#[derive(Clone, Copy)]
pub(crate) struct UnitPosition {
    pub is_first: bool,
    /// Whether a unit follows that may be the list of what a last verb names.
    pub has_list: bool,
}

/// Reads the status of one unit.
pub(crate) struct UnitReader<'a> {
    reader: &'a StatementReader<'a>,
    unit: Unit,
    /// The unit without what does not count at its ends: comments, boxes, words that are struck out.
    span: Span,
    /// Its words, at their places in the unit.
    pub(crate) bare: &'a str,
    /// The value of a badge with the name of the field that it begins with.
    badge: Option<String>,
    references: Vec<RecordMention>,
    claims: &'a UnitClaims,
}

impl<'a> UnitReader<'a> {
    pub(crate) fn new(
        reader: &'a StatementReader<'a>,
        passage: &'a Passage<'a>,
        one: &'a ParsedUnit,
    ) -> Self {
        let unit = one.unit;
        let badge = badges(reader.text, unit.span).into_iter().find(|one| {
            one.span.start == unit.span.start
                && one.key.as_deref().is_some_and(|key| reader.words.is_status_key(key))
        });
        let references = reader.places_in(passage, unit.span);
        let claims = one.claims(reader, passage);
        let badge = badge.map(|badge| badge.value);
        let (span, bare) = (passage.counted(unit.span), passage.bare(unit.span));
        Self { reader, unit, span, bare, badge, references, claims }
    }

    pub(crate) fn words(&self) -> &'a Words {
        self.reader.words
    }

    /// The status that the unit states.
    pub(crate) fn line(&self, place: UnitPosition) -> Option<StatusUnit> {
        if let Some(value) = &self.badge {
            let known = self.words().status(value).cloned();
            let status = known.unwrap_or_else(|| own(value));
            return Some(StatusUnit {
                status,
                span: self.span,
                is_dated: false,
                is_step: false,
                day: None,
            });
        }
        let written = behind_day(self.bare);
        let start = written.map_or(0, |rest| self.bare.len() - rest.len());
        let status = self.status(start, place)?;
        let is_dated = written.is_some() || self.has_day();
        let day = read_date(self.reader.text, self.unit.span, self.words());
        let day = day.filter(|_| is_dated).and_then(|day| day.value.date());
        Some(StatusUnit {
            status,
            span: self.span,
            is_dated,
            is_step: self.unit.form == UnitForm::Step,
            day,
        })
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
        date_in(text, self.unit.span, self.words()).is_some()
            || is_short && tokens(self.bare).any(|token| is_year(token.of(self.bare)))
    }

    /// The states that the unit names of its record: not within the title of another, and not as a
    /// verb about one.
    fn states(&self) -> Vec<(Span, &'a Status)> {
        let all = self.words().statuses_in(self.bare).into_iter();
        let start = self.first_word(0);
        let is_verb = |at: Span| {
            let place = at.shift(self.unit.span.start);
            self.claims.all.iter().any(|one| one.verb.overlaps(place) && !is_by(one.kind))
        };
        let is_title =
            |at: Span| at.start != start && self.references.iter().any(|one| one.span.contains(at));
        all.filter(|(at, _)| !is_title(*at) && !is_verb(*at)).collect()
    }

    fn first_word(&self, from: usize) -> usize {
        from + first_word(self.bare.get(from..).unwrap_or_default())
    }

    pub(crate) fn around(&self) -> SentenceReader<'_> {
        SentenceReader { bare: self.bare, references: &self.references, words: self.words() }
    }

    /// The status that the words from `from` on state.
    fn status(&self, from: usize, place: UnitPosition) -> Option<Status> {
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
        let leads = |at: &Span| {
            at.start == start
                || self.is_filler(start, at.start) && self.around().stance(*at).is_of_whole()
        };
        let leading = named.iter().position(|(at, _)| leads(at));
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
        if place.is_first && self.claims.all.iter().any(|one| self.ends_record(one)) {
            return Some(Lifecycle::Superseded.into());
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

    /// Whether a claim says that another record took the place of this one as a whole.
    fn ends_record(&self, claimed: &VerbClaim) -> bool {
        claimed.kind == RelationKind::SupersededBy
            && claimed.stance.is_of_whole()
            && !claimed.references.is_empty()
            && !self.is_partial(claimed.kind, &claimed.references)
    }

    /// Whether the words between two bytes add nothing to the state behind them: *This record is now*.
    fn is_filler(&self, start: usize, end: usize) -> bool {
        let lead = self.bare.get(start..end).unwrap_or_default();
        let is_filler = |token: Span| {
            let word = token.of(lead);
            let says = self.words().classes_of(word);
            let doubtful = DOUBTFUL.iter().any(|doubtful| word.eq_ignore_ascii_case(doubtful));
            says.contains(WordClass::Filler)
                || says.contains(WordClass::Record)
                || is_adverb(word) && !doubtful
        };
        !lead.contains([':', '.', ';', ',', '(']) && tokens(lead).all(is_filler)
    }

    /// Whether a verb is the first word of the unit, or the passive that it begins with.
    fn is_first(&self, claimed: &VerbClaim, start: usize) -> bool {
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
        place: UnitPosition,
    ) -> Option<Status> {
        if !place.is_first && self.around().describes_noun(at) {
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
        let claims =
            self.claims.all.iter().any(|one| {
                self.ends_record(one) && one.verb.start > self.unit.span.start + at.start
            });
        let ends = claims || later.iter().any(|one| is_later(&one));
        let can_end = [Lifecycle::Accepted, Lifecycle::Proposed, Lifecycle::Deprecated]
            .iter()
            .any(|state| status.is(*state));
        Some(if ends && can_end { Lifecycle::Superseded.into() } else { status.clone() })
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
    fn is_partial(&self, kind: RelationKind, references: &[Reference]) -> bool {
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
    fn names_nobody(&self, at: Span, place: UnitPosition) -> bool {
        let from = near_behind(self.bare, at.start);
        let verb = self.words().relations_in(from).next().filter(|(verb, _)| verb.start == 0);
        let end = verb.map_or(at.len(), |(verb, _)| verb.end);
        let behind = from.get(end..).unwrap_or_default().trim_start();
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
}

/// Adverbs that make another state of one.
const DOUBTFUL: [&str; 9] = [
    "conditionally",
    "tentatively",
    "provisionally",
    "nearly",
    "mostly",
    "largely",
    "partially",
    "partly",
    "implicitly",
];

fn is_by(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::SupersededBy | RelationKind::PartiallySupersededBy)
}

fn partially() -> Status {
    Status::own("partially superseded", Some(Lifecycle::Accepted))
}

pub(crate) fn own(phrase: &str) -> Status {
    let word = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('));
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    Status::own(word.to_lowercase(), None)
}
