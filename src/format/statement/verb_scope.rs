//! The scope of a verb: the reference after it, a list below it, or neither.

use super::assertion::{Assertion, SentenceReader, Subject};
use super::claimed_relation::partial;
use super::clause::nearby_before;
use super::reader::StatementReader;
use super::verb::{is_noun, lacks_by};
use crate::format::references::ends_verb_scope;
use crate::format::words::{WordClass, tokens};
use crate::model::RelationKind;
use crate::text::Span;

/// A verb with the words between it and its first reference.
#[derive(Clone, Copy)]
pub(super) struct VerbLink<'a> {
    pub verb: Span,
    pub between: &'a str,
    pub assertion: Assertion,
}

impl StatementReader<'_> {
    /// Whether only a colon follows a verb. A verb that is one only before a colon needs the colon.
    pub(super) fn awaits_list(&self, text: &str, verb: Span, text_after: &str) -> bool {
        text_after.trim_matches([' ', ':', '：', '\n', '\r']).is_empty()
            && (text_after.contains([':', '：']) || !self.words.is_relation_key(verb.of(text)))
    }

    /// The kind of the claim, in view of the words between verb and reference; `None` if the verb does not
    /// reach the reference.
    pub(super) fn kind_if_reached(
        &self,
        sentence: &SentenceReader<'_>,
        link: VerbLink<'_>,
        kind: RelationKind,
    ) -> Option<RelationKind> {
        const MAX_WORDS_BETWEEN: usize = 24;
        let VerbLink { verb, between, assertion } = link;
        let word_count = tokens(between).count();
        let written = verb.of(sentence.text);
        let is_relation_key = self.words.is_relation_key(written);
        // *Superseded (2026-01-01) by ADR-3*
        let has_by = (lacks_by(written) || is_relation_key) && self.ends_in_by(between);
        if ends_verb_scope(between) && !has_by || word_count > MAX_WORDS_BETWEEN {
            return None;
        }
        let is_partial = self.words.is_partial(between);
        let max_words_without_by = if is_partial { 4 } else { 2 };
        if !has_by
            && (lacks_by(written) && word_count > max_words_without_by
                || is_relation_key && !is_partial && !self.is_key_joint(between))
        {
            return None;
        }
        let kind = if has_by { RelationKind::SupersededBy } else { kind };
        if is_noun(written) {
            let kind = self.kind_of_noun(sentence, verb, kind);
            return Some(if is_partial { partial(kind) } else { kind });
        }
        let names_record =
            tokens(between).any(|token| self.words.has_class(token.of(between), WordClass::Record));
        // *Supersedes the way in which ADR-3 names files*
        let is_about_detail = kind == RelationKind::Supersedes && word_count > 3 && !names_record;
        let is_about_part = is_partial || assertion.subject == Subject::Part || is_about_detail;
        Some(if is_about_part { partial(kind) } else { kind })
    }

    /// Whether the text between a key and a reference joins them: only a colon, words that end in *of*, or
    /// words for a record.
    fn is_key_joint(&self, between: &str) -> bool {
        let has_class = |token: Span, class| self.words.has_class(token.of(between), class);
        let ends_in_of =
            || tokens(between).last().is_some_and(|last| has_class(last, WordClass::Of));
        let names_record = || {
            tokens(between).next().is_some()
                && tokens(between).all(|token| {
                    has_class(token, WordClass::Record) || has_class(token, WordClass::Relative)
                })
        };
        between.trim_matches([':', '：', ' ', '\u{a0}', '\n']).is_empty()
            || ends_in_of()
            || names_record()
    }

    /// The kind of a noun such as *replacement of*, which has no subject. Only words for a part before it
    /// matter.
    fn kind_of_noun(
        &self,
        sentence: &SentenceReader<'_>,
        verb: Span,
        kind: RelationKind,
    ) -> RelationKind {
        let text_before = nearby_before(sentence.text, verb.start).of(sentence.text);
        let clause = text_before.rsplit(['.', ';', ',']).next().unwrap_or_default();
        if self.words.is_partial(clause) { partial(kind) } else { kind }
    }

    /// Whether the words between a verb and its reference are an optional date and *by*.
    pub(super) fn ends_in_by(&self, between: &str) -> bool {
        const MAX_DATE_WORDS: usize = 7;
        let mut date_words: Vec<Span> = tokens(between).collect();
        let Some(last) = date_words.pop() else { return false };
        let is_in_date = |token: &Span| {
            let word = token.of(between);
            let date_classes = [WordClass::Filler, WordClass::Preposition, WordClass::Of];
            word.bytes().all(|byte| byte.is_ascii_digit())
                || self.words.classes_of(word).contains_any(&date_classes)
                || self.words.month(word).is_some()
        };
        self.words.has_class(last.of(between), WordClass::By)
            && date_words.len() <= MAX_DATE_WORDS
            && date_words.iter().all(is_in_date)
    }
}
