//! Reads the status that one unit of a statement states.

use super::badge::badges;
use super::date::{date_in, read_date};
use crate::format::references::in_part;
use crate::format::statement::{
    OpenChoice, ParsedUnit, Passage, RecordMention, SentenceReader, StatementReader, Unit,
    UnitClaims, UnitForm, VerbClaim, after_leading_date, is_adverb, is_number, nearby_after,
    open_choice,
};
use crate::format::words::{WordClass, Words, first_word, names_nothing, tokens};
use crate::model::{Date, Lifecycle, Reference, RelationKind, Status};
use crate::text::Span;

/// A unit that states a status.
pub(super) struct StatusUnit {
    pub status: Status,
    pub span: Span,
    /// Whether it states a day, a month or a year.
    pub is_dated: bool,
    /// Whether it is an item of a numbered list.
    pub is_step: bool,
    /// The date, if the unit is dated and states a whole one.
    pub date: Option<Date>,
}

/// The position of a unit in its statement.
#[derive(Clone, Copy)]
pub(super) struct UnitPosition {
    pub is_first: bool,
    /// Whether the next unit may be the list of references of a verb at the end of this one.
    pub has_list: bool,
}

/// Reads the status of one unit.
pub(super) struct UnitReader<'a> {
    reader: &'a StatementReader<'a>,
    unit: Unit,
    /// The unit without ignored text at its ends: comments, boxes, words that are struck out.
    span: Span,
    /// The words of the unit, without markup, at their offsets in the unit.
    pub(super) text: &'a str,
    /// The value of a badge for the status at the beginning of the unit.
    badge_value: Option<String>,
    mentions: Vec<RecordMention>,
    claims: &'a [VerbClaim],
}

/// A status with its span in the text of the unit.
pub(super) type NamedStatus<'s> = (Span, &'s Status);

impl<'a> UnitReader<'a> {
    pub(super) fn new(
        reader: &'a StatementReader<'a>,
        passage: &'a Passage<'a>,
        parsed_unit: &'a ParsedUnit,
    ) -> Self {
        let unit = parsed_unit.unit;
        let badge = badges(reader.text, unit.span).into_iter().find(|badge| {
            badge.span.start == unit.span.start
                && badge.key.as_deref().is_some_and(|key| reader.words.is_status_key(key))
        });
        let UnitClaims { claims, .. } = parsed_unit.claims(reader, passage);
        Self {
            reader,
            unit,
            span: passage.trim_ignored(unit.span),
            text: passage.plain_text(unit.span),
            badge_value: badge.map(|badge| badge.value),
            mentions: reader.mentions_in(passage, unit.span),
            claims,
        }
    }

    pub(super) fn words(&self) -> &'a Words {
        self.reader.words
    }

    /// The status that the unit states, with its date.
    pub(super) fn status_unit(&self, position: UnitPosition) -> Option<StatusUnit> {
        if let Some(value) = &self.badge_value {
            let known_status = self.words().status(value).cloned();
            let status = known_status.unwrap_or_else(|| team_status(value));
            let (is_dated, is_step) = (false, false);
            return Some(StatusUnit { status, span: self.span, is_dated, is_step, date: None });
        }
        let after_date = after_leading_date(self.text);
        let start = after_date.map_or(0, |text| self.text.len() - text.len());
        let status = self.status(start, position)?;
        let is_dated = after_date.is_some() || self.has_date();
        let date = read_date(self.reader.text, self.unit.span, self.words());
        let date = date.filter(|_| is_dated).and_then(|date| date.value.date());
        let is_step = self.unit.form == UnitForm::Step;
        Some(StatusUnit { status, span: self.span, is_dated, is_step, date })
    }

    /// Whether the unit states a day, a month, or, in a few words, a year.
    fn has_date(&self) -> bool {
        let is_short = tokens(self.text).nth(4).is_none();
        let is_year = |word: &str| {
            word.len() == 4 && (word.starts_with("20") || word.starts_with("19")) && is_number(word)
        };
        date_in(self.reader.text, self.unit.span, self.words()).is_some()
            || is_short && tokens(self.text).any(|token| is_year(token.of(self.text)))
    }

    /// The statuses that the unit names for its record: not those in the title of another record, and not
    /// verbs about another record.
    fn own_statuses(&self) -> Vec<NamedStatus<'a>> {
        let start = self.word_from(0);
        let is_verb = |status: Span| {
            let status = status.shift(self.unit.span.start);
            self.claims
                .iter()
                .any(|claim| claim.verb.overlaps(status) && !is_superseded_by(claim.kind))
        };
        let is_in_title = |status: Span| {
            status.start != start
                && self.mentions.iter().any(|mention| mention.span.contains(status))
        };
        let mut statuses = self.words().statuses_in(self.text);
        statuses.retain(|(span, _)| !is_in_title(*span) && !is_verb(*span));
        statuses
    }

    /// The offset of the first word at or after `offset`.
    fn word_from(&self, offset: usize) -> usize {
        offset + first_word(self.text.get(offset..).unwrap_or_default())
    }

    pub(super) fn sentence(&self) -> SentenceReader<'_> {
        SentenceReader { text: self.text, mentions: &self.mentions, words: self.words() }
    }

    /// The status that the words from the byte `from` on state.
    fn status(&self, from: usize, position: UnitPosition) -> Option<Status> {
        let start = self.word_from(from);
        let mut statuses = self.own_statuses();
        statuses.retain(|(span, status)| {
            span.start == start
                || !status.is(Lifecycle::Superseded)
                || !self.names_no_successor(*span, position)
        });
        let end = match open_choice(self.text, &statuses) {
            OpenChoice::None => self.text.len(),
            OpenChoice::After(end) => end,
            OpenChoice::Whole => return None,
            OpenChoice::TeamStatus => return Some(team_status(self.text)),
        };
        statuses.retain(|(span, _)| span.start >= from && span.end <= end);
        let leading = statuses.iter().position(|(span, _)| self.is_leading_status(*span, start));
        if let Some(index) = leading {
            let (_, statuses) = statuses.split_at_checked(index)?;
            let (leading, later) = statuses.split_first()?;
            return self.leading_status(*leading, later, position);
        }
        if let Some(status) = self.superseded_in_part(&statuses) {
            return Some(status);
        }
        if let Some(claim) = self.leading_claim(start) {
            let is_whole = claim.kind == RelationKind::SupersededBy;
            let status =
                if is_whole { Lifecycle::Superseded.into() } else { partially_superseded() };
            return claim.assertion.is_asserted.then_some(status);
        }
        if position.is_first && self.claims.iter().any(|claim| self.ends_record(claim)) {
            return Some(Lifecycle::Superseded.into());
        }
        let verb = self.words().relations_in(self.text).next();
        match verb.filter(|(verb, _)| verb.start == start) {
            Some((verb, RelationKind::SupersededBy))
                if !self.names_no_successor(verb, position) =>
            {
                Some(Lifecycle::Superseded.into())
            }
            None if position.is_first => self.status_in_own_words(start, end, &statuses),
            _ => None,
        }
    }

    /// The claim at the beginning of the unit that another record replaced this one or a part of it.
    fn leading_claim(&self, start: usize) -> Option<&'a VerbClaim> {
        let mut claims = self.claims.iter().filter(|claim| is_superseded_by(claim.kind));
        claims.find(|claim| self.is_leading_claim(claim, start))
    }

    /// Whether a status is the first word of the unit, or is about the record and only words such as *is now*
    /// precede it.
    fn is_leading_status(&self, status: Span, start: usize) -> bool {
        status.start == start
            || self.is_filler(start, status.start)
                && self.sentence().assertion(status).is_about_whole()
    }

    /// Whether a claim states that another record replaced this one as a whole.
    fn ends_record(&self, claim: &VerbClaim) -> bool {
        claim.kind == RelationKind::SupersededBy
            && claim.assertion.is_about_whole()
            && !claim.references.is_empty()
            && !self.is_partial(claim.kind, &claim.references)
    }

    /// Whether the words between two offsets add nothing to the status after them: *This record is now*.
    fn is_filler(&self, start: usize, end: usize) -> bool {
        let lead = self.text.get(start..end).unwrap_or_default();
        let is_filler_word = |token: Span| {
            let word = token.of(lead);
            let is_qualifying =
                QUALIFYING_ADVERBS.iter().any(|adverb| word.eq_ignore_ascii_case(adverb));
            self.words().classes_of(word).contains_any(&[WordClass::Filler, WordClass::Record])
                || is_adverb(word) && !is_qualifying
        };
        !lead.contains([':', '.', ';', ',', '(']) && tokens(lead).all(is_filler_word)
    }

    /// Whether a verb is the first word of the unit, or belongs to a passive at its beginning.
    fn is_leading_claim(&self, claim: &VerbClaim, start: usize) -> bool {
        let verb_start = claim.verb.start.saturating_sub(self.unit.span.start);
        let lead = self.text.get(start..verb_start.max(start)).unwrap_or_default();
        let is_passive =
            claim.references.first().is_some_and(|one| one.span.start < claim.verb.start);
        verb_start == start
            || is_passive && claim.assertion.is_about_own_record() && tokens(lead).count() <= 8
    }

    /// The status of a unit that begins with the status `leading`, which the statuses `later` follow.
    fn leading_status(
        &self,
        leading: NamedStatus<'_>,
        later: &[NamedStatus<'_>],
        position: UnitPosition,
    ) -> Option<Status> {
        let (span, status) = leading;
        if !position.is_first && self.sentence().describes_noun(span) {
            return None;
        }
        if status.is(Lifecycle::Superseded) {
            if self.names_no_successor(span, position) {
                return None;
            }
            return Some(self.status_for_part(span).unwrap_or_else(|| status.clone()));
        }
        let (span, status) = self.end_of_chain(leading, later);
        let is_ended_by_claim = || {
            let start = self.unit.span.start + span.start;
            self.claims.iter().any(|claim| self.ends_record(claim) && claim.verb.start > start)
        };
        let can_end = [Lifecycle::Accepted, Lifecycle::Proposed, Lifecycle::Deprecated]
            .iter()
            .any(|state| status.is(*state));
        let is_ended = can_end
            && (is_ended_by_claim() || later.iter().any(|other| self.ends_status(*other, span)));
        Some(if is_ended { Lifecycle::Superseded.into() } else { status.clone() })
    }

    /// Whether the status `later` is *superseded*, is about the record as a whole, and follows `earlier`.
    fn ends_status(&self, later: NamedStatus<'_>, earlier: Span) -> bool {
        let (span, status) = later;
        let text_after = self.text.get(span.end..).unwrap_or_default();
        span.start > earlier.start
            && status.is(Lifecycle::Superseded)
            && !self.is_void(span)
            && in_part(text_after, self.words()).is_none()
            && self.sentence().assertion(span).is_about_whole()
            && !self.is_partial_claim(span)
    }

    /// The status *superseded in part*, if the words after the status at `span`, or a remark after the record
    /// that it names, limit it to a part.
    fn status_for_part(&self, span: Span) -> Option<Status> {
        let text_after = self.text.get(span.end..)?;
        if let Some(length) = in_part(text_after, self.words()) {
            let phrase = self.text.get(span.start..span.end + length)?;
            let words = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(Status::own(words.to_lowercase(), Some(Lifecycle::Accepted)));
        }
        self.is_partial_claim(span).then(partially_superseded)
    }

    /// Whether the verb that contains the status claims only a part of the record.
    fn is_partial_claim(&self, status: Span) -> bool {
        let status = status.shift(self.unit.span.start);
        let is_of_status =
            |claim: &&VerbClaim| claim.verb.overlaps(status) && is_superseded_by(claim.kind);
        let mut own_claims = self.claims.iter().filter(is_of_status).peekable();
        own_claims.peek().is_some()
            && own_claims.all(|claim| self.is_partial(claim.kind, &claim.references))
    }

    /// Whether a claim of this kind about the references is about a part only.
    fn is_partial(&self, kind: RelationKind, references: &[Reference]) -> bool {
        kind == RelationKind::PartiallySupersededBy
            || !references.is_empty()
                && references.iter().all(|one| self.reader.has_remark_on_part(one))
    }

    /// Whether the verb that contains the status is denied or names no record.
    fn is_void(&self, status: Span) -> bool {
        let status = status.shift(self.unit.span.start);
        self.claims
            .iter()
            .any(|claim| claim.verb.overlaps(status) && !claim.assertion.is_about_own_record())
    }

    /// Whether the field *superseded by:* at `status` names no record. If nothing at all follows the colon,
    /// the list below may name one.
    fn names_no_successor(&self, status: Span, position: UnitPosition) -> bool {
        let field = nearby_after(self.text, status.start);
        let verb = self.words().relations_in(field).next().filter(|(verb, _)| verb.start == 0);
        let verb_end = verb.map_or(status.len(), |(verb, _)| verb.end);
        let text_after = field.get(verb_end..).unwrap_or_default().trim_start();
        let Some(value) = text_after.strip_prefix([':', '：']) else {
            return self.is_void(status);
        };
        let value_end = value.find(['|', ';', '·']).unwrap_or(value.len());
        let value = value.get(..value_end).unwrap_or_default();
        if value.trim().is_empty() {
            return !position.has_list;
        }
        self.is_void(status) || names_nothing(value, self.words()) && self.mentions.is_empty()
    }

    /// A status such as *partly superseded*: words of the team for a decision that stays in force.
    fn superseded_in_part(&self, statuses: &[NamedStatus<'_>]) -> Option<Status> {
        let (span, status) = statuses.first()?;
        let lead = self.text.get(..span.start)?;
        let is_partial = status.is(Lifecycle::Superseded)
            && tokens(lead).count() <= 2
            && self.words().is_partial(lead);
        let phrase = self.text.get(..span.end).unwrap_or_default();
        let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        is_partial.then(|| Status::own(phrase, Some(Lifecycle::Accepted)))
    }
}

/// Adverbs that turn one status into another.
const QUALIFYING_ADVERBS: [&str; 9] = [
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

fn is_superseded_by(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::SupersededBy | RelationKind::PartiallySupersededBy)
}

fn partially_superseded() -> Status {
    Status::own("partially superseded", Some(Lifecycle::Accepted))
}

/// The status in the team's own words that `phrase` is.
pub(super) fn team_status(phrase: &str) -> Status {
    let words = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Status::own(words.to_lowercase(), None)
}
