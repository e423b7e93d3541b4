//! What a piece of text says about other records.
//!
//! Known shapes: a verb and references behind it, on one line, over wrapped lines, or with a list
//! below the verb; a key with references as its value, and verbs of their own before or behind them,
//! `Related: ADR-1 · amends ADR-2`; a passive around its reference, `durch ADR-3 ersetzt`. A verb in
//! running text counts for supersession only, and only up to the end of the sentence, a semicolon, or
//! the end of the brackets around it, and only if the record says it of itself
//! ([`stance`](super::stance)). Words such as *part of* between verb and reference make a supersession a
//! partial one.

use std::borrow::Cow;

use crate::format::references::{is_joint, joined_numbers, whole_reference};
use crate::format::statement::{
    ParsedPassage, ParsedUnit, Passage, RelationClaim, StatementReader, Unit, UnitClaims,
    VerbPosition, is_supersession, partial,
};
use crate::format::words::{WordClass, is_word, names_nothing, tokens};
use crate::model::{Layout, Lifecycle, Reference, Relation, RelationKind};
use crate::text::Span;

impl StatementReader<'_> {
    /// The relations that the value of a key states. `span` is all of the statement.
    pub(crate) fn value(
        &self,
        kind: RelationKind,
        value: Span,
        span: Span,
        layout: Layout,
    ) -> Vec<Relation> {
        let passage = Passage::new(self.text, value, self.words);
        if names_nothing(passage.said(value), self.words) && !self.begins_with_link(value) {
            return vec![];
        }
        let mut relations = Vec::new();
        for unit in passage.units(self.words) {
            let references = self.expected(kind, &passage, unit.span);
            let claim = RelationClaim { kind, span, layout, is_direct: true };
            let end = references.last().map(|last| last.span.end);
            relations.extend(self.related(claim, unit.span.start, references));
            if let Some(end) = end {
                self.behind(&passage, Span::new(end, unit.span.end), layout, &mut relations);
            }
        }
        relations
    }

    /// The claims of verbs of their own behind the references of a key: `Related: ADR-1 · amends ADR-2`.
    fn behind(&self, passage: &Passage<'_>, rest: Span, layout: Layout, found: &mut Vec<Relation>) {
        let written = passage.bare(rest);
        let marks = written.match_indices(['·', ';', '；']).map(|(at, mark)| (at, at + mark.len()));
        let mut start = None;
        for (end, next) in marks.chain([(written.len(), written.len())]) {
            if let Some(start) = start {
                let span = Span::new(start, end).shift(rest.start).trim(self.text);
                let claims = self.claims(passage, span, VerbPosition::Leading);
                self.add(&claims, layout, found);
            }
            start = Some(next);
        }
    }

    /// The references in a text in which nothing else is expected.
    fn expected(&self, kind: RelationKind, passage: &Passage<'_>, span: Span) -> Vec<Reference> {
        let mut found = self.find(span);
        if !found.is_empty() {
            found.retain(|one| !passage.is_dead(one.span));
            let mut found = self.joined(kind, span.start, found);
            // `ADR-1, 0002 and 0003`
            if let Some(last) = found.last() {
                let rest = Span::new(last.span.end, span.end);
                found.extend(joined_numbers(self.text, rest));
            }
            return found;
        }
        let parts = split_commas(self.text, span);
        parts.into_iter().filter_map(|part| whole_reference(self.text, part)).collect()
    }

    /// The claim about each of the `references`. `start` is where the words before the first begin.
    fn related(
        &self,
        claim: RelationClaim,
        start: usize,
        references: Vec<Reference>,
    ) -> Vec<Relation> {
        let first = references.first().map_or(start, |reference| reference.span.start);
        let lead = Span::new(start, first).of(self.text);
        if lead.trim().is_empty() {
            return self.each(claim, references);
        }
        // `Related: amends ADR-3`
        let own = Some(lead).filter(|_| !is_supersession(claim.kind));
        let own = own.and_then(|lead| self.words.relations_in(lead).next());
        let kind = own.filter(|(at, _)| at.start == 0).map_or(claim.kind, |(_, kind)| kind);
        // `Supersedes: the names of ADR-3`
        let last = || tokens(lead).skip(1).last().map(|last| last.of(lead));
        let of = || last().is_some_and(|last| self.words.has_class(last, WordClass::Of));
        let kind = if self.words.is_partial(lead) || of() { partial(kind) } else { kind };
        self.each(RelationClaim { kind, ..claim }, references)
    }

    /// The claim about each of the `references`, of some perhaps about a part only.
    fn each(&self, claim: RelationClaim, references: Vec<Reference>) -> Vec<Relation> {
        let mut end: Option<usize> = None;
        let mut kind = |reference: &Reference| {
            let before = end.replace(reference.span.end);
            let before = before.map(|end| Span::new(end, reference.span.start).of(self.text));
            let part = self.has_remark_on_part(reference)
                || before.is_some_and(|before| !is_joint(before));
            if part { partial(claim.kind) } else { claim.kind }
        };
        let claims =
            references.into_iter().map(|one| (RelationClaim { kind: kind(&one), ..claim }, one));
        claims.filter_map(|(claim, one)| claim.about(one)).collect()
    }

    /// The relations in a text about the record: a status section, a note, a footnote.
    pub(crate) fn prose(&self, region: Span, layout: Layout) -> Vec<Relation> {
        // A verb and a reference are two words at least.
        let written = region.trim(self.text).of(self.text);
        if is_word(written) || !self.words.may_claim(written) {
            return vec![];
        }
        self.relations_of(&ParsedPassage::new(self.text, self.words, region), layout)
    }

    /// The relations in a list of links: the items that begin with a verb.
    pub(crate) fn list(&self, region: Span) -> Vec<Relation> {
        // Most lists hold links and no verb, and need not be divided.
        if !self.words.may_claim(region.of(self.text)) {
            return vec![];
        }
        let read = ParsedPassage::new(self.text, self.words, region);
        let leading = |one: &ParsedUnit| {
            Cow::Owned(self.of_unit(&read.passage, one.unit, VerbPosition::Leading))
        };
        self.relations_by(&read, Layout::Section, &leading)
    }

    /// The relations that a passage states in any of its sentences.
    pub(crate) fn relations_of(&self, read: &ParsedPassage<'_>, layout: Layout) -> Vec<Relation> {
        self.relations_by(read, layout, &|one| Cow::Borrowed(one.claims(self, &read.passage)))
    }

    /// The same with the claims that `claims_of` gives for each unit.
    fn relations_by<'r>(
        &self,
        read: &'r ParsedPassage<'_>,
        layout: Layout,
        claims_of: &dyn Fn(&'r ParsedUnit) -> Cow<'r, UnitClaims>,
    ) -> Vec<Relation> {
        let passage = &read.passage;
        let mut relations = Vec::new();
        // The verb whose references are in the list below it.
        let mut open: Option<RelationKind> = None;
        // Whether the unit above is the state *superseded*, and names no record.
        let mut ended = false;
        for one in read.units.iter().filter(|one| !one.unit.is_row()) {
            let unit = one.unit;
            if let Some(kind) = open.filter(|_| unit.is_item()) {
                let references = self.expected(kind, passage, unit.span);
                if !references.is_empty() {
                    let claim = RelationClaim { kind, span: unit.span, layout, is_direct: true };
                    relations.extend(self.related(claim, unit.span.start, references));
                    continue;
                }
            }
            if ended && let Some(reference) = self.named_below(passage, unit) {
                let kind = RelationKind::SupersededBy;
                let claim = RelationClaim { kind, span: unit.span, layout, is_direct: true };
                relations.extend(self.each(claim, vec![reference]));
                ended = false;
                continue;
            }
            let claims = claims_of(one);
            ended = self.is_superseded_alone(passage.bare(unit.span));
            let own = claims.open;
            self.add(&claims, layout, &mut relations);
            open = own.or(open.filter(|_| unit.is_item()));
        }
        relations
    }

    /// The record that a unit below the state *superseded* names at its beginning: `See ADR-3`.
    fn named_below(&self, passage: &Passage<'_>, unit: Unit) -> Option<Reference> {
        self.seen(passage.bare(unit.span), unit.span.start, &self.find(unit.span))
    }

    fn is_superseded_alone(&self, bare: &str) -> bool {
        let word = bare.trim_matches(|c: char| !c.is_alphanumeric());
        self.words.status(word).is_some_and(|state| state.is(Lifecycle::Superseded))
    }

    /// Adds the relations that the claims make.
    fn add(&self, claims: &UnitClaims, layout: Layout, found: &mut Vec<Relation>) {
        for claimed in claims.all.iter().filter(|one| one.stance.is_own()) {
            let last = claimed.references.last().map_or(claimed.verb.end, |last| last.span.end);
            let span = Span::new(claimed.verb.start.min(last), last);
            let is_direct = claimed.is_direct;
            let claim = RelationClaim { kind: claimed.kind, span, layout, is_direct };
            found.extend(self.each(claim, claimed.references.clone()));
        }
    }
}

/// The parts between commas and *and*.
fn split_commas(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for part in span.of(text).split([',', ';', '&']) {
        let end = start + part.len();
        let piece = Span::new(start, end).trim(text);
        let inner = piece.of(text).trim_start_matches("and ");
        parts.push(Span::new(piece.end - inner.len(), piece.end));
        start = end + 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::format::Words;
    use crate::format::references::Definitions;
    use crate::format::statement::{OwnNames, StatementReader};
    use crate::model::{Layout, Relation, RelationKind};
    use crate::text::Span;

    fn shown(relations: &[Relation]) -> Vec<String> {
        relations.iter().map(|r| format!("{} {}", r.kind, r.reference.text)).collect()
    }

    #[track_caller]
    fn prose(text: &str, expected: &[&str]) {
        let words = Words::new(std::iter::empty());
        let definitions = Definitions::default();
        let reader = StatementReader {
            text,
            words: &words,
            own: OwnNames::default(),
            definitions: &definitions,
        };
        let found = reader.prose(Span::new(0, text.len()), Layout::Section);
        assert_eq!(shown(&found), expected, "{text}");
    }

    #[track_caller]
    fn value(text: &str, expected: &[&str]) {
        keyed(RelationKind::Supersedes, text, expected);
    }

    #[track_caller]
    fn keyed(kind: RelationKind, text: &str, expected: &[&str]) {
        let words = Words::new(std::iter::empty());
        let definitions = Definitions::default();
        let reader = StatementReader {
            text,
            words: &words,
            own: OwnNames::default(),
            definitions: &definitions,
        };
        let span = Span::new(0, text.len());
        let found = reader.value(kind, span, span, Layout::Bullet);
        assert_eq!(shown(&found), expected, "{text}");
    }

    #[test]
    fn a_verb_and_what_it_governs() {
        prose("Superseded by [9. X](0009-x.md)", &["superseded-by [9. X](0009-x.md)"]);
        prose("⌛️ Superseded [0019](0019-x.md)", &["superseded-by [0019](0019-x.md)"]);
        prose("Accepted. Supersedes ADR-3 and ADR-4.", &["supersedes ADR-3", "supersedes ADR-4"]);
        prose("Relates to\n[ADR 5](0005-x.md)", &["relates-to [ADR 5](0005-x.md)"]);
        prose("This has been superceded by ADR-7 since May.", &["superseded-by ADR-7"]);
        prose("Superseded by ADR-1 because of ADR-2", &["superseded-by ADR-1"]);
    }

    #[test]
    fn a_verb_governs_the_list_below_it() {
        prose(
            "Accepted\n\nSupercedes:\n\n- [1](0001-x.md)\n- parts of [2](0002-x.md)\n",
            &["supersedes [1](0001-x.md)", "partially-supersedes [2](0002-x.md)"],
        );
    }

    #[test]
    fn a_part_of_a_record_is_no_supersession_of_it() {
        prose("Partially supersedes ADR-3", &["partially-supersedes ADR-3"]);
        prose("Supersedes the \"third\" portion of ADR-3", &["partially-supersedes ADR-3"]);
        prose("Accepted. The tools are superseded by ADR-3", &["partially-superseded-by ADR-3"]);
        prose("This decision was superseded by ADR-3", &["superseded-by ADR-3"]);
        value("ADR-3, in part: the rest stands", &["partially-supersedes ADR-3"]);
        value(
            "ADR-3 §1 (names), ADR-4 §2 (in part)",
            &["partially-supersedes ADR-3", "partially-supersedes ADR-4"],
        );
    }

    #[test]
    fn a_limit_beside_the_reference_makes_a_supersession_partial() {
        value(
            "[3](0003-x.md) rule 1 only\n(the others stay)",
            &["partially-supersedes [3](0003-x.md)"],
        );
        value("ADR-3 (names and the limit of tools only)", &["partially-supersedes ADR-3"]);
        value(
            "ADR-3 (parte relativa ao registro local), ADR-4",
            &["partially-supersedes ADR-3", "supersedes ADR-4"],
        );
        value("ADR-3 hinsichtlich der Namen", &["partially-supersedes ADR-3"]);
        value("the names of ADR-3", &["partially-supersedes ADR-3"]);
        value("ADR-3 (which was the only one before)", &["supersedes ADR-3"]);
        prose("Sustituye a ADR-3 en lo relativo a los nombres.", &["partially-supersedes ADR-3"]);
        prose("取代 ADR-3 中的名称", &["partially-supersedes ADR-3"]);
        prose("取代 ADR-3", &["supersedes ADR-3"]);
        prose("Superseded (in part) by ADR-3", &["partially-superseded-by ADR-3"]);
    }

    #[test]
    fn a_part_of_another_record_may_be_joined() {
        value(
            "[3](0003-x.md) and the P0-11\n  paragraph of [4](0004-y.md)",
            &["supersedes [3](0003-x.md)", "partially-supersedes [4](0004-y.md)"],
        );
        prose(
            "Vervangt ADR-3 §8 (namen) en de plaats uit ADR-4 §12.",
            &["partially-supersedes ADR-3", "partially-supersedes ADR-4"],
        );
        value("ADR-3 and in favour of ADR-4", &["supersedes ADR-3"]);
    }

    #[test]
    fn verbs_of_their_own_stand_before_and_behind_the_references_of_a_key() {
        let related = |text: &str, expected: &[&str]| {
            keyed(RelationKind::RelatesTo, text, expected);
        };
        related(
            "[X](0009-x.md) · amends [A](0008-a.md) / [B](0007-b.md); extends ADR-6",
            &[
                "relates-to [X](0009-x.md)",
                "amends [A](0008-a.md)",
                "amends [B](0007-b.md)",
                "extends ADR-6",
            ],
        );
        related("refines ADR-3", &["clarifies ADR-3"]);
        related("ADR-3; the others stay", &["relates-to ADR-3"]);
    }

    #[test]
    fn what_is_quoted_or_beyond_the_reach_of_a_verb_makes_no_claim() {
        prose(
            "**Supersedes**: ADR-3, whose status becomes \"Superseded by ADR-9\" then",
            &["supersedes ADR-3"],
        );
        prose(
            "**Remplace** : ADR-3, dont le statut passe à « Remplacé par ADR-9 »",
            &["supersedes ADR-3"],
        );
        prose("\"Superseded by ADR-9\"", &["superseded-by ADR-9"]);
        prose("Accepted (supersedes the old \"limit\"; ADR-8 stays as it is)", &[]);
        prose("Accepted (supersedes the old rule of names), see the text of ADR-8", &[]);
        prose("Accepted <!-- one of: Superseded by [5](0005-x.md) -->", &[]);
        value("ADR-3 <!-- or ADR-5 -->", &["supersedes ADR-3"]);
    }

    #[test]
    fn numbers_behind_a_verb_or_a_reference_need_no_prefix() {
        prose("superseded by 0002", &["superseded-by 0002"]);
        prose(
            "accepted (supersedes 0009 and 0010-use-x)",
            &["supersedes 0009", "supersedes 0010-use-x"],
        );
        value(
            "ADR 0007, 0008 et 0009",
            &["supersedes ADR 0007", "supersedes 0008", "supersedes 0009"],
        );
        prose("superseded by 2024 or 007 agents", &[]);
    }

    #[test]
    fn a_state_is_a_verb_where_a_colon_or_a_reference_follows() {
        prose("Akzeptiert\nErsetzt: ADR-3", &["supersedes ADR-3"]);
        prose(
            "Ersetzt: ADR-3; ersetzt die Regel der Namen aus ADR-4",
            &["supersedes ADR-3", "partially-supersedes ADR-4"],
        );
        prose("Ersetzt durch ADR-3", &["superseded-by ADR-3"]);
        prose("Ersetzt, siehe das Wiki und ADR-3", &[]);
    }

    #[test]
    fn a_passive_encloses_its_reference() {
        prose("被 ADR-3 取代", &["superseded-by ADR-3"]);
        prose("部分被 [3](0003-x.md) 取代", &["partially-superseded-by [3](0003-x.md)"]);
        prose("被 ADR-3 引用", &[]);
    }

    #[test]
    fn a_list_of_references_may_hold_remarks_about_each() {
        value(
            "ADR-3 (names), ADR-4 (tools) and ADR-5",
            &["supersedes ADR-3", "supersedes ADR-4", "supersedes ADR-5"],
        );
        value("ADR-3 (which replaced ADR-2) because of ADR-4", &["supersedes ADR-3"]);
        value("ADR-3's layout. ADR-4 stays", &["partially-supersedes ADR-3"]);
    }

    #[test]
    fn what_is_struck_out_makes_no_claim() {
        prose("~~Superseded by ADR-3~~ Accepted", &[]);
        prose("Superseded by ~~ADR-3~~ ADR-4", &["superseded-by ADR-4"]);
    }

    #[test]
    fn running_text_makes_no_claims() {
        prose("driven by ADR-3, a superset of ADR-4; there is no replacement yet, see ADR-5", &[]);
        prose("Superseded. The rest is covered in ADR #12", &[]);
        prose("Superseded by [the wiki](https://a.b/wiki/page)", &[]);
    }

    #[test]
    fn values_may_be_numbers_slugs_and_nothing() {
        value("0012", &["supersedes 0012"]);
        value("use-x, use-y", &["supersedes use-x", "supersedes use-y"]);
        value("N/A", &[]);
        value("none (retired)", &[]);
        value("Old links (before 2)", &[]);
    }
}
