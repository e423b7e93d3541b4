//! The claims of verbs in a text: which references each governs, whom it is about, and whether the text
//! claims it at all. Status and relations are two views of them.

use super::choice::is_unmade_choice;
use super::claim::{is_supersession, partial};
use super::nothing::names_nothing;
use super::passage::{Passage, QUOTES, Unit};
use super::phrase::tokens;
use super::reference;
use super::relation::Reader;
use super::remark::ends_reach;
use super::stance::{Around, Named, Stance, Subject};
use super::words::Says;
use crate::model::{Lifecycle, Reference, RelationKind};
use crate::text::Span;

/// A verb of a text with the references that it governs, in view of its subject and of denials.
#[derive(Debug)]
pub(super) struct Claimed {
    /// The words of the verb.
    pub verb: Span,
    pub kind: RelationKind,
    /// Empty where the verb is the last word before a list, or names no record.
    pub references: Vec<Reference>,
    pub stance: Stance,
    /// See [`Relation::is_direct`].
    pub is_direct: bool,
}

/// The claims of one unit of a text.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub all: Vec<Claimed>,
    /// The verb whose references are in the list below.
    pub open: Option<RelationKind>,
}

/// A verb in a part of a passage.
#[derive(Clone, Copy)]
struct Placed {
    /// The part, as bytes of the text.
    span: Span,
    /// The verb, as bytes of the part.
    verb: Span,
    kind: RelationKind,
    /// Where its reach ends, as bytes of the text.
    end: usize,
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
        if is_unmade_choice(passage.bare(unit.span), self.words) {
            return Claims::default();
        }
        self.claims(passage, unit.span, places)
    }

    /// The claims of the verbs in the bytes of `span`, a part of the passage.
    pub(super) fn claims(&self, passage: &Passage<'_>, span: Span, places: Verbs) -> Claims {
        let bare = passage.bare(span);
        let verbs: Vec<(Span, RelationKind)> = self.words.relations_in(bare).collect();
        let mut claims = Claims::default();
        if verbs.is_empty() {
            return claims;
        }
        let mut references = self.find(span);
        references.retain(|one| !passage.is_dead(one.span));
        let named: Vec<Named> = self.named(&references, span.start);
        let around = Around { bare, references: &named, words: self.words };
        let verbs: Vec<_> = verbs
            .into_iter()
            .filter(|(at, _)| !named.iter().any(|r| r.span.contains(*at)))
            .collect();
        for (index, (verb, kind)) in verbs.iter().enumerate() {
            let end = verbs.get(index + 1).map_or(span.end, |(next, _)| next.start + span.start);
            let place = Placed { span, verb: *verb, kind: *kind, end };
            claims.open = self.claim(&around, place, &references, places, &mut claims.all);
        }
        self.passives(&around, span, &references, &mut claims.all);
        claims
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
        around: &Around<'_>,
        place: Placed,
        references: &[Reference],
        places: Verbs,
        found: &mut Vec<Claimed>,
    ) -> Option<RelationKind> {
        let Placed { span, verb, kind, end } = place;
        let leads = tokens(around.bare.get(..verb.start).unwrap_or_default()).nth(1).is_none();
        if !(leads || self.counts_in_prose(around, verb, kind, places)) {
            return None;
        }
        let at = verb.shift(span.start);
        let behind = Span::new(at.end, end);
        let stance = around.stance(verb);
        let nothing = Span::new(verb.end, behind.end - span.start).of(around.bare);
        let value = nothing.trim_start().trim_start_matches([':', '：']).trim();
        if !value.trim_end_matches('.').is_empty()
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
        let Some(first) = own.first() else {
            let awaits = leads && stance.is_own() && self.awaits_list(around.bare, verb, nothing);
            return awaits.then_some(kind);
        };
        let between = Span::new(at.end, first.span.start);
        let bare = between.shift(0);
        let bare =
            around.bare.get(bare.start - span.start..bare.end - span.start).unwrap_or_default();
        let kind = self.directed(around, verb, kind, stance);
        let kind = self.governed(around, verb, kind, (bare, stance))?;
        let references = self.joined(kind, first.span.start, own);
        let end = references.last().map_or(at.end, |last| last.span.end) - span.start;
        let is_direct = around.is_whole_sentence(verb, end);
        found.push(Claimed { verb: at, kind, references, stance, is_direct });
        None
    }

    /// Whether a verb that is not the first word of its unit makes a claim.
    fn counts_in_prose(
        &self,
        around: &Around<'_>,
        verb: Span,
        kind: RelationKind,
        places: Verbs,
    ) -> bool {
        let written = verb.of(around.bare);
        let ends_by = || written.to_lowercase().ends_with("by");
        let is_active = || {
            let stance = around.stance(verb);
            stance.is_named && stance.subject == Subject::This
        };
        places == Verbs::Anywhere
            && (is_supersession(kind) || ends_by())
            && (!is_bare(written) || is_active())
            && !is_quoted(around.bare.get(..verb.start).unwrap_or_default())
    }

    /// The kind of a verb that lacks its *by*, in view of its subject: *This record superseded ADR-3*.
    fn directed(
        &self,
        around: &Around<'_>,
        verb: Span,
        kind: RelationKind,
        stance: Stance,
    ) -> RelationKind {
        let before = around.bare.get(..verb.start).unwrap_or_default();
        let before = Span::new(0, before.len());
        let start = around.bare.ceil_char_boundary(before.end.saturating_sub(48));
        let near = Span::new(start, before.end).of(around.bare);
        let last = tokens(near).last().map(|last| last.of(near).to_lowercase());
        let passive = last.is_some_and(|last| COPULAS.contains(&last.as_str()));
        let active = is_bare(verb.of(around.bare))
            && stance.is_named
            && stance.subject == Subject::This
            && !passive;
        if active && kind == RelationKind::SupersededBy { RelationKind::Supersedes } else { kind }
    }

    /// Adds the claims of passives that enclose their reference: `被 ADR-3 取代`, `durch ADR-3 ersetzt`.
    fn passives(
        &self,
        around: &Around<'_>,
        span: Span,
        references: &[Reference],
        found: &mut Vec<Claimed>,
    ) {
        for (one, named) in references.iter().zip(around.references) {
            let Some((by, verb)) = self.passive(around, named) else { continue };
            let lead = around.bare.get(..by.start).unwrap_or_default();
            let part = tokens(lead).last().is_some_and(|word| self.words.is_partial(word.of(lead)));
            let stance = around.stance(by);
            let is_part = part || stance.subject == Subject::Part;
            let kind = RelationKind::SupersededBy;
            let kind = if is_part { partial(kind) } else { kind };
            let references = vec![one.clone()];
            let is_direct = around.is_whole_sentence(by, verb.end);
            let verb = verb.shift(span.start);
            found.push(Claimed { verb, kind, references, stance, is_direct });
        }
    }

    /// The word before and the verb behind a reference that a passive encloses.
    fn passive(&self, around: &Around<'_>, named: &Named) -> Option<(Span, Span)> {
        // The words at once before it, as a line may have no end.
        let start = around.bare.ceil_char_boundary(named.span.start.saturating_sub(24));
        let lead = Span::new(start.min(named.span.start), named.span.start);
        let written = lead.of(around.bare).trim_end();
        let last = tokens(written).last()?;
        let by = if self.words.says(last.of(written), Says::By) {
            last
        } else {
            let by = written.char_indices().next_back().filter(|(_, c)| *c == '被')?.0;
            Span::new(by, written.len())
        };
        let behind = around.bare.get(named.span.end..)?;
        let mut next = tokens(behind).take(3);
        let is_near =
            |verb: &Span| behind.get(..verb.start).is_some_and(|b| !b.contains(['.', ',', '(']));
        let verb = next.find(|verb| {
            let word = verb.of(behind);
            let state = self.words.status(word);
            state.is_some_and(|state| state.is(Lifecycle::Superseded)) || self.words.is_key(word)
        })?;
        is_near(&verb).then(|| (by.shift(lead.start), verb.shift(named.span.end)))
    }

    /// Whether nothing but a colon follows a verb.
    fn awaits_list(&self, bare: &str, verb: Span, behind: &str) -> bool {
        behind.trim_matches([' ', ':', '：', '\n', '\r']).is_empty()
            && (behind.contains([':', '：']) || !self.words.is_key(verb.of(bare)))
    }

    /// The kind of the claim, in view of the words between verb and reference; `None` where the verb
    /// does not reach the reference.
    fn governed(
        &self,
        around: &Around<'_>,
        verb: Span,
        kind: RelationKind,
        (between, stance): (&str, Stance),
    ) -> Option<RelationKind> {
        let words = tokens(between).count();
        if ends_reach(between) || words > 24 {
            return None;
        }
        let written = verb.of(around.bare);
        let near = if self.words.is_partial(between) { 4 } else { 2 };
        if is_bare(written) && words > near {
            return None;
        }
        if self.words.is_key(written) {
            let last = || tokens(between).last().map(|last| last.of(between));
            let of = || last().is_some_and(|last| self.words.says(last, Says::Of));
            let marks = [':', '：', ' ', '\u{a0}', '\n'];
            if !between.trim_matches(marks).is_empty() && !of() {
                return None;
            }
        }
        let part = self.words.is_partial(between) || stance.subject == Subject::Part;
        let of_something = kind == RelationKind::Supersedes && words > 3;
        Some(if part || of_something { partial(kind) } else { kind })
    }
}

/// Words before a passive.
const COPULAS: [&str; 12] =
    ["is", "are", "was", "were", "been", "be", "being", "ist", "wurde", "wurden", "worden", "sind"];

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
fn is_bare(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-'])
        && (verb.ends_with("eded") || verb == "replacement" || verb == "replaced")
}

/// Whether the words behind `lead` are quoted, and so those of another record: *its status becomes
/// "Superseded by ADR-2"*. What is quoted as a whole is no quotation.
fn is_quoted(lead: &str) -> bool {
    let bare = lead.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let Some(before) = bare.strip_suffix(QUOTES) else { return false };
    before.ends_with([' ', '\u{a0}', '(', '\n']) && tokens(before).nth(1).is_some()
}
