//! How far a verb reaches: to the reference behind it, to a list below it, or not so far.

use super::assertion::{Assertion, SentenceReader, Subject, near_before};
use super::reader::StatementReader;
use super::relation_claim::partial;
use super::verb::{is_bare, is_noun};
use crate::format::references::ends_verb_scope;
use crate::format::words::{WordClass, tokens};
use crate::model::RelationKind;
use crate::text::Span;

impl StatementReader<'_> {
    /// Whether nothing but a colon follows a verb.
    pub(crate) fn awaits_list(&self, bare: &str, verb: Span, behind: &str) -> bool {
        behind.trim_matches([' ', ':', '：', '\n', '\r']).is_empty()
            && (behind.contains([':', '：']) || !self.words.is_relation_key(verb.of(bare)))
    }

    /// The kind of the claim, in view of the words between verb and reference; `None` where the verb
    /// does not reach the reference.
    pub(crate) fn governed(
        &self,
        around: &SentenceReader<'_>,
        verb: Span,
        kind: RelationKind,
        (between, stance): (&str, Assertion),
    ) -> Option<RelationKind> {
        let words = tokens(between).count();
        let written = verb.of(around.bare);
        // *Superseded (2026-01-01) by ADR-3*
        let by = (is_bare(written) || self.words.is_relation_key(written)) && self.ends_by(between);
        if ends_verb_scope(between) && !by || words > 24 {
            return None;
        }
        let is_partial = self.words.is_partial(between);
        let near = if is_partial { 4 } else { 2 };
        if is_bare(written) && words > near && !by {
            return None;
        }
        if self.words.is_relation_key(written) && !by {
            let last = || tokens(between).last().map(|last| last.of(between));
            let of = || last().is_some_and(|last| self.words.has_class(last, WordClass::Of));
            let marks = [':', '：', ' ', '\u{a0}', '\n'];
            let says = |token: Span, says| self.words.has_class(token.of(between), says);
            let names_record = words > 0
                && tokens(between).all(|token| {
                    says(token, WordClass::Record) || says(token, WordClass::Relative)
                });
            let reaches =
                between.trim_matches(marks).is_empty() || of() || is_partial || names_record;
            if !reaches {
                return None;
            }
        }
        let kind = if by { RelationKind::SupersededBy } else { kind };
        if is_noun(written) {
            let kind = self.of_noun(around, verb, kind);
            return Some(if is_partial { partial(kind) } else { kind });
        }
        let part = is_partial || stance.subject == Subject::Part;
        let names_record =
            tokens(between).any(|token| self.words.has_class(token.of(between), WordClass::Record));
        let of_something = kind == RelationKind::Supersedes && words > 3 && !names_record;
        Some(if part || of_something { partial(kind) } else { kind })
    }

    /// The kind of a noun: *replacement of* says of what, and the words before it hardly matter.
    fn of_noun(&self, around: &SentenceReader<'_>, verb: Span, kind: RelationKind) -> RelationKind {
        let lead = near_before(around.bare, verb.start).of(around.bare);
        let lead = lead.rsplit(['.', ';', ',']).next().unwrap_or_default();
        if self.words.is_partial(lead) { partial(kind) } else { kind }
    }

    /// Whether the words between a verb and its reference are a day and *by*.
    pub(crate) fn ends_by(&self, between: &str) -> bool {
        let mut all: Vec<Span> = tokens(between).collect();
        let Some(last) = all.pop() else { return false };
        let is_by = self.words.has_class(last.of(between), WordClass::By);
        let joins = |token: &Span| {
            let word = token.of(between);
            let known = self.words.classes_of(word);
            word.bytes().all(|byte| byte.is_ascii_digit())
                || known.contains(WordClass::Filler)
                || known.contains(WordClass::Preposition)
                || known.contains(WordClass::Of)
                || self.words.month(word).is_some()
        };
        is_by && all.len() <= 7 && all.iter().all(joins)
    }
}
