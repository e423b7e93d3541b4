//! Reads the claims of the verbs in a text: the references of each verb, its subject, and whether the text
//! asserts it. Status and relations are two views of these claims.

use super::assertion::{Assertion, SentenceReader, Subject};
use super::claimed_relation::is_supersession;
use super::clause::{nearby_after, nearby_before};
use super::open_choice::choice_start;
use super::passage::{Passage, Unit};
use super::reader::StatementReader;
use super::verb::{COPULAS, is_noun, is_quoted, lacks_by};
use super::verb_claim::{PlacedVerb, UnitClaims, VerbClaim, VerbScene};
use super::verb_scope::VerbLink;
use super::word_order::claim_of_link_text;
use crate::format::references::{joined_numbers, leading_numbers};
use crate::format::words::{WordClass, names_nothing, tokens};
use crate::model::{Lifecycle, Reference, RelationKind};
use crate::text::Span;

/// The place in a paragraph in which a verb makes a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum VerbPosition {
    /// Any sentence.
    Anywhere,
    /// The beginning of the paragraph.
    Leading,
}

impl StatementReader<'_> {
    /// The claims of one unit. An open choice between statuses makes none.
    pub(crate) fn claims_of_unit(
        &self,
        passage: &Passage<'_>,
        unit: Unit,
        position: VerbPosition,
    ) -> UnitClaims {
        let choice_start = choice_start(passage.plain_text(unit.span), self.words);
        if choice_start == 0 {
            return UnitClaims::default();
        }
        let span = Span::new(unit.span.start, unit.span.start + choice_start);
        self.claims(passage, span, position)
    }

    /// The claims of the verbs in the bytes of `span`, a part of the passage.
    pub(crate) fn claims(
        &self,
        passage: &Passage<'_>,
        span: Span,
        position: VerbPosition,
    ) -> UnitClaims {
        let text = passage.plain_text(span);
        let all_verbs: Vec<(Span, RelationKind)> = self.words.relations_in(text).collect();
        let mut unit_claims = UnitClaims::default();
        // Only languages that are not written in ASCII have verbs that the scan for words does not find.
        if all_verbs.is_empty() && !self.states_superseded(text) && text.is_ascii() {
            return unit_claims;
        }
        let mut references = self.references_in(span);
        references.retain(|reference| !passage.is_ignored(reference.span));
        let mentions = self.mentions(&references, span.start);
        let sentence = SentenceReader { text, mentions: &mentions, words: self.words };
        let scene = VerbScene { span, sentence, references: &references };
        unit_claims.claims.extend(claim_of_link_text(&scene, &all_verbs));
        let is_in_mention = |verb: Span| mentions.iter().any(|mention| mention.span.contains(verb));
        let is_adjective = |verb: Span| lacks_by(verb.of(text)) && sentence.describes_noun(verb);
        let verbs: Vec<_> = all_verbs
            .into_iter()
            .filter(|(verb, _)| !is_in_mention(*verb) && !is_adjective(*verb))
            .collect();
        for (index, (verb, kind)) in verbs.iter().enumerate() {
            // Each verb reaches up to the next one.
            let next_verb = verbs.get(index + 1);
            let scope_end = next_verb.map_or(span.end, |(next, _)| next.start + span.start);
            let placed = PlacedVerb { verb: *verb, kind: *kind, scope_end };
            unit_claims.kind_of_list =
                self.claim(&scene, placed, position, &mut unit_claims.claims);
        }
        self.add_passives(&scene, &mut unit_claims.claims);
        self.add_follow_up(&scene, &mut unit_claims.claims);
        self.add_verbs_after_objects(&scene, &mut unit_claims.claims);
        unit_claims
    }

    fn states_superseded(&self, text: &str) -> bool {
        self.words.statuses_in(text).iter().any(|(_, state)| state.is(Lifecycle::Superseded))
    }

    /// Adds the claim of one verb. Returns its kind if its references are in the list below.
    fn claim(
        &self,
        scene: &VerbScene<'_>,
        placed: PlacedVerb,
        position: VerbPosition,
        claims: &mut Vec<VerbClaim>,
    ) -> Option<RelationKind> {
        let VerbScene { span, sentence, .. } = *scene;
        let PlacedVerb { verb, kind, scope_end } = placed;
        let leads = tokens(sentence.text.get(..verb.start).unwrap_or_default()).nth(1).is_none();
        if is_quoted(sentence.text, verb)
            || !(leads || counts_in_prose(&sentence, verb, kind, position))
        {
            return None;
        }
        let verb_in_text = verb.shift(span.start);
        let scope = Span::new(verb_in_text.end, scope_end);
        let assertion = sentence.assertion(verb);
        let scope_text = Span::new(verb.end, scope.end - span.start).of(sentence.text);
        if self.is_empty_value(scope_text, scope) {
            let assertion = Assertion { is_asserted: false, ..assertion };
            let references = vec![];
            claims.push(VerbClaim {
                verb: verb_in_text,
                kind,
                references,
                assertion,
                is_direct: false,
            });
            return None;
        }
        if let Some(mirrored) = self.mirrored_claim(scene, placed, assertion) {
            claims.push(mirrored);
            return None;
        }
        let references = self.references_in_scope(scene, scope, leads);
        if references.is_empty() {
            let awaits_list = leads
                && assertion.is_about_own_record()
                && self.awaits_list(sentence.text, verb, scope_text);
            return awaits_list.then_some(kind);
        }
        claims.extend(self.claim_about(scene, placed, assertion, references));
        None
    }

    /// The claim of a verb about `references`, which are in its scope, if it reaches the first of them.
    fn claim_about(
        &self,
        scene: &VerbScene<'_>,
        placed: PlacedVerb,
        assertion: Assertion,
        references: Vec<Reference>,
    ) -> Option<VerbClaim> {
        let VerbScene { span, sentence, .. } = *scene;
        let PlacedVerb { verb, kind, scope_end } = placed;
        let first = references.first()?.span;
        let between = sentence.text.get(verb.end..first.start - span.start).unwrap_or_default();
        let link = VerbLink { verb, between, assertion };
        let kind = self.kind_in_view_of_subject(&sentence, link, kind);
        let kind = self.kind_if_reached(&sentence, link, kind)?;
        let ends_sentence = || {
            let after_reference = nearby_after(sentence.text, first.end - span.start);
            sentence.ends_sentence(after_reference)
        };
        if is_noun(verb.of(sentence.text)) && !ends_sentence() {
            return None;
        }
        let mut references = self.joined_references(kind, first.start, references);
        if let Some(last) = references.last() {
            let remaining_scope = Span::new(last.span.end, scope_end);
            references.extend(joined_numbers(self.text, remaining_scope));
        }
        let verb_in_text = verb.shift(span.start);
        let claim_end = references.last().map_or(verb_in_text.end, |last| last.span.end);
        let is_direct = sentence.is_whole_sentence(verb, claim_end - span.start);
        Some(VerbClaim { verb: verb_in_text, kind, references, assertion, is_direct })
    }

    /// Whether the text after a verb is a value that names no record.
    fn is_empty_value(&self, scope_text: &str, scope: Span) -> bool {
        let value = scope_text.trim_start().trim_start_matches([':', '：']).trim();
        let is_value = tokens(value).next().is_some() || value.contains(['-', '–', '—']);
        is_value
            && names_nothing(value, self.words)
            && !self.begins_with_link(scope.trim(self.text))
    }

    /// The references in the scope of a verb. If words precede the verb, those to the record itself do not
    /// count.
    fn references_in_scope(
        &self,
        scene: &VerbScene<'_>,
        scope: Span,
        leads: bool,
    ) -> Vec<Reference> {
        let mut references = leading_numbers(self.text, scope);
        if references.is_empty() {
            let in_scope = scene.references.iter().filter(|one| scope.contains(one.span));
            references.extend(in_scope.cloned());
        }
        if !leads {
            references.retain(|reference| !self.own_names.are_in(reference));
        }
        references
    }

    /// The kind of a verb that lacks its *by*, in view of its subject: *This record superseded ADR-3*.
    fn kind_in_view_of_subject(
        &self,
        sentence: &SentenceReader<'_>,
        link: VerbLink<'_>,
        kind: RelationKind,
    ) -> RelationKind {
        let VerbLink { verb, between, assertion } = link;
        let text_before = nearby_before(sentence.text, verb.start).of(sentence.text);
        let preceding_word =
            tokens(text_before).last().map(|last| last.of(text_before).to_lowercase());
        let is_passive = preceding_word.is_some_and(|word| COPULAS.contains(&word.as_str()));
        // *We superseded this with ADR-3* does not claim to supersede ADR-3.
        let has_object =
            tokens(between).any(|token| self.words.has_class(token.of(between), WordClass::Record));
        let is_active = lacks_by(verb.of(sentence.text))
            && assertion.names_subject
            && assertion.subject == Subject::This
            && !is_passive
            && !has_object
            && !self.ends_in_by(between);
        if is_active && kind == RelationKind::SupersededBy {
            RelationKind::Supersedes
        } else {
            kind
        }
    }
}

/// Whether a verb that is not the first word of its unit makes a claim.
fn counts_in_prose(
    sentence: &SentenceReader<'_>,
    verb: Span,
    kind: RelationKind,
    position: VerbPosition,
) -> bool {
    let written = verb.of(sentence.text);
    let ends_in_by = || written.to_lowercase().ends_with("by");
    let has_clear_subject = || {
        let assertion = sentence.assertion(verb);
        assertion.subject == Subject::Other
            || assertion.subject == Subject::This && assertion.names_subject
    };
    position == VerbPosition::Anywhere
        && (is_supersession(kind) || ends_in_by())
        && (!lacks_by(written) || has_clear_subject())
}
