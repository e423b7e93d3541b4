//! Whom the words before a verb are about: the record, a part of it, or another record.

use super::assertion::{SentenceReader, Subject, is_adverb};
use crate::format::words::{WordClass, tokens};
use crate::model::RelationKind;
use crate::text::Span;

/// What the words before a verb have named so far.
#[derive(Default)]
struct LeadWords {
    names: Option<Subject>,
    nouns: usize,
    is_first: bool,
    /// Whether the last word was one such as *of*.
    is_after_of: bool,
    /// Whether a word such as *by* came behind another record.
    is_after_by: bool,
}

/// What a word says of those before a verb.
#[derive(PartialEq, Eq)]
enum WordEffect {
    GoesOn,
    /// They belong to what was said before, and name no subject.
    BelongsBefore,
}

impl SentenceReader<'_> {
    /// The subject of a clause that names none: that of the clause before it, if it is about another
    /// record, *Refines ADR-1, superseded by ADR-2*, or if a word such as *which* says so; that of a key,
    /// *Naming: superseded by ADR-2*; else the record.
    pub(crate) fn inherited(&self, before: Option<Span>, lead: Span, sentence: Span) -> Subject {
        let written = lead.of(self.bare);
        let is_relative = tokens(written)
            .any(|token| self.words.has_class(token.of(written), WordClass::Relative));
        let Some(before) = before else {
            return if lead.of(self.bare).trim().is_empty() || !is_relative {
                self.keyed(lead.start, sentence).unwrap_or(Subject::This)
            } else {
                Subject::This
            };
        };
        let ends_in_other = self.ends_in_other(before);
        if is_relative {
            if ends_in_other {
                return Subject::Other;
            }
            return self.subject(before).unwrap_or(Subject::This);
        }
        let relation = self.words.relations_in(before.of(self.bare)).next();
        let refers = relation.is_some_and(|(at, kind)| {
            at.of(before.of(self.bare)).len() > 2 && REFERRING.contains(&kind)
        });
        let states = !self.words.statuses_in(before.of(self.bare)).is_empty();
        let is_other = ends_in_other && (refers || relation.is_none() && !states);
        if is_other { Subject::Other } else { Subject::This }
    }

    /// Whom the key before a colon is about, where the clause begins right behind one.
    fn keyed(&self, start: usize, sentence: Span) -> Option<Subject> {
        let span = self.key(start, sentence)?;
        let key = span.of(self.bare);
        let is_key = key.len() <= 48
            && self.words.meaning(key.trim()).is_none_or(|known| {
                known.field.is_none() && known.relation.is_none() && known.role.is_none()
            });
        if is_key { self.subject(span) } else { None }
    }

    /// The key before a colon, where a clause begins right behind one.
    pub(crate) fn key(&self, start: usize, sentence: Span) -> Option<Span> {
        let before = Span::new(sentence.start, start).of(self.bare).trim_end();
        let end = sentence.start + before.len();
        let key = before.strip_suffix([':', '：'])?;
        let own = key.rsplit(['.', ';', ':', '\n', '|']).next().unwrap_or_default();
        let colon = end - (before.len() - key.len());
        Some(Span::new(colon.saturating_sub(own.len()), colon))
    }

    /// The subject that the words before a verb name, if they name any.
    pub(crate) fn subject(&self, lead: Span) -> Option<Subject> {
        let written = lead.of(self.bare);
        let is_part = self.words.is_partial(written) || written.contains('§');
        let mut words = LeadWords { is_first: true, ..LeadWords::default() };
        for token in tokens(written) {
            if self.read_word(&mut words, lead, token) == WordEffect::BelongsBefore {
                return is_part.then_some(Subject::Part);
            }
        }
        let subject = words.names.or((words.nouns > 0).then_some(Subject::Part));
        if is_part && subject != Some(Subject::Other) { Some(Subject::Part) } else { subject }
    }

    /// Takes the next word before a verb into account.
    fn read_word(&self, words: &mut LeadWords, lead: Span, token: Span) -> WordEffect {
        let word = token.of(lead.of(self.bare));
        let place = token.shift(lead.start);
        if let Some(named) = self.references.iter().find(|one| one.span.contains(place)) {
            words.names = Some(if named.is_own { Subject::This } else { Subject::Other });
            words.is_first = false;
            return WordEffect::GoesOn;
        }
        let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        let known = self.words.classes_of(owner.unwrap_or(word));
        let says = |says: WordClass| known.contains(says);
        let is_filler = says(WordClass::Filler) || says(WordClass::Relative) || is_adverb(word);
        let is_record = says(WordClass::Record);
        if words.names == Some(Subject::This) && says(WordClass::Relative) && !is_record {
            // *The record that superseded ADR-1* is another one.
            words.names = Some(Subject::Other);
            return WordEffect::GoesOn;
        }
        if words.is_first && !is_filler && !is_record {
            let is_joined = says(WordClass::Preposition) && !self.names_other(lead);
            if is_joined || self.begins_with_verb(Span::new(place.start, lead.end)) {
                return WordEffect::BelongsBefore;
            }
        }
        words.is_first &= is_filler && !is_record;
        if owner.is_some() && is_record {
            words.names = Some(Subject::Part);
        } else if says(WordClass::By) && words.names == Some(Subject::Other) {
            // *ADR-1 is superseded by this*
            words.is_after_by = true;
        } else if is_record && !words.is_after_by {
            // *The tools of this decision* are a part of it.
            let part = words.is_after_of && words.nouns > 0 || words.names == Some(Subject::Part);
            words.names = Some(if part { Subject::Part } else { Subject::This });
        } else if !(is_filler || words.is_after_by || says(WordClass::Of) || is_number(word)) {
            words.nouns += usize::from(is_latin(word));
        }
        if !is_filler || says(WordClass::Of) {
            words.is_after_of = says(WordClass::Of);
        }
        WordEffect::GoesOn
    }

    fn names_other(&self, lead: Span) -> bool {
        self.references.iter().any(|one| lead.contains(one.span) && !one.is_own)
    }

    /// Whether the bytes of `span` begin with a state or a relation.
    fn begins_with_verb(&self, span: Span) -> bool {
        let written = span.of(self.bare);
        // `RFC 7807` is a document, and no state.
        let is_id = self.words.first_status(written).is_some_and(|(at, _)| {
            let behind = written.get(at.end..).unwrap_or_default().trim_start();
            behind.starts_with(|c: char| c.is_ascii_digit())
                && at.of(written).bytes().all(|byte| byte.is_ascii_uppercase())
        });
        !is_id && self.words.starts_with_statement(written)
    }

    /// Whether the last words of a clause are a reference to another record.
    fn ends_in_other(&self, clause: Span) -> bool {
        let written = clause.of(self.bare).trim_end();
        let end = clause.start + written.trim_end_matches([')', '"', '.', ']']).trim_end().len();
        let last = self
            .references
            .iter()
            .rfind(|one| one.span.start < end && clause.start <= one.span.start);
        // What is left of a link behind its words is blank.
        last.is_some_and(|one| !one.is_own && one.span.end >= end)
    }
}

/// What a record says of others that leaves them as they are.
const REFERRING: [RelationKind; 6] = [
    RelationKind::Amends,
    RelationKind::Extends,
    RelationKind::Clarifies,
    RelationKind::DependsOn,
    RelationKind::RelatesTo,
    RelationKind::Other,
];

/// Whether a word is written in the letters of the languages whose words for a record are known.
fn is_latin(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first < '\u{250}')
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
