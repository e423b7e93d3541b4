//! Statuses in words of the team's own, and several states in one unit of which one took the place of
//! another.

use super::date::read_date;
use super::unit_status::{UnitReader, own};
use crate::format::words::{WordClass, tokens};
use crate::model::Status;
use crate::text::Span;

impl UnitReader<'_> {
    /// The status of a first unit that begins with none: words of the team's own, up to the first mark
    /// that ends them, or a sentence about the one status that it names of the record.
    pub(crate) fn in_words(
        &self,
        start: usize,
        end: usize,
        named: &[(Span, &Status)],
    ) -> Option<Status> {
        let phrase = self.bare.get(start..end)?;
        let is_key =
            self.words().is_status_key(phrase.trim_matches(|c: char| !c.is_alphanumeric()));
        if phrase.contains(['?', '？']) || is_key {
            return None; // A template asks.
        }
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

    /// Whether the second state took the place of the first: behind an arrow, or each with its day, or
    /// an open one with *and* or a comma behind it.
    fn follows(&self, first: (Span, &Status), second: (Span, &Status)) -> bool {
        let between = Span::new(first.0.end, second.0.start).of(self.bare);
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let arrow = ARROWS.iter().any(|arrow| between.contains(arrow));
        if arrow {
            return tokens(between).all(|token| is_number(token.of(between)));
        }
        if between.contains(['(', ';', '/', '|', ':']) {
            return false;
        }
        let joins = tokens(between).all(|token| {
            let word = token.of(between);
            let says = self.words().classes_of(word);
            is_number(word)
                || says.contains(WordClass::Filler)
                || says.contains(WordClass::Preposition)
                || self.words().month(word).is_some()
        });
        let behind = self.bare.get(second.0.end..).unwrap_or_default();
        let behind = behind.split([',', ';', '(']).next().unwrap_or_default();
        let day = |text: &str| {
            let found = read_date(text, Span::new(0, text.len()), self.words());
            found.and_then(|found| found.value.date())
        };
        let days = day(between).zip(day(behind));
        let is_later = days.is_some_and(|(first, second)| second >= first);
        let is_open = ["proposed", "draft"].contains(&&*first.1.word);
        let is_and = tokens(between).next().is_some() && !between.contains(',') && days.is_none();
        joins && (is_later || is_open && is_and) && self.around().stance(second.0).is_claimed
    }

    /// The last of states of which each took the place of the one before: *Proposed → Accepted*.
    pub(crate) fn end_of_chain<'s>(
        &self,
        first: Span,
        status: &'s Status,
        later: &[(Span, &'s Status)],
    ) -> (Span, &'s Status) {
        let mut last = (first, status);
        for (at, status) in later {
            if !self.follows(last, (*at, status)) {
                break;
            }
            last = (*at, *status);
        }
        last
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
    let colon = phrase.find(": ").filter(|colon| state.is_some_and(|state| state > *colon));
    let marks = marks.chain(colon);
    marks.chain(stop).chain(comma).filter(|at| *at > 0).min().unwrap_or(phrase.len())
}

/// What joins the states of a history on one line.
const ARROWS: [&str; 8] = ["→", "->", "=>", "➔", "➜", "⇒", "»", ">"];
