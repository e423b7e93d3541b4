//! Statuses in a team's own words, and several statuses in one unit of which one replaced another.

use super::date::read_date;
use super::unit_status::{NamedStatus, UnitReader, team_status};
use crate::format::statement::is_number;
use crate::format::words::{WordClass, tokens};
use crate::model::{Date, Status};
use crate::text::Span;

impl UnitReader<'_> {
    /// The status of a first unit that begins with none: the team's own words, up to the first mark
    /// that ends them, or, in a sentence, the only status that it names for the record.
    pub(super) fn status_in_own_words(
        &self,
        start: usize,
        end: usize,
        statuses: &[NamedStatus<'_>],
    ) -> Option<Status> {
        let phrase = self.text.get(start..end)?;
        let is_key =
            self.words().is_status_key(phrase.trim_matches(|c: char| !c.is_alphanumeric()));
        if phrase.contains(['?', '？']) || is_key {
            return None; // The question of a template.
        }
        let first_status = statuses.first().map(|(span, _)| span.start - start);
        let segment_end = segment_end(phrase, first_status);
        let segment = phrase.get(..segment_end).unwrap_or_default().trim_end();
        let in_segment = statuses.iter().filter(|(span, _)| span.end <= start + segment_end);
        let is_of_record = |span: Span| {
            let assertion = self.sentence().assertion(span);
            assertion.is_about_whole() && assertion.names_subject
                || tokens(segment).nth(5).is_some()
        };
        let own_status = in_segment.clone().find(|(span, _)| is_of_record(*span));
        let is_sentence = segment_end < phrase.len() || tokens(phrase).nth(5).is_some();
        if let Some((span, status)) = own_status.filter(|_| is_sentence && in_segment.count() == 1)
        {
            let is_asserted = self.sentence().assertion(*span).is_asserted;
            return is_asserted.then(|| (*status).clone());
        }
        // A short text is a status as a whole; of a longer text, the words before the first mark are.
        let is_unbroken = !phrase.contains([';', '；', '（', '(', '·', '|', '—', '–']);
        let fits = |text: &str| {
            // A mark alone, such as an emoji, is not a word.
            let count = text.split_whitespace().count();
            (1..=5).contains(&count) && text.len() <= 48 && tokens(text).next().is_some()
        };
        let whole_phrase = Some(phrase.trim_end()).filter(|phrase| is_unbroken && fits(phrase));
        whole_phrase.or(Some(segment).filter(|segment| fits(segment))).map(team_status)
    }

    /// Whether `second` replaced `first`: after an arrow, or each with its date, or after *and* if the first
    /// is a status before a decision.
    fn follows(&self, first: NamedStatus<'_>, second: NamedStatus<'_>) -> bool {
        let ((first_span, first_status), (second_span, _)) = (first, second);
        let between = Span::new(first_span.end, second_span.start).of(self.text);
        if ARROWS.iter().any(|arrow| between.contains(arrow)) {
            return tokens(between).all(|token| is_number(token.of(between)));
        }
        if between.contains(['(', ';', '/', '|', ':']) {
            return false;
        }
        let is_joint = tokens(between).all(|token| {
            let word = token.of(between);
            let joints = [WordClass::Filler, WordClass::Preposition];
            is_number(word)
                || self.words().classes_of(word).contains_any(&joints)
                || self.words().month(word).is_some()
        });
        if !is_joint {
            return false;
        }
        let text_after = self.text.get(second_span.end..).unwrap_or_default();
        let text_after = text_after.split([',', ';', '(']).next().unwrap_or_default();
        let dates = self.date_of(between).zip(self.date_of(text_after));
        let is_later = dates.is_some_and(|(first, second)| second >= first);
        let is_undecided = ["proposed", "draft"].contains(&&*first_status.word);
        let has_and = tokens(between).next().is_some() && !between.contains(',') && dates.is_none();
        (is_later || is_undecided && has_and) && self.sentence().assertion(second_span).is_asserted
    }

    fn date_of(&self, text: &str) -> Option<Date> {
        let date = read_date(text, Span::new(0, text.len()), self.words());
        date.and_then(|date| date.value.date())
    }

    /// The last status of a chain in which each replaced the one before: *Proposed → Accepted*.
    pub(super) fn end_of_chain<'s>(
        &self,
        first: NamedStatus<'s>,
        later: &[NamedStatus<'s>],
    ) -> NamedStatus<'s> {
        let mut last = first;
        for next in later {
            if !self.follows(last, *next) {
                break;
            }
            last = *next;
        }
        last
    }
}

/// The end of the first words of a text: before a mark that begins a remark, and before a comma or a colon if
/// a status follows it. `status` is the offset of the first status.
fn segment_end(phrase: &str, status: Option<usize>) -> usize {
    const MARKS: [&str; 11] =
        [";", "；", "（", " (", " · ", " | ", " — ", " – ", " - ", "。", "\n"];
    let is_before_status = |offset: &usize| status.is_some_and(|status| status > *offset);
    let ends_in_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let sentence_end = phrase
        .match_indices(". ")
        .map(|(offset, _)| offset)
        .find(|offset| !phrase.get(..*offset).is_some_and(ends_in_digit));
    let comma = phrase.find(", ").filter(is_before_status);
    let colon = phrase.find(": ").filter(is_before_status);
    let marks = MARKS.iter().filter_map(|mark| phrase.find(mark));
    let ends = marks.chain(colon).chain(sentence_end).chain(comma);
    ends.filter(|offset| *offset > 0).min().unwrap_or(phrase.len())
}

/// The marks between the statuses of a history on one line.
const ARROWS: [&str; 8] = ["→", "->", "=>", "➔", "➜", "⇒", "»", ">"];
