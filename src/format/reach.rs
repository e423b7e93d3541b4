//! How far a verb reaches: to the reference behind it, to a list below it, or not so far.

use super::claim::partial;
use super::claims::is_bare;
use super::phrase::tokens;
use super::relation::Reader;
use super::remark::ends_reach;
use super::stance::{Around, Stance, Subject, near_before};
use super::words::Says;
use crate::model::RelationKind;
use crate::text::Span;

impl Reader<'_> {
    /// Whether nothing but a colon follows a verb.
    pub(super) fn awaits_list(&self, bare: &str, verb: Span, behind: &str) -> bool {
        behind.trim_matches([' ', ':', '：', '\n', '\r']).is_empty()
            && (behind.contains([':', '：']) || !self.words.is_key(verb.of(bare)))
    }

    /// The kind of the claim, in view of the words between verb and reference; `None` where the verb
    /// does not reach the reference.
    pub(super) fn governed(
        &self,
        around: &Around<'_>,
        verb: Span,
        kind: RelationKind,
        (between, stance): (&str, Stance),
    ) -> Option<RelationKind> {
        let words = tokens(between).count();
        let written = verb.of(around.bare);
        // *Superseded (2026-01-01) by ADR-3*
        let by = (is_bare(written) || self.words.is_key(written)) && self.ends_by(between);
        if ends_reach(between) && !by || words > 24 {
            return None;
        }
        let is_partial = self.words.is_partial(between);
        let near = if is_partial { 4 } else { 2 };
        if is_bare(written) && words > near && !by {
            return None;
        }
        if self.words.is_key(written) && !by {
            let last = || tokens(between).last().map(|last| last.of(between));
            let of = || last().is_some_and(|last| self.words.says(last, Says::Of));
            let marks = [':', '：', ' ', '\u{a0}', '\n'];
            let says = |token: Span, says| self.words.says(token.of(between), says);
            let names_record = words > 0
                && tokens(between)
                    .all(|token| says(token, Says::Record) || says(token, Says::Relative));
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
            tokens(between).any(|token| self.words.says(token.of(between), Says::Record));
        let of_something = kind == RelationKind::Supersedes && words > 3 && !names_record;
        Some(if part || of_something { partial(kind) } else { kind })
    }

    /// The kind of a noun: *replacement of* says of what, and the words before it hardly matter.
    fn of_noun(&self, around: &Around<'_>, verb: Span, kind: RelationKind) -> RelationKind {
        let lead = near_before(around.bare, verb.start).of(around.bare);
        let lead = lead.rsplit(['.', ';', ',']).next().unwrap_or_default();
        if self.words.is_partial(lead) { partial(kind) } else { kind }
    }

    /// Whether the words between a verb and its reference are a day and *by*.
    pub(super) fn ends_by(&self, between: &str) -> bool {
        let mut all: Vec<Span> = tokens(between).collect();
        let Some(last) = all.pop() else { return false };
        let is_by = self.words.says(last.of(between), Says::By);
        let joins = |token: &Span| {
            let word = token.of(between);
            let known = self.words.all_said(word);
            word.bytes().all(|byte| byte.is_ascii_digit())
                || known.contains(Says::Filler)
                || known.contains(Says::Preposition)
                || known.contains(Says::Of)
                || self.words.month(word).is_some()
        };
        is_by && all.len() <= 7 && all.iter().all(joins)
    }
}

/// Whether a verb is a noun with a preposition, such as *replacement of*.
pub(super) fn is_noun(verb: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "replacement",
        "successor",
        "ersatz",
        "nachfolger",
        "ablösung",
        "remplacement",
        "sustitución",
        "reemplazo",
        "substituição",
        "sostituzione",
        "vervanging",
        "opvolger",
        "en remplacement",
        "in sostituzione",
    ];
    let verb = verb.to_lowercase();
    NOUNS.iter().any(|noun| verb.starts_with(noun) || verb.contains(&format!(" {noun}")))
}
