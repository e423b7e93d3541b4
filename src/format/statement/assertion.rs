//! The subject of a verb or a status in a text, and whether the text asserts it: *Accepted, superseded by
//! ADR-3* is about the record, *ADR-1 is superseded by ADR-2* about another record, *the names are
//! superseded* about a part, and *not superseded by ADR-3* asserts nothing.
//!
//! The clause of a verb begins after the last full stop, semicolon, colon, dash, comma or open bracket before
//! it. The words of the clause before the verb name its subject; without such words, the subject is the record. A
//! clause in brackets directly after a reference is about the record that is referred to.

use super::clause::{
    MAX_DISTANCE, clauses, is_adverb, is_number, nearby_after, nearby_before, open_bracket,
};
use crate::format::words::{WordClass, Words, tokens};
use crate::text::Span;

/// The subject of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The record that contains the verb.
    This,
    /// A part of that record.
    Part,
    /// Another record.
    Other,
}

/// The subject of a verb or a status, and whether the text asserts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assertion {
    pub subject: Subject,
    /// Whether it is neither denied nor only possible.
    pub is_asserted: bool,
    /// Whether words before the verb name its subject.
    pub names_subject: bool,
}

impl Assertion {
    /// Whether the record asserts it about itself as a whole.
    pub(crate) fn is_about_whole(self) -> bool {
        self.is_asserted && self.subject == Subject::This
    }

    /// Whether the record asserts it about itself or about a part of itself.
    pub(crate) fn is_about_own_record(self) -> bool {
        self.is_asserted && self.subject != Subject::Other
    }
}

/// A reference within a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordMention {
    pub span: Span,
    /// Whether it refers to the record that contains the text.
    pub is_self: bool,
}

/// A text without markup, and the references in it.
#[derive(Clone, Copy)]
pub(crate) struct SentenceReader<'a> {
    pub text: &'a str,
    /// In the order of the text.
    pub mentions: &'a [RecordMention],
    pub words: &'a Words,
}

impl SentenceReader<'_> {
    /// The assertion of the verb or the status at `verb`.
    pub(crate) fn assertion(&self, verb: Span) -> Assertion {
        self.with_mentions_near(verb).assertion_of(verb)
    }

    /// A reader with only the references near `verb`. Looking at all references of a text for each verb would
    /// take quadratic time.
    fn with_mentions_near(&self, verb: Span) -> Self {
        let first =
            self.mentions.partition_point(|mention| mention.span.end + MAX_DISTANCE < verb.start);
        let end =
            self.mentions.partition_point(|mention| mention.span.start < verb.end + MAX_DISTANCE);
        Self { mentions: self.mentions.get(first..end).unwrap_or_default(), ..*self }
    }

    fn assertion_of(&self, verb: Span) -> Assertion {
        let (bracket, sentence) = self.text_before(verb);
        if let Some(bracket) = bracket
            && self.is_remark_on_reference(bracket, verb)
        {
            return Assertion { subject: Subject::Other, is_asserted: true, names_subject: true };
        }
        let clauses = clauses(self.text, sentence);
        let lead = clauses.last().copied().unwrap_or(sentence);
        let lead = Span::new(self.after_last_but(lead), lead.end);
        let lead = Span::new(self.after_subordinate(lead), lead.end);
        let is_former = bracket.is_some() && self.begins_with(sentence, WordClass::Former);
        let is_asserted = !is_former
            && !self.is_conditional(&clauses, sentence, verb)
            && !self.is_in_question(verb)
            && !self.is_denied(&clauses, lead, verb);
        let preceding = clauses.len().checked_sub(2).and_then(|index| clauses.get(index));
        let named_subject = self.subject(lead);
        let subject = named_subject
            .unwrap_or_else(|| self.inherited_subject(preceding.copied(), lead, sentence));
        Assertion { subject, is_asserted, names_subject: named_subject.is_some() }
    }

    /// Whether the sentence of the verb begins with a condition, or with a key that denies it or is a
    /// condition.
    fn is_conditional(&self, clauses: &[Span], sentence: Span, verb: Span) -> bool {
        let Some(first_clause) = clauses.first() else { return false };
        let up_to_verb = Span::new(first_clause.start, verb.start);
        self.begins_with(up_to_verb, WordClass::Condition)
            || self.key_before(first_clause.start, sentence).is_some_and(|key| {
                self.begins_with(key, WordClass::Denial)
                    || self.begins_with(key, WordClass::Condition)
            })
    }

    /// The bracket that is open at the verb, if any, and the text between it and the verb.
    fn text_before(&self, verb: Span) -> (Option<usize>, Span) {
        let window = nearby_before(self.text, verb.start);
        let bracket = open_bracket(window.of(self.text)).map(|offset| offset + window.start);
        let start =
            bracket.map_or(window.start, |bracket| self.text.ceil_char_boundary(bracket + 1));
        (bracket, Span::new(start, verb.start))
    }

    /// Whether the words from the verb to the byte `end` are a field, a sentence, or the whole content of
    /// brackets: at most a word for the record precedes them, and at most a remark in brackets or a date
    /// follows.
    pub(crate) fn is_whole_sentence(&self, verb: Span, end: usize) -> bool {
        let (_, sentence) = self.text_before(verb);
        let sentence_clauses = clauses(self.text, sentence);
        let clause_start = sentence_clauses.first().map_or(verb.start, |first| first.start);
        let lead = Span::new(clause_start, verb.start).of(self.text);
        let text_after_verb = self.text.get(verb.end..).unwrap_or_default().trim_start();
        let is_key = text_after_verb.starts_with([':', '：']) && lead.trim().is_empty();
        let names_record = |token: Span| {
            let word_classes = self.words.classes_of(token.of(lead));
            word_classes.contains(WordClass::Record)
                || word_classes.contains(WordClass::Filler)
                    && !word_classes.contains(WordClass::Denial)
        };
        is_key || tokens(lead).all(names_record) && self.ends_sentence(nearby_after(self.text, end))
    }

    /// Whether a sentence ends at the beginning of `text_after`, the text after its last reference.
    pub(crate) fn ends_sentence(&self, text_after: &str) -> bool {
        let mut remaining = text_after.trim_start();
        let remark = remaining.strip_prefix('(').and_then(|text| text.split_once(')'));
        if let Some((_, after_remark)) = remark {
            remaining = after_remark.trim_start();
        }
        let sentence_end = [". ", ".\n", ";", ")", " | ", " · ", " — ", " – ", " - ", "。", "；"]
            .iter()
            .filter_map(|mark| remaining.find(mark))
            .min();
        let words = remaining.get(..sentence_end.unwrap_or(remaining.len())).unwrap_or_default();
        let words = words.trim_end_matches(['.', '!', ' ', '\n', '\r']).trim();
        let is_in_date = |token: Span| {
            let word = token.of(words);
            is_number(word)
                || self.words.has_class(word, WordClass::Preposition)
                || self.words.month(word).is_some()
        };
        words.is_empty()
            || self.words.has_class(words, WordClass::Whole)
            || tokens(words).all(is_in_date)
    }

    /// Whether the status at `status` describes a noun that follows it: *Deprecated calls stay*.
    pub(crate) fn describes_noun(&self, status: Span) -> bool {
        const NO_NOUNS: [WordClass; 12] = [
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
        ];
        let text_after = self.text.get(status.end..).unwrap_or_default();
        let Some(next) = tokens(text_after).next() else { return false };
        let separator = text_after.get(..next.start).unwrap_or_default();
        let word = next.of(text_after);
        let is_stating_word = || {
            self.words.meaning(word).is_some_and(|meaning| {
                meaning.state.is_some() || meaning.relation_as_key().is_some()
            })
        };
        let is_in_mention = || {
            let word_span = next.shift(status.end);
            self.mentions.iter().any(|mention| mention.span.contains(word_span))
        };
        separator.trim().is_empty()
            && word.starts_with(char::is_lowercase)
            && word.is_ascii()
            && !self.words.classes_of(word).contains_any(&NO_NOUNS)
            && !is_stating_word()
            && !is_in_mention()
            && self.words.month(word).is_none()
            && !is_adverb(word)
    }

    /// Whether the text begins with a phrase of the class.
    fn begins_with(&self, span: Span, class: WordClass) -> bool {
        let written = span.of(self.text);
        let mut first_tokens = tokens(written).take(4);
        let Some(first) = first_tokens.next() else { return false };
        let has_class = |end: usize| {
            let phrase = written.get(first.start..end).unwrap_or_default();
            self.words.has_class(phrase, class)
        };
        has_class(first.end) || first_tokens.any(|next| has_class(next.end))
    }

    /// Whether the sentence of the verb is a question.
    fn is_in_question(&self, verb: Span) -> bool {
        let text_after = nearby_after(self.text, verb.end);
        let sentence_end =
            [". ", ".\n", "! ", "; "].iter().filter_map(|mark| text_after.find(mark)).min();
        let question_mark = text_after.find(['?', '？']);
        question_mark.is_some_and(|mark| {
            // A question mark within a word belongs to an address.
            let ends_word = text_after
                .get(mark + 1..)
                .is_none_or(|text| !text.starts_with(char::is_alphanumeric));
            ends_word && sentence_end.is_none_or(|end| mark < end)
        })
    }

    /// Whether the bracket that opens at `bracket` begins a remark about the reference before it.
    fn is_remark_on_reference(&self, bracket: usize, verb: Span) -> bool {
        let text_before = self.text.get(..bracket).unwrap_or_default().trim_end();
        let text_before = text_before.trim_end_matches(['"', '”', ')', ']', '.']).trim_end();
        let end = text_before.len();
        let follows_other = self.mentions.iter().any(|mention| {
            let is_near = mention.span.end <= bracket && mention.span.end + 24 > end;
            let between = self.text.get(mention.span.end..end).filter(|_| is_near);
            let between = between.unwrap_or_default();
            // `Baut auf ADR-1 auf (ersetzt durch ADR-2)`
            let is_one_word_away = mention.span.end < end
                && tokens(between).count() == 1
                && !between.contains(['.', ',', ';', ':']);
            let is_adjacent = mention.span.end >= end && mention.span.start < end;
            !mention.is_self && mention.span.end <= bracket && (is_adjacent || is_one_word_away)
        });
        let inside = Span::new(bracket, verb.start).of(self.text);
        let first_word = tokens(inside).next().map(|first| first.of(inside));
        let continues_sentence = first_word
            .is_some_and(|first| CONJUNCTIONS.iter().any(|word| first.eq_ignore_ascii_case(word)));
        follows_other && !continues_sentence
    }

    /// The offset after the last *but* of a clause.
    fn after_last_but(&self, lead: Span) -> usize {
        let denials = self.words.denials_in(lead.of(self.text));
        let last_but = denials.into_iter().rfind(|(_, class)| *class == WordClass::But);
        last_but.map_or(lead.start, |(but, _)| lead.start + but.end)
    }

    /// The offset of the subject of a passive after a word such as *after*: *Accepted after the old way
    /// was superseded*.
    fn after_subordinate(&self, lead: Span) -> usize {
        let written = lead.of(self.text);
        let last_word = tokens(written).last().map(|last| last.of(written).to_lowercase());
        let is_passive = last_word.is_some_and(|last| {
            ["is", "are", "was", "were", "been", "wurde", "wurden"].contains(&last.as_str())
        });
        let is_subordinate =
            |token: &Span| self.words.has_class(token.of(written), WordClass::Subordinate);
        let conjunction = tokens(written).filter(is_subordinate).last().filter(|_| is_passive);
        conjunction.map_or(lead.start, |word| lead.start + word.end)
    }

    /// Whether the verb is denied: by its clause `lead`, by an earlier clause that is joined to it with *or*,
    /// or by the words after the verb.
    fn is_denied(&self, clauses: &[Span], lead: Span, verb: Span) -> bool {
        const MAX_EARLIER_CLAUSES: usize = 4;
        if self.denies(lead) {
            return true;
        }
        let mut clause = lead;
        for earlier in clauses.iter().rev().skip(1).take(MAX_EARLIER_CLAUSES) {
            let written = clause.of(self.text);
            let has_or = tokens(written).any(|token| {
                let word = token.of(written);
                ["or", "nor", "oder", "ou", "o", "of", "или", "lub"].contains(&word)
            });
            let is_list_of_verbs = self.words.relations_in(written).next().is_some();
            if !has_or && !is_list_of_verbs {
                break;
            }
            if self.denies(*earlier) {
                return true;
            }
            clause = *earlier;
        }
        let text_after = nearby_after(self.text, verb.end);
        let clause_end = text_after.find([',', ';', '.', '(', ':', '—', '。', '，', '\n']);
        let clause_after =
            text_after.get(..clause_end.unwrap_or(text_after.len())).unwrap_or_default();
        tokens(clause_after)
            .any(|token| self.words.has_class(token.of(clause_after), WordClass::DenialBehind))
    }

    /// Whether a clause denies the verb after it.
    fn denies(&self, clause: Span) -> bool {
        let written = clause.of(self.text);
        let counts = |denial: Span| {
            let word = denial.of(written);
            // *In May* is not a possibility.
            let is_month = denial.start > 0
                && word.starts_with(char::is_uppercase)
                && self.words.month(word).is_some();
            let denial = denial.shift(clause.start);
            !is_month && !self.mentions.iter().any(|mention| mention.span.contains(denial))
        };
        let mut denials =
            self.words.denials_in(written).into_iter().filter(|(denial, _)| counts(*denial));
        denials.next_back().is_some_and(|(_, class)| class == WordClass::Denial)
    }
}

/// The first words of a remark in brackets that continues the sentence.
const CONJUNCTIONS: [&str; 8] = ["and", "also", "und", "et", "y", "e", "en", "и"];

#[cfg(test)]
mod tests {
    use super::{Assertion, RecordMention, SentenceReader, Subject};
    use crate::format::Words;
    use crate::text::Span;

    /// The assertion of `verb` in `text`, in which `ADR-1` is another record and `ADR-9` the record itself.
    fn assertion(text: &str, verb: &str) -> Assertion {
        let words = Words::new(std::iter::empty());
        let mentions_of = |name: &str, is_self| {
            let mention =
                |offset| RecordMention { span: Span::new(offset, offset + name.len()), is_self };
            text.match_indices(name).map(|(offset, _)| mention(offset)).collect::<Vec<_>>()
        };
        let mentions = [mentions_of("ADR-1", false), mentions_of("ADR-9", true)].concat();
        let verb_start = text.rfind(verb).unwrap();
        let sentence = SentenceReader { text, mentions: &mentions, words: &words };
        sentence.assertion(Span::new(verb_start, verb_start + verb.len()))
    }

    #[track_caller]
    fn check(text: &str, verb: &str, expected: Subject) {
        let assertion = assertion(text, verb);
        assert!(assertion.is_asserted, "{text}");
        assert_eq!(assertion.subject, expected, "{text}");
    }

    #[test]
    fn the_record_is_the_subject_by_default() {
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
    fn denied_and_possible_verbs_are_not_asserted() {
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
            assert!(!assertion(text, "supersede").is_asserted, "{text}");
        }
        for text in [
            "Not only does it supersede ADR-1, it is cheaper",
            "Does not amend ADR-1 but supersedes ADR-2",
            "Supersedes ADR-1, not the guide",
            "Not approved by all, and supersedes ADR-1",
        ] {
            assert!(assertion(text, "upersede").is_asserted, "{text}");
        }
    }

    #[test]
    fn brackets_hold_a_separate_sentence() {
        let words = Words::new(std::iter::empty());
        let check = |text: &str, expected| {
            let at = text.find("supersedes").unwrap();
            let sentence = SentenceReader { text, mentions: &[], words: &words };
            let verb = Span::new(at, at + "supersedes".len());
            let end = text.find("ADR-1").unwrap() + "ADR-1".len();
            assert_eq!(sentence.is_whole_sentence(verb, end), expected, "{text}");
        };
        check("Accepted (supersedes ADR-1)", true);
        check("Accepted（supersedes ADR-1)", true);
        check("Accepted (the new way supersedes ADR-1)", false);
        check("Accepted（the new way supersedes ADR-1)", false);
    }
}
