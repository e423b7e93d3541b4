//! The claims of verbs in a text: which references each governs, whom it is about, and whether the text
//! claims it at all. Status and relations are two views of them.

use super::choice::choice_start;
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
        self.titled(&verbs, &references, (bare, span), &mut claims.all);
        let verbs: Vec<_> = verbs
            .into_iter()
            .filter(|(at, _)| !named.iter().any(|r| r.span.contains(*at)))
            .filter(|(at, _)| !(is_bare(at.of(bare)) && around.describes_noun(*at)))
            .collect();
        for (index, (verb, kind)) in verbs.iter().enumerate() {
            let end = verbs.get(index + 1).map_or(span.end, |(next, _)| next.start + span.start);
            let place = Placed { span, verb: *verb, kind: *kind, end };
            claims.open = self.claim(&around, place, &references, places, &mut claims.all);
        }
        self.passives(&around, span, &references, &mut claims.all);
        self.follow_ups(&around, span, &references, &mut claims.all);
        self.objects_first(&around, span, &references, &mut claims.all);
        claims
    }

    /// Adds the claims of verbs that follow their object: `ADR-3 を置き換える`.
    fn objects_first(
        &self,
        around: &Around<'_>,
        span: Span,
        references: &[Reference],
        found: &mut Vec<Claimed>,
    ) {
        for (one, named) in references.iter().zip(around.references) {
            let behind = around.bare.get(named.span.end..).unwrap_or_default();
            let Some(kind) = self.words.relation_behind(behind) else { continue };
            let stance = Stance { subject: Subject::This, is_claimed: true, is_named: false };
            let verb = Span::new(named.span.end, around.bare.len()).shift(span.start);
            let references = vec![one.clone()];
            found.push(Claimed { verb, kind, references, stance, is_direct: true });
        }
    }

    fn states_superseded(&self, bare: &str) -> bool {
        self.words.statuses_in(bare).iter().any(|(_, state)| state.is(Lifecycle::Superseded))
    }

    /// Adds the claim of a link whose words are the verb: `[Superseded by ADR-3](0003-x.md)`.
    fn titled(
        &self,
        verbs: &[(Span, RelationKind)],
        references: &[Reference],
        (bare, span): (&str, Span),
        found: &mut Vec<Claimed>,
    ) {
        let start = bare.len() - bare.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let leads = verbs.first().filter(|(verb, _)| verb.start == start);
        let Some((verb, kind)) = leads.filter(|(verb, _)| !is_quoted(bare, *verb)) else {
            return;
        };
        let at = verb.shift(span.start);
        let holds = |one: &&Reference| one.destination.is_some() && one.span.contains(at);
        if let Some(reference) = references.iter().find(holds).filter(|_| is_supersession(*kind)) {
            let references = vec![reference.clone()];
            let stance = Stance { subject: Subject::This, is_claimed: true, is_named: false };
            found.push(Claimed { verb: at, kind: *kind, references, stance, is_direct: true });
        }
    }

    /// Adds the claim of a state that a reference follows: *Superseded, see ADR-3*.
    fn follow_ups(
        &self,
        around: &Around<'_>,
        span: Span,
        references: &[Reference],
        found: &mut Vec<Claimed>,
    ) {
        let bare = around.bare;
        let start = bare.len() - bare.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let states = self.words.statuses_in(bare);
        let leads = states
            .first()
            .filter(|(at, state)| at.start == start && state.is(Lifecycle::Superseded));
        let Some((at, _)) = leads.filter(|(at, _)| !is_quoted(bare, *at)) else { return };
        if found
            .iter()
            .any(|one| one.kind == RelationKind::SupersededBy && !one.references.is_empty())
        {
            return;
        }
        let behind = bare.get(at.end..).unwrap_or_default();
        if let Some(reference) = self.seen(behind, at.end + span.start, references) {
            let stance = Stance { subject: Subject::This, is_claimed: true, is_named: false };
            let verb = at.shift(span.start);
            let kind = RelationKind::SupersededBy;
            found
                .retain(|one| one.verb.start != verb.start && !one.references.contains(&reference));
            found.push(Claimed {
                verb,
                kind,
                references: vec![reference],
                stance,
                is_direct: true,
            });
        }
    }

    /// The reference that follows at once a word such as *see* or *by*, which begins the text at the byte
    /// `start`.
    pub(super) fn seen(
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
        let sees = self.words.says(word, Says::See) || self.words.says(word, Says::By);
        let from = start + first.end;
        let reference = references.iter().find(|one| one.span.start >= from)?;
        let between = text.get(first.end..reference.span.start - start)?;
        let marks = [' ', ':', '.', '\n', '\u{a0}'];
        (is_close && sees && between.trim_matches(marks).is_empty()).then(|| reference.clone())
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
        if is_quoted(around.bare, verb)
            || !(leads || self.counts_in_prose(around, verb, kind, places))
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
        if let Some(mirrored) = self.mirrored(around, place, (stance, references)) {
            found.push(mirrored);
            return None;
        }
        let Some(first) = own.first() else {
            let awaits = leads && stance.is_own() && self.awaits_list(around.bare, verb, nothing);
            return awaits.then_some(kind);
        };
        let between = Span::new(at.end, first.span.start);
        let bare = between.shift(0);
        let bare =
            around.bare.get(bare.start - span.start..bare.end - span.start).unwrap_or_default();
        let kind = self.directed(around, verb, kind, (bare, stance));
        let kind = self.governed(around, verb, kind, (bare, stance))?;
        if is_noun(verb.of(around.bare)) {
            let end = first.span.end - span.start;
            if !around.ends_sentence(around.bare.get(end..).unwrap_or_default()) {
                return None;
            }
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

    /// The claim of a verb whose subject is another record, and whose object is this one: *ADR-3
    /// supersedes this record*, *ADR-3 is superseded by this decision*.
    fn mirrored(
        &self,
        around: &Around<'_>,
        place: Placed,
        (stance, references): (Stance, &[Reference]),
    ) -> Option<Claimed> {
        let Placed { span, verb, kind, .. } = place;
        if stance.subject != Subject::Other || !stance.is_claimed || !is_supersession(kind) {
            return None;
        }
        let other = references.iter().rev().find(|one| one.span.end <= verb.start + span.start)?;
        let lead = around.bare.get(other.span.end - span.start..verb.start)?;
        if lead.contains(['.', ';', '(', ',', ':']) {
            return None;
        }
        let says = |text: &str, says: Says| {
            tokens(text).any(|token| self.words.says(token.of(text), says))
        };
        let behind = around.bare.get(verb.end..).unwrap_or_default();
        let end = behind.find(['.', ';', ',', '(', ':', '\n']).unwrap_or(behind.len());
        let object = behind.get(..end).unwrap_or_default();
        let place = Span::new(verb.end, verb.end + object.len()).shift(span.start);
        if references.iter().any(|one| place.overlaps(one.span)) {
            return None;
        }
        let by_this = says(lead, Says::By) && says(lead, Says::Record);
        let hereby = tokens(lead)
            .any(|token| HEREBY.iter().any(|word| token.of(lead).eq_ignore_ascii_case(word)));
        if !(by_this || hereby && object.trim().is_empty() || says(object, Says::Record)) {
            return None;
        }
        let kind = if by_this || hereby { RelationKind::SupersededBy } else { kind };
        let nouns = tokens(object).filter(|token| {
            let known =
                self.words.known(token.of(object)).map(|known| known.says).unwrap_or_default();
            ![Says::Record, Says::Filler, Says::Of, Says::By]
                .iter()
                .any(|says| known.contains(*says))
        });
        let inverse = kind.inverse();
        let kind = if nouns.count() > 0 { partial(inverse) } else { inverse };
        let stance = Stance { subject: Subject::This, is_claimed: true, is_named: true };
        let references = vec![other.clone()];
        let verb = verb.shift(span.start);
        Some(Claimed { verb, kind, references, stance, is_direct: false })
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
        let is_passive_of_other = || around.stance(verb).subject == Subject::Other;
        places == Verbs::Anywhere
            && (is_supersession(kind) || ends_by())
            && (!is_bare(written) || is_active() || is_passive_of_other())
    }

    /// The kind of a verb that lacks its *by*, in view of its subject: *This record superseded ADR-3*.
    fn directed(
        &self,
        around: &Around<'_>,
        verb: Span,
        kind: RelationKind,
        (between, stance): (&str, Stance),
    ) -> RelationKind {
        let before = around.bare.get(..verb.start).unwrap_or_default();
        let before = Span::new(0, before.len());
        let start = around.bare.ceil_char_boundary(before.end.saturating_sub(48));
        let near = Span::new(start, before.end).of(around.bare);
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
        let mut next = tokens(behind)
            .take(3)
            .take_while(|token| !COPULAS.contains(&token.of(behind).to_lowercase().as_str()));
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
        let lead = around.bare.get(..verb.start).unwrap_or_default();
        let lead = lead.rsplit(['.', ';', ',']).next().unwrap_or_default();
        if self.words.is_partial(lead) { partial(kind) } else { kind }
    }

    /// Whether the words between a verb and its reference are a day and *by*.
    fn ends_by(&self, between: &str) -> bool {
        let mut all: Vec<Span> = tokens(between).collect();
        let Some(last) = all.pop() else { return false };
        let is_by = self.words.says(last.of(between), Says::By);
        let joins = |token: &Span| {
            let word = token.of(between);
            let known = self.words.known(word).map(|known| known.says).unwrap_or_default();
            word.bytes().all(|byte| byte.is_ascii_digit())
                || known.contains(Says::Filler)
                || known.contains(Says::Preposition)
                || known.contains(Says::Of)
                || self.words.month(word).is_some()
        };
        is_by && all.len() <= 7 && all.iter().all(joins)
    }
}

/// Words that say that a record does something by itself.
const HEREBY: [&str; 4] = ["hereby", "hiermit", "herewith", "damit"];

/// Whether a verb is a noun with a preposition, such as *replacement of*.
fn is_noun(verb: &str) -> bool {
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

/// Words before a passive.
const COPULAS: [&str; 12] =
    ["is", "are", "was", "were", "been", "be", "being", "ist", "wurde", "wurden", "worden", "sind"];

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
fn is_bare(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-'])
        && (verb.ends_with("eded") || verb == "replacement" || verb == "replaced")
}

/// Whether the verb is quoted, and so said of another record: *its status becomes "Superseded by ADR-2"*.
/// What is quoted as a whole is no quotation.
fn is_quoted(bare: &str, verb: Span) -> bool {
    const CLOSE: [char; 7] = ['"', '”', '“', '»', '」', '』', '’'];
    let before = bare.get(..verb.start).unwrap_or_default();
    let Some(open) = before.rfind(QUOTES) else { return false };
    let mark = before.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('"');
    let inside = before.get(open + mark.len_utf8()..).unwrap_or_default();
    // Quotation marks that look alike open and close in turn.
    let is_even = mark == '"' && before.matches('"').count() % 2 == 0;
    if is_even || inside.contains(CLOSE) || tokens(inside).nth(3).is_some() {
        return false;
    }
    let behind = bare.get(verb.end..).unwrap_or_default();
    let Some(close) = behind.find(CLOSE) else { return false };
    let outside = behind.get(close..).unwrap_or_default();
    tokens(before.get(..open).unwrap_or_default()).nth(1).is_some()
        || tokens(outside).nth(1).is_some()
}
