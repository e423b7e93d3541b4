//! Reads what a piece of text states about other records.
//!
//! Known shapes: a verb with references after it, on one line, over wrapped lines, or in a list
//! below the verb; a key with references as its value, and further verbs before or after them,
//! `Related: ADR-1 · amends ADR-2`; a passive around its reference, `durch ADR-3 ersetzt`. A verb in
//! running text counts only for supersession, only up to the end of the sentence, a semicolon, or
//! the end of its brackets, and only if the record asserts it about itself. Words such as *part of*
//! between verb and reference make the supersession a partial one.

use std::borrow::Cow;

use crate::format::references::{is_joint, joined_numbers, whole_reference};
use crate::format::statement::{
    ClaimedRelation, ParsedPassage, ParsedUnit, Passage, StatementReader, Unit, UnitClaims,
    VerbPosition, is_supersession, partial,
};
use crate::format::words::{WordClass, is_word, names_nothing, tokens};
use crate::model::{Layout, Lifecycle, Reference, Relation, RelationKind};
use crate::text::Span;

impl StatementReader<'_> {
    /// The relations that the value of a key states. `span` is the whole statement.
    pub(crate) fn value(
        &self,
        kind: RelationKind,
        value: Span,
        span: Span,
        layout: Layout,
    ) -> Vec<Relation> {
        let passage = Passage::new(self.text, value, self.words);
        if names_nothing(passage.plain_text_or_address(value), self.words)
            && !self.begins_with_link(value)
        {
            return vec![];
        }
        let mut relations = Vec::new();
        for unit in passage.units(self.words) {
            let references = self.expected_references(kind, &passage, unit.span);
            let last_end = references.last().map(|last| last.span.end);
            let claim = ClaimedRelation { kind, span, layout, is_direct: true };
            relations.extend(self.relations_to(claim, unit.span.start, references));
            if let Some(last_end) = last_end {
                let remaining = Span::new(last_end, unit.span.end);
                relations.extend(self.relations_after_value(&passage, remaining, layout));
            }
        }
        relations
    }

    /// The relations of further verbs after the references of a key: `Related: ADR-1 · amends ADR-2`.
    fn relations_after_value(
        &self,
        passage: &Passage<'_>,
        region: Span,
        layout: Layout,
    ) -> Vec<Relation> {
        let text = passage.plain_text(region);
        let separators = text.match_indices(['·', ';', '；']);
        let separators = separators.map(|(offset, mark)| (offset, offset + mark.len()));
        let mut relations = Vec::new();
        // The text before the first separator belongs to the references.
        let mut part_start = None;
        for (part_end, next_start) in separators.chain([(text.len(), text.len())]) {
            if let Some(part_start) = part_start {
                let part = Span::new(part_start, part_end).shift(region.start).trim(self.text);
                let claims = self.claims(passage, part, VerbPosition::Leading);
                self.add_relations(&claims, layout, &mut relations);
            }
            part_start = Some(next_start);
        }
        relations
    }

    /// The references in a text that is expected to hold only references.
    fn expected_references(
        &self,
        kind: RelationKind,
        passage: &Passage<'_>,
        span: Span,
    ) -> Vec<Reference> {
        let mut references = self.references_in(span);
        if references.is_empty() {
            let parts = split_at_separators(self.text, span);
            return parts.into_iter().filter_map(|part| whole_reference(self.text, part)).collect();
        }
        references.retain(|reference| !passage.is_ignored(reference.span));
        let mut references = self.joined_references(kind, span.start, references);
        // `ADR-1, 0002 and 0003`
        if let Some(last) = references.last() {
            let remaining = Span::new(last.span.end, span.end);
            references.extend(joined_numbers(self.text, remaining));
        }
        references
    }

    /// The relations of `claim` to each of the `references`. `start` is the start of the words before the first
    /// reference.
    fn relations_to(
        &self,
        claim: ClaimedRelation,
        start: usize,
        references: Vec<Reference>,
    ) -> Vec<Relation> {
        let first_start = references.first().map_or(start, |reference| reference.span.start);
        let lead = Span::new(start, first_start).of(self.text);
        if lead.trim().is_empty() {
            return self.relations_to_each(claim, references);
        }
        // `Related: amends ADR-3`
        let verb = Some(lead)
            .filter(|_| !is_supersession(claim.kind))
            .and_then(|lead| self.words.relations_in(lead).next())
            .filter(|(verb, _)| verb.start == 0);
        let kind = verb.map_or(claim.kind, |(_, kind)| kind);
        // `Supersedes: the names of ADR-3`
        let ends_in_of = || {
            let last_word = tokens(lead).skip(1).last().map(|last| last.of(lead));
            last_word.is_some_and(|last| self.words.has_class(last, WordClass::Of))
        };
        let is_part = self.words.is_partial(lead) || ends_in_of();
        let kind = if is_part { partial(kind) } else { kind };
        self.relations_to_each(ClaimedRelation { kind, ..claim }, references)
    }

    /// The relations of `claim` to each of the `references`, to some of them perhaps a partial one.
    fn relations_to_each(
        &self,
        claim: ClaimedRelation,
        references: Vec<Reference>,
    ) -> Vec<Relation> {
        let mut previous_end: Option<usize> = None;
        let mut kind = |reference: &Reference| {
            let previous_end = previous_end.replace(reference.span.end);
            let between =
                previous_end.map(|end| Span::new(end, reference.span.start).of(self.text));
            // The words between two references that do more than join them name a part of the second.
            let is_part = self.has_remark_on_part(reference)
                || between.is_some_and(|between| !is_joint(between));
            if is_part { partial(claim.kind) } else { claim.kind }
        };
        references
            .into_iter()
            .filter_map(|one| ClaimedRelation { kind: kind(&one), ..claim }.about(one))
            .collect()
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
            Cow::Owned(self.claims_of_unit(&read.passage, one.unit, VerbPosition::Leading))
        };
        self.relations_by_claims(&read, Layout::Section, &leading)
    }

    /// The relations that a passage states in any of its sentences.
    pub(crate) fn relations_of(&self, parsed: &ParsedPassage<'_>, layout: Layout) -> Vec<Relation> {
        self.relations_by_claims(parsed, layout, &|unit| {
            Cow::Borrowed(unit.claims(self, &parsed.passage))
        })
    }

    /// The relations that a passage states, with the claims that `claims_of` gives for each unit.
    fn relations_by_claims<'r>(
        &self,
        parsed: &'r ParsedPassage<'_>,
        layout: Layout,
        claims_of: &dyn Fn(&'r ParsedUnit) -> Cow<'r, UnitClaims>,
    ) -> Vec<Relation> {
        let passage = &parsed.passage;
        let mut relations = Vec::new();
        // The kind of a verb with its references in the list below.
        let mut kind_of_list: Option<RelationKind> = None;
        // Whether the unit above is the status *superseded* and names no record.
        let mut is_below_superseded = false;
        for parsed_unit in parsed.units.iter().filter(|parsed_unit| !parsed_unit.unit.is_row()) {
            let unit = parsed_unit.unit;
            let direct_claim =
                |kind| ClaimedRelation { kind, span: unit.span, layout, is_direct: true };
            if let Some(kind) = kind_of_list.filter(|_| unit.is_item()) {
                let references = self.expected_references(kind, passage, unit.span);
                if !references.is_empty() {
                    let claim = direct_claim(kind);
                    relations.extend(self.relations_to(claim, unit.span.start, references));
                    continue;
                }
            }
            if is_below_superseded && let Some(reference) = self.reference_at_start(passage, unit) {
                let claim = direct_claim(RelationKind::SupersededBy);
                relations.extend(self.relations_to_each(claim, vec![reference]));
                is_below_superseded = false;
                continue;
            }
            let unit_claims = claims_of(parsed_unit);
            is_below_superseded = self.is_superseded_alone(passage.plain_text(unit.span));
            self.add_relations(&unit_claims, layout, &mut relations);
            kind_of_list = unit_claims.kind_of_list.or(kind_of_list.filter(|_| unit.is_item()));
        }
        relations
    }

    /// The record that a unit below the status *superseded* names at its beginning: `See ADR-3`.
    fn reference_at_start(&self, passage: &Passage<'_>, unit: Unit) -> Option<Reference> {
        let references = self.references_in(unit.span);
        self.referred_to(passage.plain_text(unit.span), unit.span.start, &references)
    }

    fn is_superseded_alone(&self, text: &str) -> bool {
        let word = text.trim_matches(|c: char| !c.is_alphanumeric());
        self.words.status(word).is_some_and(|state| state.is(Lifecycle::Superseded))
    }

    /// Adds the relations that the claims about the record itself make.
    fn add_relations(
        &self,
        unit_claims: &UnitClaims,
        layout: Layout,
        relations: &mut Vec<Relation>,
    ) {
        let own_claims =
            unit_claims.claims.iter().filter(|claim| claim.assertion.is_about_own_record());
        for verb_claim in own_claims {
            let verb = verb_claim.verb;
            let last_end = verb_claim.references.last().map_or(verb.end, |last| last.span.end);
            let claim = ClaimedRelation {
                kind: verb_claim.kind,
                span: Span::new(verb.start.min(last_end), last_end),
                layout,
                is_direct: verb_claim.is_direct,
            };
            relations.extend(self.relations_to_each(claim, verb_claim.references.clone()));
        }
    }
}

/// The parts between commas, semicolons and `&`, without *and* at their beginning.
fn split_at_separators(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut part_start = span.start;
    for part in span.of(text).split([',', ';', '&']) {
        let part_end = part_start + part.len();
        let trimmed = Span::new(part_start, part_end).trim(text);
        let without_and = trimmed.of(text).trim_start_matches("and ");
        parts.push(Span::new(trimmed.end - without_and.len(), trimmed.end));
        part_start = part_end + 1;
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
            own_names: OwnNames::default(),
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
            own_names: OwnNames::default(),
            definitions: &definitions,
        };
        let span = Span::new(0, text.len());
        let found = reader.value(kind, span, span, Layout::Bullet);
        assert_eq!(shown(&found), expected, "{text}");
    }

    #[test]
    fn a_verb_has_the_references_after_it() {
        prose("Superseded by [9. X](0009-x.md)", &["superseded-by [9. X](0009-x.md)"]);
        prose("⌛️ Superseded [0019](0019-x.md)", &["superseded-by [0019](0019-x.md)"]);
        prose("Accepted. Supersedes ADR-3 and ADR-4.", &["supersedes ADR-3", "supersedes ADR-4"]);
        prose("Relates to\n[ADR 5](0005-x.md)", &["relates-to [ADR 5](0005-x.md)"]);
        prose("This has been superceded by ADR-7 since May.", &["superseded-by ADR-7"]);
        prose("Superseded by ADR-1 because of ADR-2", &["superseded-by ADR-1"]);
    }

    #[test]
    fn a_verb_has_the_references_in_the_list_below() {
        prose(
            "Accepted\n\nSupercedes:\n\n- [1](0001-x.md)\n- parts of [2](0002-x.md)\n",
            &["supersedes [1](0001-x.md)", "partially-supersedes [2](0002-x.md)"],
        );
    }

    #[test]
    fn superseding_a_part_is_a_partial_supersession() {
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
    fn a_limit_next_to_the_reference_makes_a_supersession_partial() {
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
    fn further_verbs_may_precede_and_follow_the_references_of_a_key() {
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
    fn quotations_and_text_outside_the_scope_of_a_verb_make_no_claim() {
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
    fn numbers_after_a_verb_or_a_reference_need_no_prefix() {
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
    fn a_status_is_a_verb_before_a_colon_or_a_reference() {
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
    fn words_that_are_struck_out_make_no_claim() {
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
