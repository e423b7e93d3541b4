//! UnitClaims whose verb is not between its subject and its reference: passives around a reference,
//! `durch ADR-3 ersetzt`; verbs behind their object, `ADR-3 を置き換える`; records that are the subject of a
//! sentence about this one; links whose words are the verb; and *Superseded, see ADR-3*.

use super::assertion::{Assertion, RecordMention, SentenceReader, Subject, near_before};
use super::reader::StatementReader;
use super::relation_claim::{is_supersession, partial};
use super::verb::{COPULAS, is_quoted};
use super::verb_claim::{PlacedVerb, VerbClaim, VerbScene};
use crate::format::words::{WordClass, first_word, tokens};
use crate::model::{Lifecycle, Reference, RelationKind};
use crate::text::Span;

/// Words that say that a record does something by itself.
const HEREBY: [&str; 4] = ["hereby", "hiermit", "herewith", "damit"];

impl StatementReader<'_> {
    /// Adds the claims of verbs that follow their object: `ADR-3 を置き換える`.
    pub(crate) fn objects_first(&self, scene: &VerbScene<'_>, found: &mut Vec<VerbClaim>) {
        let VerbScene { span, around, references } = *scene;
        for (one, named) in references.iter().zip(around.references) {
            let behind = around.bare.get(named.span.end..).unwrap_or_default();
            let Some(kind) = self.words.relation_after_object(behind) else { continue };
            let verb = Span::new(named.span.end, around.bare.len()).shift(span.start);
            found.push(VerbClaim::of_record(verb, kind, one));
        }
    }

    /// Adds the claim of a state that a reference follows: *Superseded, see ADR-3*.
    pub(crate) fn follow_ups(&self, scene: &VerbScene<'_>, found: &mut Vec<VerbClaim>) {
        let VerbScene { span, around, references } = *scene;
        let bare = around.bare;
        let first = self.words.first_status(bare);
        let leads = first.filter(|(_, state)| state.is(Lifecycle::Superseded));
        let Some((at, _)) = leads.filter(|(at, _)| !is_quoted(bare, *at)) else { return };
        if found
            .iter()
            .any(|one| one.kind == RelationKind::SupersededBy && !one.references.is_empty())
        {
            return;
        }
        let behind = bare.get(at.end..).unwrap_or_default();
        if let Some(reference) = self.seen(behind, at.end + span.start, references) {
            let verb = at.shift(span.start);
            found
                .retain(|one| one.verb.start != verb.start && !one.references.contains(&reference));
            found.push(VerbClaim::of_record(verb, RelationKind::SupersededBy, &reference));
        }
    }

    /// The reference that follows at once a word such as *see* or *by*, which begins the text at the byte
    /// `start`.
    pub(crate) fn seen(
        &self,
        text: &str,
        start: usize,
        references: &[Reference],
    ) -> Option<Reference> {
        let mut all = tokens(text);
        let first = all.next()?;
        let word = first.of(text);
        let gap = text.get(..first.start)?;
        let is_close =
            !gap.contains('\n') && gap.chars().filter(|c| !c.is_whitespace()).count() <= 2;
        let from = start + text.len() - text.trim_start_matches([' ', '(', '（']).len();
        if text.trim_start().starts_with(['(', '（'])
            && let Some(reference) = references.iter().find(|one| one.span.start == from)
        {
            return Some(reference.clone());
        }
        let sees =
            self.words.has_class(word, WordClass::See) || self.words.has_class(word, WordClass::By);
        let from = start + first.end;
        let reference = references.iter().find(|one| one.span.start >= from)?;
        let between = text.get(first.end..reference.span.start - start)?;
        let marks = [' ', ':', '.', '\n', '\u{a0}'];
        (is_close && sees && between.trim_matches(marks).is_empty()).then(|| reference.clone())
    }

    /// The claim of a verb whose subject is another record, and whose object is this one: *ADR-3
    /// supersedes this record*, *ADR-3 is superseded by this decision*.
    pub(crate) fn mirrored(
        &self,
        scene: &VerbScene<'_>,
        place: PlacedVerb,
        stance: Assertion,
    ) -> Option<VerbClaim> {
        let VerbScene { span, around, references } = *scene;
        let PlacedVerb { verb, kind, .. } = place;
        if stance.subject != Subject::Other || !stance.is_claimed || !is_supersession(kind) {
            return None;
        }
        let other = references.iter().rev().find(|one| one.span.end <= verb.start + span.start)?;
        let lead = around.bare.get(other.span.end - span.start..verb.start)?;
        if lead.contains(['.', ';', '(', ',', ':']) {
            return None;
        }
        let says = |text: &str, says: WordClass| {
            tokens(text).any(|token| self.words.has_class(token.of(text), says))
        };
        let behind = around.bare.get(verb.end..).unwrap_or_default();
        let end = behind.find(['.', ';', ',', '(', ':', '\n']).unwrap_or(behind.len());
        let object = behind.get(..end).unwrap_or_default();
        let place = Span::new(verb.end, verb.end + object.len()).shift(span.start);
        if references.iter().any(|one| place.overlaps(one.span)) {
            return None;
        }
        let by_this = says(lead, WordClass::By) && says(lead, WordClass::Record);
        let hereby = tokens(lead)
            .any(|token| HEREBY.iter().any(|word| token.of(lead).eq_ignore_ascii_case(word)));
        if !(by_this || hereby && object.trim().is_empty() || says(object, WordClass::Record)) {
            return None;
        }
        let kind = if by_this || hereby { RelationKind::SupersededBy } else { kind };
        let nouns = tokens(object).filter(|token| {
            let known = self.words.classes_of(token.of(object));
            ![WordClass::Record, WordClass::Filler, WordClass::Of, WordClass::By]
                .iter()
                .any(|says| known.contains(*says))
        });
        let inverse = kind.inverse();
        let kind = if nouns.count() > 0 { partial(inverse) } else { inverse };
        let stance = Assertion { subject: Subject::This, is_claimed: true, is_named: true };
        let references = vec![other.clone()];
        let verb = verb.shift(span.start);
        Some(VerbClaim { verb, kind, references, stance, is_direct: false })
    }

    /// Adds the claims of passives that enclose their reference: `被 ADR-3 取代`, `durch ADR-3 ersetzt`.
    pub(crate) fn passives(&self, scene: &VerbScene<'_>, found: &mut Vec<VerbClaim>) {
        let VerbScene { span, around, references } = *scene;
        for (one, named) in references.iter().zip(around.references) {
            let Some((by, verb)) = self.passive(&around, named) else { continue };
            let lead = near_before(around.bare, by.start).of(around.bare);
            let part = tokens(lead).last().is_some_and(|word| self.words.is_partial(word.of(lead)));
            let stance = around.stance(by);
            let is_part = part || stance.subject == Subject::Part;
            let kind = RelationKind::SupersededBy;
            let kind = if is_part { partial(kind) } else { kind };
            let references = vec![one.clone()];
            let is_direct = around.is_whole_sentence(by, verb.end);
            let verb = verb.shift(span.start);
            found.push(VerbClaim { verb, kind, references, stance, is_direct });
        }
    }

    /// The word before and the verb behind a reference that a passive encloses.
    fn passive(&self, around: &SentenceReader<'_>, named: &RecordMention) -> Option<(Span, Span)> {
        // The words at once before it, as a line may have no end.
        let start = around.bare.ceil_char_boundary(named.span.start.saturating_sub(24));
        let lead = Span::new(start.min(named.span.start), named.span.start);
        let written = lead.of(around.bare).trim_end();
        let last = tokens(written).last()?;
        let by = if self.words.has_class(last.of(written), WordClass::By) {
            last
        } else {
            let by = written.char_indices().next_back().filter(|(_, c)| *c == '被')?.0;
            Span::new(by, written.len())
        };
        let behind = around.bare.get(named.span.end..)?;
        let mut next = tokens(behind)
            .take(3)
            .take_while(|token| !COPULAS.contains(&token.of(behind).to_lowercase().as_str()));
        let is_near =
            |verb: &Span| behind.get(..verb.start).is_some_and(|b| !b.contains(['.', ',', '(']));
        let verb = next.find(|verb| {
            let word = verb.of(behind);
            let state = self.words.status(word);
            state.is_some_and(|state| state.is(Lifecycle::Superseded))
                || self.words.is_relation_key(word)
        })?;
        is_near(&verb).then(|| (by.shift(lead.start), verb.shift(named.span.end)))
    }
}

/// Adds the claim of a link whose words are the verb: `[Superseded by ADR-3](0003-x.md)`.
pub(crate) fn titled(
    scene: &VerbScene<'_>,
    verbs: &[(Span, RelationKind)],
    found: &mut Vec<VerbClaim>,
) {
    let VerbScene { span, around, references } = *scene;
    let bare = around.bare;
    let start = first_word(bare);
    let leads = verbs.first().filter(|(verb, _)| verb.start == start);
    let Some((verb, kind)) = leads.filter(|(verb, _)| !is_quoted(bare, *verb)) else {
        return;
    };
    let at = verb.shift(span.start);
    let holds = |one: &&Reference| one.destination.is_some() && one.span.contains(at);
    if let Some(reference) = references.iter().find(holds).filter(|_| is_supersession(*kind)) {
        found.push(VerbClaim::of_record(at, *kind, reference));
    }
}
