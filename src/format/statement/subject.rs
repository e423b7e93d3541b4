//! Finds the subject of the words before a verb: the record, a part of it, or another record.

use super::assertion::{SentenceReader, Subject};
use super::clause::{is_adverb, is_number};
use crate::format::words::{WordClass, WordClasses, tokens};
use crate::model::RelationKind;
use crate::text::Span;

/// What the words before a verb have named so far.
#[derive(Default)]
struct LeadWords {
    subject: Option<Subject>,
    nouns: usize,
    is_first: bool,
    /// Whether the last word was one such as *of*.
    is_after_of: bool,
    /// Whether a word such as *by* followed another record.
    is_after_by: bool,
}

/// A word before a verb that is not part of a reference.
struct LeadWord<'t> {
    word: &'t str,
    classes: WordClasses,
    is_filler: bool,
    is_possessive: bool,
}

impl LeadWords {
    /// Takes the next word into account.
    fn add(&mut self, lead_word: &LeadWord<'_>) {
        let LeadWord { word, classes, is_filler, is_possessive } = *lead_word;
        let is_record = classes.contains(WordClass::Record);
        let is_of = classes.contains(WordClass::Of);
        if is_possessive && is_record {
            self.subject = Some(Subject::Part);
        } else if classes.contains(WordClass::By) && self.subject == Some(Subject::Other) {
            // *ADR-1 is superseded by this*
            self.is_after_by = true;
        } else if is_record && !self.is_after_by {
            // *The tools of this decision* are a part of it.
            let is_part = self.is_after_of && self.nouns > 0 || self.subject == Some(Subject::Part);
            self.subject = Some(if is_part { Subject::Part } else { Subject::This });
        } else if !(is_filler || self.is_after_by || is_of || is_number(word)) {
            self.nouns += usize::from(is_latin(word));
        }
        if !is_filler || is_of {
            self.is_after_of = is_of;
        }
    }
}

/// How a word continues the words before a verb.
#[derive(PartialEq, Eq)]
enum WordEffect {
    Continues,
    /// The words belong to the preceding statement and name no subject.
    BelongsToPreceding,
}

impl SentenceReader<'_> {
    /// The subject of a clause that names none. If the preceding clause is about another record, or a word such
    /// as *which* joins the two, it is the subject of that clause: *Refines ADR-1, superseded by ADR-2*. After a
    /// key it is what the key names: *Naming: superseded by ADR-2*. Otherwise it is the record.
    pub(super) fn inherited_subject(
        &self,
        preceding: Option<Span>,
        lead: Span,
        sentence: Span,
    ) -> Subject {
        let written = lead.of(self.text);
        let is_relative = tokens(written)
            .any(|token| self.words.has_class(token.of(written), WordClass::Relative));
        let Some(preceding) = preceding else {
            let may_follow_key = written.trim().is_empty() || !is_relative;
            let subject =
                may_follow_key.then(|| self.subject_of_key(lead.start, sentence)).flatten();
            return subject.unwrap_or(Subject::This);
        };
        let ends_in_other = self.ends_in_other(preceding);
        if is_relative {
            if ends_in_other {
                return Subject::Other;
            }
            return self.subject(preceding).unwrap_or(Subject::This);
        }
        let preceding_text = preceding.of(self.text);
        let relation = self.words.relations_in(preceding_text).next();
        let is_referring =
            relation.is_some_and(|(verb, kind)| verb.len() > 2 && REFERRING.contains(&kind));
        let names_status = !self.words.statuses_in(preceding_text).is_empty();
        let is_about_other = ends_in_other && (is_referring || relation.is_none() && !names_status);
        if is_about_other { Subject::Other } else { Subject::This }
    }

    /// The subject that a key names, if a clause begins at `start`, directly after its colon.
    fn subject_of_key(&self, start: usize, sentence: Span) -> Option<Subject> {
        const MAX_KEY: usize = 48;
        let span = self.key_before(start, sentence)?;
        let key = span.of(self.text);
        // A field, a relation or a role is not a subject.
        let can_be_subject = key.len() <= MAX_KEY
            && self.words.meaning(key.trim()).is_none_or(|meaning| {
                meaning.field.is_none() && meaning.relation.is_none() && meaning.role.is_none()
            });
        if can_be_subject { self.subject(span) } else { None }
    }

    /// The key before a colon, if a clause begins at `start`, directly after it.
    pub(super) fn key_before(&self, start: usize, sentence: Span) -> Option<Span> {
        let text_before = Span::new(sentence.start, start).of(self.text).trim_end();
        let before_colon = text_before.strip_suffix([':', '：'])?;
        let key = before_colon.rsplit(['.', ';', ':', '\n', '|']).next().unwrap_or_default();
        let colon = sentence.start + before_colon.len();
        Some(Span::new(colon.saturating_sub(key.len()), colon))
    }

    /// The subject that the words before a verb name, if they name one.
    pub(super) fn subject(&self, lead: Span) -> Option<Subject> {
        let written = lead.of(self.text);
        let is_part = self.words.is_partial(written) || written.contains('§');
        let mut lead_words = LeadWords { is_first: true, ..LeadWords::default() };
        for token in tokens(written) {
            let effect = self.read_word(&mut lead_words, lead, token);
            if effect == WordEffect::BelongsToPreceding {
                return is_part.then_some(Subject::Part);
            }
        }
        let named_noun = (lead_words.nouns > 0).then_some(Subject::Part);
        let subject = lead_words.subject.or(named_noun);
        if is_part && subject != Some(Subject::Other) { Some(Subject::Part) } else { subject }
    }

    /// Takes the next word before a verb into account.
    fn read_word(&self, lead_words: &mut LeadWords, lead: Span, token: Span) -> WordEffect {
        let word = token.of(lead.of(self.text));
        let span = token.shift(lead.start);
        if let Some(mention) = self.mentions.iter().find(|mention| mention.span.contains(span)) {
            let subject = if mention.is_self { Subject::This } else { Subject::Other };
            lead_words.subject = Some(subject);
            lead_words.is_first = false;
            return WordEffect::Continues;
        }
        let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        let classes = self.words.classes_of(owner.unwrap_or(word));
        let has_class = |class: WordClass| classes.contains(class);
        let is_filler =
            has_class(WordClass::Filler) || has_class(WordClass::Relative) || is_adverb(word);
        let is_record = has_class(WordClass::Record);
        if lead_words.subject == Some(Subject::This) && has_class(WordClass::Relative) && !is_record
        {
            // *The record that superseded ADR-1* is another record.
            lead_words.subject = Some(Subject::Other);
            return WordEffect::Continues;
        }
        if lead_words.is_first && !is_filler && !is_record {
            let is_joined = has_class(WordClass::Preposition) && !self.mentions_other(lead);
            if is_joined || self.begins_with_verb(Span::new(span.start, lead.end)) {
                return WordEffect::BelongsToPreceding;
            }
        }
        lead_words.is_first &= is_filler && !is_record;
        let is_possessive = owner.is_some();
        lead_words.add(&LeadWord { word, classes, is_filler, is_possessive });
        WordEffect::Continues
    }

    fn mentions_other(&self, lead: Span) -> bool {
        self.mentions.iter().any(|mention| lead.contains(mention.span) && !mention.is_self)
    }

    /// Whether the bytes of `span` begin with a status or a relation.
    fn begins_with_verb(&self, span: Span) -> bool {
        let written = span.of(self.text);
        // `RFC 7807` is a document and not a status.
        let is_id = self.words.first_status(written).is_some_and(|(status, _)| {
            let text_after = written.get(status.end..).unwrap_or_default().trim_start();
            text_after.starts_with(|c: char| c.is_ascii_digit())
                && status.of(written).bytes().all(|byte| byte.is_ascii_uppercase())
        });
        !is_id && self.words.starts_with_statement(written)
    }

    /// Whether a clause ends in a reference to another record.
    fn ends_in_other(&self, clause: Span) -> bool {
        let written = clause.of(self.text).trim_end();
        let end = clause.start + written.trim_end_matches([')', '"', '.', ']']).trim_end().len();
        let last_mention = self
            .mentions
            .iter()
            .rfind(|mention| mention.span.start < end && clause.start <= mention.span.start);
        // The destination of a link is replaced by spaces, so its span may end after the words.
        last_mention.is_some_and(|mention| !mention.is_self && mention.span.end >= end)
    }
}

/// The relations that leave the other record unchanged.
const REFERRING: [RelationKind; 6] = [
    RelationKind::Amends,
    RelationKind::Extends,
    RelationKind::Clarifies,
    RelationKind::DependsOn,
    RelationKind::RelatesTo,
    RelationKind::Other,
];

/// Whether a word is in Latin script. Words for a record are known only in languages of that script.
fn is_latin(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first < '\u{250}')
}
