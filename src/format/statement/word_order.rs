//! Claims with a verb that is not between its subject and its reference: passives around a reference,
//! `durch ADR-3 ersetzt`; verbs after their object, `ADR-3 を置き換える`; other records as the subject of a
//! sentence about this record; links with the verb in their text; and *Superseded, see ADR-3*.

use super::assertion::{Assertion, RecordMention, SentenceReader, Subject};
use super::claimed_relation::{is_supersession, partial};
use super::clause::nearby_before;
use super::reader::StatementReader;
use super::verb::{COPULAS, is_quoted};
use super::verb_claim::{PlacedVerb, VerbClaim, VerbScene};
use crate::format::words::{WordClass, first_word, tokens};
use crate::model::{Lifecycle, Reference, RelationKind};
use crate::text::Span;

/// Words for *by means of this record*.
const HEREBY: [&str; 4] = ["hereby", "hiermit", "herewith", "damit"];

impl StatementReader<'_> {
    /// Adds the claims of verbs that follow their object: `ADR-3 を置き換える`.
    pub(super) fn add_verbs_after_objects(
        &self,
        scene: &VerbScene<'_>,
        claims: &mut Vec<VerbClaim>,
    ) {
        let VerbScene { span, sentence, references } = *scene;
        for (reference, mention) in references.iter().zip(sentence.mentions) {
            let text_after = sentence.text.get(mention.span.end..).unwrap_or_default();
            let Some(kind) = self.words.relation_after_object(text_after) else { continue };
            let verb = Span::new(mention.span.end, sentence.text.len()).shift(span.start);
            claims.push(VerbClaim::of_record(verb, kind, reference));
        }
    }

    /// Adds the claim of a status with a reference after it: *Superseded, see ADR-3*.
    pub(super) fn add_follow_up(&self, scene: &VerbScene<'_>, claims: &mut Vec<VerbClaim>) {
        let VerbScene { span, sentence, references } = *scene;
        let text = sentence.text;
        let superseded =
            self.words.first_status(text).filter(|(_, state)| state.is(Lifecycle::Superseded));
        let Some((status, _)) = superseded.filter(|(status, _)| !is_quoted(text, *status)) else {
            return;
        };
        let names_successor = |claim: &VerbClaim| {
            claim.kind == RelationKind::SupersededBy && !claim.references.is_empty()
        };
        if claims.iter().any(names_successor) {
            return;
        }
        let text_after = text.get(status.end..).unwrap_or_default();
        if let Some(reference) = self.referred_to(text_after, status.end + span.start, references) {
            let verb = status.shift(span.start);
            claims.retain(|claim| {
                claim.verb.start != verb.start && !claim.references.contains(&reference)
            });
            claims.push(VerbClaim::of_record(verb, RelationKind::SupersededBy, &reference));
        }
    }

    /// The reference directly after a word such as *see* or *by* at the beginning of `text`, or directly after
    /// an open bracket. `start` is the offset of `text`.
    pub(crate) fn referred_to(
        &self,
        text: &str,
        start: usize,
        references: &[Reference],
    ) -> Option<Reference> {
        let first = tokens(text).next()?;
        let text_before = text.get(..first.start)?;
        if text.trim_start().starts_with(['(', '（']) {
            let inside = text.trim_start_matches([' ', '(', '（']);
            let inside_start = start + text.len() - inside.len();
            let bracketed = references.iter().find(|one| one.span.start == inside_start);
            if let Some(reference) = bracketed {
                return Some(reference.clone());
            }
        }
        let is_close = !text_before.contains('\n')
            && text_before.chars().filter(|c| !c.is_whitespace()).count() <= 2;
        let classes = self.words.classes_of(first.of(text));
        let refers = classes.contains_any(&[WordClass::See, WordClass::By]);
        let reference = references.iter().find(|one| one.span.start >= start + first.end)?;
        let between = text.get(first.end..reference.span.start - start)?;
        let is_adjacent = between.trim_matches([' ', ':', '.', '\n', '\u{a0}']).is_empty();
        (is_close && refers && is_adjacent).then(|| reference.clone())
    }

    /// The claim of a verb with another record as its subject and this one as its object: *ADR-3
    /// supersedes this record*, *ADR-3 is superseded by this decision*.
    pub(super) fn mirrored_claim(
        &self,
        scene: &VerbScene<'_>,
        placed: PlacedVerb,
        assertion: Assertion,
    ) -> Option<VerbClaim> {
        let VerbScene { span, sentence, references } = *scene;
        let PlacedVerb { verb, kind, .. } = placed;
        if assertion.subject != Subject::Other || !assertion.is_asserted || !is_supersession(kind) {
            return None;
        }
        let subject =
            references.iter().rev().find(|one| one.span.end <= verb.start + span.start)?;
        let lead = sentence.text.get(subject.span.end - span.start..verb.start)?;
        if lead.contains(['.', ';', '(', ',', ':']) {
            return None;
        }
        let text_after = sentence.text.get(verb.end..).unwrap_or_default();
        let object_end =
            text_after.find(['.', ';', ',', '(', ':', '\n']).unwrap_or(text_after.len());
        let object = text_after.get(..object_end).unwrap_or_default();
        let object_span = Span::new(verb.end, verb.end + object.len()).shift(span.start);
        if references.iter().any(|one| object_span.overlaps(one.span)) {
            return None;
        }
        let kind = self.mirrored_kind(kind, lead, object)?;
        let assertion =
            Assertion { subject: Subject::This, is_asserted: true, names_subject: true };
        let references = vec![subject.clone()];
        let verb = verb.shift(span.start);
        Some(VerbClaim { verb, kind, references, assertion, is_direct: false })
    }

    /// The kind of a claim about this record, if this record is the object of a verb with the words `lead`
    /// before it.
    fn mirrored_kind(&self, kind: RelationKind, lead: &str, object: &str) -> Option<RelationKind> {
        let has_class = |text: &str, class: WordClass| {
            tokens(text).any(|token| self.words.has_class(token.of(text), class))
        };
        let is_by_this = has_class(lead, WordClass::By) && has_class(lead, WordClass::Record);
        let has_hereby = tokens(lead)
            .any(|token| HEREBY.iter().any(|word| token.of(lead).eq_ignore_ascii_case(word)));
        let is_object_this = has_class(object, WordClass::Record);
        if !(is_by_this || has_hereby && object.trim().is_empty() || is_object_this) {
            return None;
        }
        let kind = if is_by_this || has_hereby { RelationKind::SupersededBy } else { kind };
        let is_noun = |token: Span| {
            let no_nouns = [WordClass::Record, WordClass::Filler, WordClass::Of, WordClass::By];
            !self.words.classes_of(token.of(object)).contains_any(&no_nouns)
        };
        let inverse = kind.inverse();
        // *ADR-3 supersedes the tools of this record*
        Some(if tokens(object).any(is_noun) { partial(inverse) } else { inverse })
    }

    /// Adds the claims of passives that enclose their reference: `被 ADR-3 取代`, `durch ADR-3 ersetzt`.
    pub(super) fn add_passives(&self, scene: &VerbScene<'_>, claims: &mut Vec<VerbClaim>) {
        let VerbScene { span, sentence, references } = *scene;
        for (reference, mention) in references.iter().zip(sentence.mentions) {
            let Some((by, verb)) = self.passive_around(&sentence, mention) else { continue };
            let text_before = nearby_before(sentence.text, by.start).of(sentence.text);
            let is_after_part = tokens(text_before)
                .last()
                .is_some_and(|word| self.words.is_partial(word.of(text_before)));
            let assertion = sentence.assertion(by);
            let is_part = is_after_part || assertion.subject == Subject::Part;
            let kind = RelationKind::SupersededBy;
            claims.push(VerbClaim {
                verb: verb.shift(span.start),
                kind: if is_part { partial(kind) } else { kind },
                references: vec![reference.clone()],
                assertion,
                is_direct: sentence.is_whole_sentence(by, verb.end),
            });
        }
    }

    /// The *by* before and the verb after a reference that a passive encloses.
    fn passive_around(
        &self,
        sentence: &SentenceReader<'_>,
        mention: &RecordMention,
    ) -> Option<(Span, Span)> {
        // Only the words directly before the reference: a line can be very long.
        const MAX_LEAD: usize = 24;
        let reference = mention.span;
        let lead_start = sentence.text.ceil_char_boundary(reference.start.saturating_sub(MAX_LEAD));
        let lead = Span::new(lead_start.min(reference.start), reference.start);
        let written = lead.of(sentence.text).trim_end();
        let last_word = tokens(written).last()?;
        let by = if self.words.has_class(last_word.of(written), WordClass::By) {
            last_word
        } else {
            // Chinese is written without spaces between words.
            let (by_start, _) = written.char_indices().next_back().filter(|(_, c)| *c == '被')?;
            Span::new(by_start, written.len())
        };
        let text_after = sentence.text.get(reference.end..)?;
        let is_copula =
            |token: &Span| COPULAS.contains(&token.of(text_after).to_lowercase().as_str());
        let is_superseded = |token: &Span| {
            let word = token.of(text_after);
            let state = self.words.status(word);
            state.is_some_and(|state| state.is(Lifecycle::Superseded))
                || self.words.is_relation_key(word)
        };
        let mut next_words = tokens(text_after).take(3).take_while(|token| !is_copula(token));
        let verb = next_words.find(is_superseded)?;
        let is_in_clause =
            text_after.get(..verb.start).is_some_and(|text| !text.contains(['.', ',', '(']));
        is_in_clause.then(|| (by.shift(lead.start), verb.shift(reference.end)))
    }
}

/// The claim of a link with the verb at the beginning of its text: `[Superseded by ADR-3](0003-x.md)`.
pub(super) fn claim_of_link_text(
    scene: &VerbScene<'_>,
    verbs: &[(Span, RelationKind)],
) -> Option<VerbClaim> {
    let VerbScene { span, sentence, references } = *scene;
    let text = sentence.text;
    let start = first_word(text);
    let (verb, kind) = verbs.first().filter(|(verb, _)| verb.start == start)?;
    if is_quoted(text, *verb) || !is_supersession(*kind) {
        return None;
    }
    let verb = verb.shift(span.start);
    let is_link_around_verb =
        |one: &&Reference| one.destination.is_some() && one.span.contains(verb);
    let reference = references.iter().find(is_link_around_verb)?;
    Some(VerbClaim::of_record(verb, *kind, reference))
}
