//! The claims of verbs in a text: which references each governs, whom it is about, and whether the text
//! claims it at all. Status and relations are two views of them.

use super::assertion::{
    Assertion, RecordMention, SentenceReader, Subject, near_before, near_behind,
};
use super::open_choice::choice_start;
use super::passage::{Passage, Unit};
use super::reader::StatementReader;
use super::relation_claim::is_supersession;
use super::verb::{COPULAS, is_bare, is_noun, is_quoted};
use super::verb_claim::{PlacedVerb, UnitClaims, VerbClaim, VerbScene};
use super::word_order::titled;
use crate::format::references::{joined_numbers, leading_numbers};
use crate::format::words::{WordClass, names_nothing, tokens};
use crate::model::{Lifecycle, RelationKind};
use crate::text::Span;

/// Where in a paragraph a verb makes a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum VerbPosition {
    /// In any sentence.
    Anywhere,
    /// At its beginning.
    Leading,
}

impl StatementReader<'_> {
    /// The claims of one unit; a choice that was not made makes none.
    pub(crate) fn of_unit(
        &self,
        passage: &Passage<'_>,
        unit: Unit,
        places: VerbPosition,
    ) -> UnitClaims {
        let end = choice_start(passage.bare(unit.span), self.words);
        let made = Span::new(unit.span.start, unit.span.start + end);
        if end == 0 { UnitClaims::default() } else { self.claims(passage, made, places) }
    }

    /// The claims of the verbs in the bytes of `span`, a part of the passage.
    pub(crate) fn claims(
        &self,
        passage: &Passage<'_>,
        span: Span,
        places: VerbPosition,
    ) -> UnitClaims {
        let bare = passage.bare(span);
        let verbs: Vec<(Span, RelationKind)> = self.words.relations_in(bare).collect();
        let mut claims = UnitClaims::default();
        if verbs.is_empty() && !self.states_superseded(bare) && bare.is_ascii() {
            return claims;
        }
        let mut references = self.find(span);
        references.retain(|one| !passage.is_dead(one.span));
        let named: Vec<RecordMention> = self.named(&references, span.start);
        let around = SentenceReader { bare, references: &named, words: self.words };
        let scene = VerbScene { span, around, references: &references };
        titled(&scene, &verbs, &mut claims.all);
        let verbs: Vec<_> = verbs
            .into_iter()
            .filter(|(at, _)| !named.iter().any(|r| r.span.contains(*at)))
            .filter(|(at, _)| !(is_bare(at.of(bare)) && around.describes_noun(*at)))
            .collect();
        for (index, (verb, kind)) in verbs.iter().enumerate() {
            let end = verbs.get(index + 1).map_or(span.end, |(next, _)| next.start + span.start);
            let place = PlacedVerb { verb: *verb, kind: *kind, end };
            claims.open = self.claim(&scene, (place, places), &mut claims.all);
        }
        self.passives(&scene, &mut claims.all);
        self.follow_ups(&scene, &mut claims.all);
        self.objects_first(&scene, &mut claims.all);
        claims
    }

    fn states_superseded(&self, bare: &str) -> bool {
        self.words.statuses_in(bare).iter().any(|(_, state)| state.is(Lifecycle::Superseded))
    }

    /// Adds the claim of one verb; returns its kind where the references are in the list below.
    fn claim(
        &self,
        scene: &VerbScene<'_>,
        (place, places): (PlacedVerb, VerbPosition),
        found: &mut Vec<VerbClaim>,
    ) -> Option<RelationKind> {
        let VerbScene { span, around, references } = *scene;
        let PlacedVerb { verb, kind, end } = place;
        let leads = tokens(around.bare.get(..verb.start).unwrap_or_default()).nth(1).is_none();
        if is_quoted(around.bare, verb) || !(leads || counts_in_prose(&around, verb, kind, places))
        {
            return None;
        }
        let at = verb.shift(span.start);
        let behind = Span::new(at.end, end);
        let stance = around.stance(verb);
        let nothing = Span::new(verb.end, behind.end - span.start).of(around.bare);
        let value = nothing.trim_start().trim_start_matches([':', '：']).trim();
        let is_value = tokens(value).next().is_some() || value.contains(['-', '–', '—']);
        if is_value
            && names_nothing(value, self.words)
            && !self.begins_with_link(behind.trim(self.text))
        {
            let stance = Assertion { is_claimed: false, ..stance };
            found.push(VerbClaim { verb: at, kind, references: vec![], stance, is_direct: false });
            return None;
        }
        let mut own = leading_numbers(self.text, behind);
        if own.is_empty() {
            own.extend(references.iter().filter(|r| behind.contains(r.span)).cloned());
        }
        if !leads {
            own.retain(|one| !self.own.is_named_by(one));
        }
        if let Some(mirrored) = self.mirrored(scene, place, stance) {
            found.push(mirrored);
            return None;
        }
        let Some(first) = own.first() else {
            let awaits = leads && stance.is_own() && self.awaits_list(around.bare, verb, nothing);
            return awaits.then_some(kind);
        };
        let between = around.bare.get(verb.end..first.span.start - span.start).unwrap_or_default();
        let kind = self.directed(&around, verb, kind, (between, stance));
        let kind = self.governed(&around, verb, kind, (between, stance))?;
        let ends = || around.ends_sentence(near_behind(around.bare, first.span.end - span.start));
        if is_noun(verb.of(around.bare)) && !ends() {
            return None;
        }
        let mut references = self.joined(kind, first.span.start, own);
        if let Some(last) = references.last() {
            let rest = Span::new(last.span.end, behind.end);
            references.extend(joined_numbers(self.text, rest));
        }
        let end = references.last().map_or(at.end, |last| last.span.end) - span.start;
        let is_direct = around.is_whole_sentence(verb, end);
        found.push(VerbClaim { verb: at, kind, references, stance, is_direct });
        None
    }

    /// The kind of a verb that lacks its *by*, in view of its subject: *This record superseded ADR-3*.
    fn directed(
        &self,
        around: &SentenceReader<'_>,
        verb: Span,
        kind: RelationKind,
        (between, stance): (&str, Assertion),
    ) -> RelationKind {
        let near = near_before(around.bare, verb.start).of(around.bare);
        let last = tokens(near).last().map(|last| last.of(near).to_lowercase());
        let passive = last.is_some_and(|last| COPULAS.contains(&last.as_str()));
        // *We superseded this with ADR-3* is no claim to have superseded ADR-3.
        let has_object =
            tokens(between).any(|token| self.words.has_class(token.of(between), WordClass::Record));
        let active = is_bare(verb.of(around.bare))
            && stance.is_named
            && stance.subject == Subject::This
            && !passive
            && !has_object
            && !self.ends_by(between);
        if active && kind == RelationKind::SupersededBy { RelationKind::Supersedes } else { kind }
    }
}

/// Whether a verb that is not the first word of its unit makes a claim.
fn counts_in_prose(
    around: &SentenceReader<'_>,
    verb: Span,
    kind: RelationKind,
    places: VerbPosition,
) -> bool {
    let written = verb.of(around.bare);
    let ends_by = || written.to_lowercase().ends_with("by");
    let is_active = || {
        let stance = around.stance(verb);
        stance.is_named && stance.subject == Subject::This
    };
    let is_passive_of_other = || around.stance(verb).subject == Subject::Other;
    places == VerbPosition::Anywhere
        && (is_supersession(kind) || ends_by())
        && (!is_bare(written) || is_active() || is_passive_of_other())
}
