//! The claims of verbs in a text: which references each governs, whom it is about, and whether the text
//! claims it at all. Status and relations are two views of them.

use super::choice::choice_start;
use super::claim::is_supersession;
use super::nothing::names_nothing;
use super::passage::{Passage, QUOTES, Unit};
use super::phrase::tokens;
use super::reach::is_noun;
use super::reference;
use super::relation::Reader;
use super::stance::{Around, Named, Stance, Subject, near_before, near_behind};
use super::voices::titled;
use super::words::Says;
use crate::model::{Lifecycle, Reference, RelationKind};
use crate::text::Span;

/// A verb of a text with the references that it governs, in view of its subject and of denials.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    /// The words of the verb.
    pub verb: Span,
    pub kind: RelationKind,
    /// Empty where the verb is the last word before a list, or names no record.
    pub references: Vec<Reference>,
    pub stance: Stance,
    /// See [`Relation::is_direct`](crate::model::Relation::is_direct).
    pub is_direct: bool,
}

/// The claims of one unit of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims {
    pub all: Vec<Claimed>,
    /// The verb whose references are in the list below.
    pub open: Option<RelationKind>,
}

impl Claimed {
    /// What the record says of itself as a whole, in a sentence of its own.
    pub(super) fn of_record(verb: Span, kind: RelationKind, reference: &Reference) -> Self {
        let stance = Stance { subject: Subject::This, is_claimed: true, is_named: false };
        Self { verb, kind, references: vec![reference.clone()], stance, is_direct: true }
    }
}

/// A part of a passage in which verbs are looked at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The part, as bytes of the text.
    pub span: Span,
    pub around: Around<'a>,
    /// Those of `around`, in the same order, with places in the text.
    pub references: &'a [Reference],
}

/// A verb in a part of a passage.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    /// The verb, as bytes of the part.
    pub verb: Span,
    pub kind: RelationKind,
    /// Where its reach ends, as bytes of the text.
    pub end: usize,
}

/// Where in a paragraph a verb makes a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbs {
    /// In any sentence.
    Anywhere,
    /// At its beginning.
    Leading,
}

impl Reader<'_> {
    /// The claims of one unit; a choice that was not made makes none.
    pub(super) fn of_unit(&self, passage: &Passage<'_>, unit: Unit, places: Verbs) -> Claims {
        let end = choice_start(passage.bare(unit.span), self.words);
        let made = Span::new(unit.span.start, unit.span.start + end);
        if end == 0 { Claims::default() } else { self.claims(passage, made, places) }
    }

    /// The claims of the verbs in the bytes of `span`, a part of the passage.
    pub(super) fn claims(&self, passage: &Passage<'_>, span: Span, places: Verbs) -> Claims {
        let bare = passage.bare(span);
        let verbs: Vec<(Span, RelationKind)> = self.words.relations_in(bare).collect();
        let mut claims = Claims::default();
        if verbs.is_empty() && !self.states_superseded(bare) && bare.is_ascii() {
            return claims;
        }
        let mut references = self.find(span);
        references.retain(|one| !passage.is_dead(one.span));
        let named: Vec<Named> = self.named(&references, span.start);
        let around = Around { bare, references: &named, words: self.words };
        let scene = Scene { span, around, references: &references };
        titled(&scene, &verbs, &mut claims.all);
        let verbs: Vec<_> = verbs
            .into_iter()
            .filter(|(at, _)| !named.iter().any(|r| r.span.contains(*at)))
            .filter(|(at, _)| !(is_bare(at.of(bare)) && around.describes_noun(*at)))
            .collect();
        for (index, (verb, kind)) in verbs.iter().enumerate() {
            let end = verbs.get(index + 1).map_or(span.end, |(next, _)| next.start + span.start);
            let place = Placed { verb: *verb, kind: *kind, end };
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

    /// The places of the references in a part of a passage, as bytes of the part.
    pub(super) fn places_in(&self, passage: &Passage<'_>, span: Span) -> Vec<Named> {
        let bytes = passage.bare(span).bytes();
        // A reference is a link or has a number, or is one of the few slugs.
        if !span.of(self.text).contains('[') && !bytes.into_iter().any(|byte| byte.is_ascii_digit())
        {
            return vec![];
        }
        self.named(&self.find(span), span.start)
    }

    /// The references as places of a text that begins at `start`.
    fn named(&self, references: &[Reference], start: usize) -> Vec<Named> {
        let place = |one: &Reference| {
            let (from, to) = (one.span.start.saturating_sub(start), one.span.end - start);
            Named { span: Span::new(from, to), is_own: self.own.is_named_by(one) }
        };
        references.iter().map(place).collect()
    }

    /// Adds the claim of one verb; returns its kind where the references are in the list below.
    fn claim(
        &self,
        scene: &Scene<'_>,
        (place, places): (Placed, Verbs),
        found: &mut Vec<Claimed>,
    ) -> Option<RelationKind> {
        let Scene { span, around, references } = *scene;
        let Placed { verb, kind, end } = place;
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
            let stance = Stance { is_claimed: false, ..stance };
            found.push(Claimed { verb: at, kind, references: vec![], stance, is_direct: false });
            return None;
        }
        let mut own = reference::numbers(self.text, behind);
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
            references.extend(reference::more_numbers(self.text, rest));
        }
        let end = references.last().map_or(at.end, |last| last.span.end) - span.start;
        let is_direct = around.is_whole_sentence(verb, end);
        found.push(Claimed { verb: at, kind, references, stance, is_direct });
        None
    }

    /// The kind of a verb that lacks its *by*, in view of its subject: *This record superseded ADR-3*.
    fn directed(
        &self,
        around: &Around<'_>,
        verb: Span,
        kind: RelationKind,
        (between, stance): (&str, Stance),
    ) -> RelationKind {
        let near = near_before(around.bare, verb.start).of(around.bare);
        let last = tokens(near).last().map(|last| last.of(near).to_lowercase());
        let passive = last.is_some_and(|last| COPULAS.contains(&last.as_str()));
        // *We superseded this with ADR-3* is no claim to have superseded ADR-3.
        let has_object =
            tokens(between).any(|token| self.words.says(token.of(between), Says::Record));
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
fn counts_in_prose(around: &Around<'_>, verb: Span, kind: RelationKind, places: Verbs) -> bool {
    let written = verb.of(around.bare);
    let ends_by = || written.to_lowercase().ends_with("by");
    let is_active = || {
        let stance = around.stance(verb);
        stance.is_named && stance.subject == Subject::This
    };
    let is_passive_of_other = || around.stance(verb).subject == Subject::Other;
    places == Verbs::Anywhere
        && (is_supersession(kind) || ends_by())
        && (!is_bare(written) || is_active() || is_passive_of_other())
}

/// Words before a passive.
pub(super) const COPULAS: [&str; 12] =
    ["is", "are", "was", "were", "been", "be", "being", "ist", "wurde", "wurden", "worden", "sind"];

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
pub(super) fn is_bare(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-'])
        && (verb.ends_with("eded") || verb == "replacement" || verb == "replaced")
}

/// Whether the verb is quoted, and so said of another record: *its status becomes "Superseded by ADR-2"*.
/// What is quoted as a whole is no quotation.
pub(super) fn is_quoted(bare: &str, verb: Span) -> bool {
    const CLOSE: [char; 7] = ['"', '”', '“', '»', '」', '』', '’'];
    let before = near_before(bare, verb.start).of(bare);
    let Some(open) = before.rfind(QUOTES) else { return false };
    let mark = before.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('"');
    let inside = before.get(open + mark.len_utf8()..).unwrap_or_default();
    // Quotation marks that look alike open and close in turn.
    let is_even = mark == '"' && before.matches('"').count().is_multiple_of(2);
    if is_even || inside.contains(CLOSE) || tokens(inside).nth(3).is_some() {
        return false;
    }
    let behind = near_behind(bare, verb.end);
    let Some(close) = behind.find(CLOSE) else { return false };
    let outside = behind.get(close..).unwrap_or_default();
    tokens(before.get(..open).unwrap_or_default()).nth(1).is_some()
        || tokens(outside).nth(1).is_some()
}
