//! Whom a verb or a state in a text is about, and whether the text stands by it: *Accepted, superseded by
//! ADR-3* is about the record, *ADR-1 is superseded by ADR-2* about another one, *the names are
//! superseded* about a part, and *not superseded by ADR-3* says nothing.
//!
//! The clause of a verb begins behind the last stop, semicolon, colon, dash, comma or open bracket before
//! it. Its words before the verb name the subject; without any the record is meant. A clause in brackets
//! right behind a reference is about the record that is referred to.

use super::passage::QUOTES;
use crate::format::words::{WordClass, Words, tokens};
use crate::text::Span;

/// How many bytes before and behind a verb are looked at: a sentence is not longer, but a line may be.
const NEAR: usize = 320;

/// Whom a verb is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The record that says it.
    This,
    /// A part of it.
    Part,
    /// Another record.
    Other,
}

/// A verb or a state in view of the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assertion {
    pub subject: Subject,
    /// Whether it is neither denied nor a mere possibility.
    pub is_claimed: bool,
    /// Whether words before it name its subject.
    pub is_named: bool,
}

impl Assertion {
    /// Whether the record says it of itself as a whole.
    pub(crate) fn is_of_whole(self) -> bool {
        self.is_claimed && self.subject == Subject::This
    }

    /// Whether the record says it of itself or of a part of itself.
    pub(crate) fn is_own(self) -> bool {
        self.is_claimed && self.subject != Subject::Other
    }
}

/// A reference within a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordMention {
    pub span: Span,
    /// Whether it is one to the record itself.
    pub is_own: bool,
}

/// A text without markup, and the references in it.
#[derive(Clone, Copy)]
pub(crate) struct SentenceReader<'a> {
    pub bare: &'a str,
    pub references: &'a [RecordMention],
    pub words: &'a Words,
}

impl SentenceReader<'_> {
    /// The same with the references near `verb` only: a text may hold any number of both.
    fn near(&self, verb: Span) -> Self {
        let first = self.references.partition_point(|one| one.span.end + NEAR < verb.start);
        let last = self.references.partition_point(|one| one.span.start < verb.end + NEAR);
        Self { references: self.references.get(first..last).unwrap_or_default(), ..*self }
    }

    /// The stance of the verb or the state at `verb`.
    pub(crate) fn stance(&self, verb: Span) -> Assertion {
        self.near(verb).stance_among_near(verb)
    }

    fn stance_among_near(&self, verb: Span) -> Assertion {
        let (bracket, sentence) = self.before(verb);
        if let Some(bracket) = bracket
            && self.is_remark(bracket, verb)
        {
            return Assertion { subject: Subject::Other, is_claimed: true, is_named: true };
        }
        let clauses = clauses(self.bare, sentence);
        let lead = clauses.last().copied().unwrap_or(sentence);
        let lead = Span::new(self.behind_but(lead), lead.end);
        let lead = Span::new(self.behind_subordinate(lead), lead.end);
        let is_open = bracket.is_some() && self.begins_with(sentence, WordClass::Former)
            || clauses.first().is_some_and(|first| {
                self.begins_with(Span::new(first.start, verb.start), WordClass::Condition)
            });
        let is_open = is_open
            || clauses.first().and_then(|first| self.key(first.start, sentence)).is_some_and(
                |key| {
                    self.begins_with(key, WordClass::Denial)
                        || self.begins_with(key, WordClass::Condition)
                },
            );
        let is_claimed = !is_open && !self.is_asked(verb) && !self.is_denied(&clauses, lead, verb);
        let before = clauses.len().checked_sub(2).and_then(|at| clauses.get(at));
        let (subject, is_named) = match self.subject(lead) {
            None => (self.inherited(before.copied(), lead, sentence), false),
            Some(subject) => (subject, true),
        };
        Assertion { subject, is_claimed, is_named }
    }

    /// The bracket that is open at the verb, if there is one, and the text before the verb, behind the bracket.
    fn before(&self, verb: Span) -> (Option<usize>, Span) {
        let window = near_before(self.bare, verb.start);
        let bracket = open_bracket(window.of(self.bare)).map(|at| at + window.start);
        let start = bracket.map_or(window.start, |at| self.bare.ceil_char_boundary(at + 1));
        (bracket, Span::new(start, verb.start))
    }

    /// Whether the words from the verb to the byte `end` are a field, a sentence, or the whole of what is
    /// in brackets: before them is nothing but a word for the record, and behind them nothing but a remark in
    /// brackets or a day.
    pub(crate) fn is_whole_sentence(&self, verb: Span, end: usize) -> bool {
        let (_, sentence) = self.before(verb);
        let clauses = clauses(self.bare, sentence);
        let first = clauses.first().map_or(verb.start, |first| first.start);
        let lead = Span::new(first, verb.start).of(self.bare);
        let is_subject = |token: Span| {
            let known = self.words.classes_of(token.of(lead));
            known.contains(WordClass::Record)
                || known.contains(WordClass::Filler) && !known.contains(WordClass::Denial)
        };
        let behind = near_behind(self.bare, end);
        let key = self.bare.get(verb.end..).unwrap_or_default().trim_start();
        let is_key = key.starts_with([':', '：']) && lead.trim().is_empty();
        is_key || tokens(lead).all(is_subject) && self.ends_sentence(behind)
    }

    /// Whether a sentence ends at once in `behind`, the text near the end of its last reference.
    pub(crate) fn ends_sentence(&self, behind: &str) -> bool {
        let mut rest = behind.trim_start();
        if let Some((_, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            rest = after.trim_start();
        }
        let stop = [". ", ".\n", ";", ")", " | ", " · ", " — ", " – ", " - ", "。", "；"]
            .iter()
            .filter_map(|stop| rest.find(stop));
        let rest = rest.get(..stop.min().unwrap_or(rest.len())).unwrap_or_default();
        let rest = rest.trim_end_matches(['.', '!', ' ', '\n', '\r']).trim();
        let is_day = |token: Span| {
            let word = token.of(rest);
            let joins = self.words.has_class(word, WordClass::Preposition)
                || self.words.month(word).is_some();
            word.bytes().all(|byte| byte.is_ascii_digit()) || joins
        };
        rest.is_empty() || self.words.has_class(rest, WordClass::Whole) || tokens(rest).all(is_day)
    }

    /// Whether the state at `at` describes a noun that follows it: *Deprecated calls stay*.
    pub(crate) fn describes_noun(&self, at: Span) -> bool {
        let behind = self.bare.get(at.end..).unwrap_or_default();
        let Some(next) = tokens(behind).next() else { return false };
        let gap = behind.get(..next.start).unwrap_or_default();
        let word = next.of(behind);
        let says = self.words.classes_of(word);
        let joins = [
            WordClass::Filler,
            WordClass::Preposition,
            WordClass::Of,
            WordClass::Record,
            WordClass::By,
            WordClass::Scope,
            WordClass::See,
            WordClass::Denial,
            WordClass::Condition,
            WordClass::Relative,
            WordClass::Partial,
            WordClass::But,
        ]
        .into_iter()
        .any(|kind| says.contains(kind));
        let known = self.words.meaning(word).is_some_and(|known| {
            known.state.is_some() || known.relation.is_some() || known.key.is_some()
        });
        let named = self.references.iter().any(|one| one.span.contains(next.shift(at.end)));
        let is_month = self.words.month(word).is_some();
        gap.trim().is_empty()
            && word.starts_with(char::is_lowercase)
            && word.is_ascii()
            && !(joins || known || named || is_month || is_adverb(word))
    }

    /// Whether the first word of the text says this.
    fn begins_with(&self, span: Span, says: WordClass) -> bool {
        let written = span.of(self.bare);
        let mut all = tokens(written).take(4);
        let Some(first) = all.next() else { return false };
        let fits = |end: usize| {
            self.words.has_class(written.get(first.start..end).unwrap_or_default(), says)
        };
        fits(first.end) || all.any(|next| fits(next.end))
    }

    /// Whether the sentence of the verb is a question.
    fn is_asked(&self, verb: Span) -> bool {
        let behind = near_behind(self.bare, verb.end);
        let stop = [". ", ".\n", "! ", "; "].iter().filter_map(|stop| behind.find(stop)).min();
        let asks = behind.find(['?', '？']);
        asks.is_some_and(|asks| {
            let ends =
                behind.get(asks + 1..).is_none_or(|rest| !rest.starts_with(char::is_alphanumeric));
            ends && stop.is_none_or(|stop| asks < stop)
        })
    }

    /// Whether the bracket that opens at `at` is a remark about the reference before it.
    fn is_remark(&self, at: usize, verb: Span) -> bool {
        let before = self.bare.get(..at).unwrap_or_default().trim_end();
        let before = before.trim_end_matches(['"', '”', ')', ']', '.']).trim_end().len();
        let other = self.references.iter().any(|named| {
            let is_before = named.span.end <= at && named.span.end + 24 > before;
            let between = self.bare.get(named.span.end..before).filter(|_| is_before);
            let between = between.unwrap_or_default();
            // `Baut auf ADR-1 auf (ersetzt durch ADR-2)`
            let is_near = named.span.end < before
                && tokens(between).count() == 1
                && !between.contains(['.', ',', ';', ':']);
            let touches = named.span.end >= before && named.span.start < before;
            !named.is_own && named.span.end <= at && (touches || is_near)
        });
        let inside = Span::new(at, verb.start).of(self.bare);
        let first = tokens(inside).next().map(|first| first.of(inside));
        let joins =
            first.is_some_and(|first| JOINS.iter().any(|join| first.eq_ignore_ascii_case(join)));
        other && !joins
    }

    /// Where the words begin that follow the last *but* of a clause.
    fn behind_but(&self, lead: Span) -> usize {
        let denials = self.words.denials_in(lead.of(self.bare));
        let last = denials.into_iter().rfind(|(_, says)| *says == WordClass::But);
        last.map_or(lead.start, |(at, _)| lead.start + at.end)
    }

    /// Where the subject of a passive begins behind a word such as *after*: *Accepted after the old way
    /// was superseded*.
    fn behind_subordinate(&self, lead: Span) -> usize {
        let written = lead.of(self.bare);
        let last = tokens(written).last().map(|last| last.of(written).to_lowercase());
        let is_passive = last.is_some_and(|last| {
            ["is", "are", "was", "were", "been", "wurde", "wurden"].contains(&last.as_str())
        });
        let says = |token: &Span| self.words.has_class(token.of(written), WordClass::Subordinate);
        let word = tokens(written).filter(says).last().filter(|_| is_passive);
        word.map_or(lead.start, |word| lead.start + word.end)
    }

    /// Whether the clause before the verb denies it, or the one before that where *or* joins them, or
    /// the words behind the verb.
    fn is_denied(&self, clauses: &[Span], lead: Span, verb: Span) -> bool {
        let denies = |clause: &Span| {
            let written = clause.of(self.bare);
            let mut found = self.words.denials_in(written).into_iter().filter(|(at, _)| {
                let place = at.shift(clause.start);
                // *In May* is no possibility.
                let word = at.of(written);
                let is_month = at.start > 0
                    && word.starts_with(char::is_uppercase)
                    && self.words.month(word).is_some();
                !is_month && !self.references.iter().any(|one| one.span.contains(place))
            });
            found.next_back().is_some_and(|(_, says)| says == WordClass::Denial)
        };
        if denies(&lead) {
            return true;
        }
        let mut clause = lead;
        for earlier in clauses.iter().rev().skip(1).take(4) {
            let written = clause.of(self.bare);
            let joins = tokens(written).any(|token| {
                let word = token.of(written);
                ["or", "nor", "oder", "ou", "o", "of", "или", "lub"].contains(&word)
            });
            let is_list = self.words.relations_in(written).next().is_some();
            if !joins && !is_list {
                break;
            }
            if denies(earlier) {
                return true;
            }
            clause = *earlier;
        }
        let behind = near_behind(self.bare, verb.end);
        let end =
            behind.find([',', ';', '.', '(', ':', '—', '。', '，', '\n']).unwrap_or(behind.len());
        let behind = behind.get(..end).unwrap_or_default();
        tokens(behind).any(|token| self.words.has_class(token.of(behind), WordClass::DenialBehind))
    }
}

/// The text near `end` and before it.
pub(crate) fn near_before(text: &str, end: usize) -> Span {
    Span::new(text.ceil_char_boundary(end.saturating_sub(NEAR)).min(end), end)
}

/// The text near `start` and behind it.
pub(crate) fn near_behind(text: &str, start: usize) -> &str {
    Span::new(start, text.len()).first(NEAR, text).of(text)
}

/// What begins a remark in brackets that goes on with the sentence.
const JOINS: [&str; 8] = ["and", "also", "und", "et", "y", "e", "en", "и"];

/// The innermost bracket that is open at the end of the text.
fn open_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | '）' | ']' => depth += 1,
            '(' | '（' | '[' if depth == 0 => return Some(at),
            '(' | '（' | '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The clauses of the last sentence of the bytes of `span`, in order; the last one may be empty.
fn clauses(text: &str, span: Span) -> Vec<Span> {
    const SENTENCE: [&str; 14] =
        [". ", ".\n", "! ", "? ", "; ", "；", "。", ": ", "：", " — ", " – ", " - ", " | ", " · "];
    let written = span.of(text);
    let behind = |mark: &&str| written.rfind(*mark).map(|at| at + mark.len());
    let start = SENTENCE.iter().filter_map(behind).max().unwrap_or(0);
    let open = written.rfind(QUOTES).map_or(0, |at| written.ceil_char_boundary(at + 1));
    let mut start = start.max(open) + span.start;
    let mut clauses = Vec::new();
    let rest = Span::new(start, span.end).of(text);
    for (at, mark) in rest.match_indices([',', '，', '、', '→']) {
        let end = span.end - rest.len() + at;
        clauses.push(Span::new(start, end));
        start = end + mark.len();
    }
    clauses.push(Span::new(start, span.end));
    clauses
}

/// Whether a word says how something was done: *fully*, *recently*.
pub(crate) fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
}

#[cfg(test)]
mod tests {
    use super::{Assertion, RecordMention, SentenceReader, Subject};
    use crate::format::Words;
    use crate::text::Span;

    /// The stance of `verb` in `text`, in which `ADR-1` is another record and `ADR-9` the record itself.
    fn stance(text: &str, verb: &str) -> Assertion {
        let words = Words::new(std::iter::empty());
        let places = |name: &str, is_own| {
            let found = text.match_indices(name);
            let named = found
                .map(|(at, name)| RecordMention { span: Span::new(at, at + name.len()), is_own });
            named.collect::<Vec<_>>()
        };
        let references = [places("ADR-1", false), places("ADR-9", true)].concat();
        let at = text.rfind(verb).unwrap();
        let around = SentenceReader { bare: text, references: &references, words: &words };
        around.stance(Span::new(at, at + verb.len()))
    }

    #[track_caller]
    fn check(text: &str, verb: &str, expected: Subject) {
        let stance = stance(text, verb);
        assert!(stance.is_claimed, "{text}");
        assert_eq!(stance.subject, expected, "{text}");
    }

    #[test]
    fn without_a_subject_or_with_a_word_for_it_the_record_is_meant() {
        for text in [
            "Superseded by ADR-1",
            "Accepted. It was superseded by ADR-1",
            "Accepted on 2026-01-05, since superseded by ADR-1",
            "Accepted by the board in May and superseded by ADR-1",
            "Accepted; this record superseded by ADR-1",
            "ADR-9 is superseded by ADR-1",
            "Fully superseded by ADR-1",
            "Accepted (superseded by ADR-1)",
            "Akzeptiert, ersetzt durch ADR-1. Diese Entscheidung wurde superseded",
        ] {
            let verb = if text.starts_with("Super") { "Superseded" } else { "superseded" };
            check(text, verb, Subject::This);
        }
    }

    #[test]
    fn a_noun_is_a_part_of_the_record() {
        for text in [
            "Accepted; the batch size superseded by ADR-1",
            "Accepted. Order of names superseded by ADR-1",
            "Accepted (clauses 2-4 superseded by ADR-1)",
            "Note: rule 2 now superseded by ADR-1",
            "The tools of this decision are superseded by ADR-1",
            "The first draft was withdrawn and superseded",
        ] {
            check(text, "superseded", Subject::Part);
        }
    }

    #[test]
    fn another_record_may_be_the_subject() {
        for text in [
            "ADR-1 is already superseded by ADR-2",
            "Refines ADR-1 (which superseded ADR-2)",
            "Depends on ADR-1 (tables for all; superseded by ADR-2)",
            "The status of ADR-1 becomes superseded",
        ] {
            check(text, "superseded", Subject::Other);
        }
        check("Extends ADR-1 and supersedes ADR-2", "supersedes", Subject::This);
        check("Refines ADR-1 (and supersedes ADR-2)", "supersedes", Subject::This);
    }

    #[test]
    fn what_is_denied_or_only_considered_is_no_claim() {
        for text in [
            "Does not supersede ADR-1",
            "It neither amends nor supersedes ADR-1",
            "It does not amend, clarify or supersede ADR-1",
            "Whether it supersedes ADR-1 is open",
            "This goes on without supersede",
            "Accepted until supersede",
            "It does not\nsupersede it",
            "Dies supersedes ADR-1 nicht",
        ] {
            assert!(!stance(text, "supersede").is_claimed, "{text}");
        }
        for text in [
            "Not only does it supersede ADR-1, it is cheaper",
            "Does not amend ADR-1 but supersedes ADR-2",
            "Supersedes ADR-1, not the guide",
            "Not approved by all, and supersedes ADR-1",
        ] {
            assert!(stance(text, "upersede").is_claimed, "{text}");
        }
    }

    #[test]
    fn what_is_in_brackets_is_a_sentence_of_its_own() {
        let words = Words::new(std::iter::empty());
        let check = |text: &str, expected| {
            let at = text.find("supersedes").unwrap();
            let around = SentenceReader { bare: text, references: &[], words: &words };
            let verb = Span::new(at, at + "supersedes".len());
            let end = text.find("ADR-1").unwrap() + "ADR-1".len();
            assert_eq!(around.is_whole_sentence(verb, end), expected, "{text}");
        };
        check("Accepted (supersedes ADR-1)", true);
        check("Accepted（supersedes ADR-1)", true);
        check("Accepted (the new way supersedes ADR-1)", false);
        check("Accepted（the new way supersedes ADR-1)", false);
    }
}
