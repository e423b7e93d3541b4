//! What a piece of text says about other records.
//!
//! Known shapes: a verb and references behind it, on one line, over wrapped lines, or with a list
//! below the verb; a key with references as its value, and verbs of their own before or behind them,
//! `Related: ADR-1 · amends ADR-2`; a passive around its reference, `被 ADR-3 取代`. A verb in running
//! text counts for supersession only, and only behind it up to the end of the sentence, a semicolon,
//! or the end of the brackets around it; one that is quoted does not count. Words such as *part of*
//! between verb and reference make a supersession a partial one.

use super::block::{Block, blocks};
use super::claim::{Claim, is_supersession, partial};
use super::phrase::tokens;
use super::reference::{self, Definitions};
use super::remark::{
    PASSIVE, ends_reach, is_joint, is_of_part, is_quoted, joins_part, remarks_on_part,
};
use super::status::{is_word, live};
use super::words::{Says, Words};
use crate::model::{Layout, Reference, Relation, RelationKind};
use crate::syntax::{uncommented, unstruck};
use crate::text::Span;

/// How relations are looked for in one record.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    /// The prefix of the record's own id, if it has one.
    pub own_prefix: Option<&'a str>,
    /// Those of the text.
    pub definitions: &'a Definitions,
}

impl Reader<'_> {
    /// The relations that the value of a key states. `span` is all of the statement.
    pub(super) fn value(
        &self,
        kind: RelationKind,
        value: Span,
        span: Span,
        layout: Layout,
    ) -> Vec<Relation> {
        if self.words.is_nothing(value.of(self.text)) {
            return vec![];
        }
        let mut relations = Vec::new();
        for block in blocks(self.text, value) {
            let references = self.expected(kind, block.span);
            let claim = Claim { kind, span, layout };
            let end = references.last().map(|last| last.span.end);
            relations.extend(self.related(claim, block.span.start, references));
            if let Some(end) = end {
                self.beside(Span::new(end, block.span.end), layout, &mut relations);
            }
        }
        relations
    }

    /// The claims of verbs of their own behind the references of a key: `Related: ADR-1 · amends ADR-2`.
    fn beside(&self, rest: Span, layout: Layout, found: &mut Vec<Relation>) {
        let written = rest.of(self.text);
        let marks = written.match_indices(['·', ';', '；']).map(|(at, mark)| (at, at + mark.len()));
        let mut start = None;
        for (end, next) in marks.chain([(written.len(), written.len())]) {
            if let Some(start) = start {
                let span = Span::new(start, end).shift(rest.start).trim(self.text);
                let block = Block { span, is_item: false };
                self.block(&block, layout, Verbs::Leading, found);
            }
            start = Some(next);
        }
    }

    /// The references in a text in which nothing else is expected.
    fn expected(&self, kind: RelationKind, span: Span) -> Vec<Reference> {
        let mut found = reference::find(self.text, span, self.own_prefix, self.definitions);
        if !found.is_empty() {
            let said = uncommented(span.of(self.text));
            let said = unstruck(&said);
            found.retain(|one| !is_blank(&said, span, one.span));
            let mut found = self.joined(kind, span.start, found);
            // `ADR-1, 0002 and 0003`
            if let Some(last) = found.last() {
                let rest = Span::new(last.span.end, span.end);
                found.extend(reference::more_numbers(self.text, rest));
            }
            return found;
        }
        let parts = split_commas(self.text, span);
        parts.into_iter().filter_map(|part| reference::whole(self.text, part)).collect()
    }

    /// The references from the first on, up to where other words stand between two of them.
    fn joined(
        &self,
        kind: RelationKind,
        start: usize,
        references: Vec<Reference>,
    ) -> Vec<Reference> {
        let mut end = start;
        let mut kept: Vec<Reference> = Vec::new();
        for reference in references {
            let between = Span::new(end, reference.span.start).of(self.text);
            let joins = || {
                let supersedes = partial(kind) == RelationKind::PartiallySupersedes;
                is_joint(between) || supersedes && joins_part(between, self.words)
            };
            if !kept.is_empty() && !joins() {
                break;
            }
            end = reference.span.end;
            kept.push(reference);
        }
        kept
    }

    /// The claim about each of the `references`. `start` is where the words before the first begin.
    fn related(&self, claim: Claim, start: usize, references: Vec<Reference>) -> Vec<Relation> {
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
        let of = || last().and_then(|last| self.words.says(last)) == Some(Says::Of);
        let kind = if self.words.is_partial(lead) || of() { partial(kind) } else { kind };
        self.each(Claim { kind, ..claim }, references)
    }

    /// The claim about each of the `references`, of some perhaps about a part only.
    fn each(&self, claim: Claim, references: Vec<Reference>) -> Vec<Relation> {
        let mut end: Option<usize> = None;
        let mut kind = |reference: &Reference| {
            let before = end.replace(reference.span.end);
            let before = before.map(|end| Span::new(end, reference.span.start).of(self.text));
            let part = self.has_remark_on_part(reference)
                || before.is_some_and(|before| !is_joint(before));
            if part { partial(claim.kind) } else { claim.kind }
        };
        let claims = references.into_iter().map(|one| (Claim { kind: kind(&one), ..claim }, one));
        claims.filter_map(|(claim, one)| claim.about(one)).collect()
    }

    /// Whether brackets, or the first words behind the reference, say that only a part is meant.
    fn has_remark_on_part(&self, reference: &Reference) -> bool {
        let end = reference.span.end;
        // A remark is short, and a line may have no end.
        let behind = Span::new(end, self.text.len()).first(240, self.text).of(self.text);
        remarks_on_part(behind.lines().next().unwrap_or_default(), self.words)
    }

    /// The relations in a text about the record: a status section, a note, a footnote.
    pub(super) fn prose(&self, region: Span, layout: Layout) -> Vec<Relation> {
        self.blocks_of(region, layout, Verbs::Anywhere)
    }

    /// The relations in a list of links: the items that begin with a verb.
    pub(super) fn list(&self, region: Span) -> Vec<Relation> {
        self.blocks_of(region, Layout::Section, Verbs::Leading)
    }

    fn blocks_of(&self, region: Span, layout: Layout, verbs: Verbs) -> Vec<Relation> {
        // A verb and a reference are two words at least.
        if is_word(region.trim(self.text).of(self.text)) {
            return vec![];
        }
        let mut relations = Vec::new();
        // The verb whose references stand in the list below it.
        let mut open: Option<RelationKind> = None;
        for block in blocks(self.text, region) {
            if let Some(kind) = open.filter(|_| block.is_item) {
                let references = self.expected(kind, block.span);
                if !references.is_empty() {
                    let claim = Claim { kind, span: block.span, layout };
                    relations.extend(self.related(claim, block.span.start, references));
                    continue;
                }
            }
            let own = self.block(&block, layout, verbs, &mut relations);
            open = own.or(open.filter(|_| block.is_item));
        }
        relations
    }

    /// Adds the relations of one paragraph or item; gives the verb that it ends in, if any.
    fn block(
        &self,
        block: &Block,
        layout: Layout,
        places: Verbs,
        found: &mut Vec<Relation>,
    ) -> Option<RelationKind> {
        let span = block.span;
        let piece = live(span.of(self.text), self.words);
        let named: Vec<_> = self.words.relations_in(&piece).collect();
        if named.is_empty() {
            return None;
        }
        let mut references = reference::find(self.text, span, self.own_prefix, self.definitions);
        references.retain(|one| !is_blank(&piece, span, one.span));
        if piece.contains(PASSIVE) {
            found.extend(references.iter().filter_map(|one| self.passive(span, one, layout)));
        }
        let within = |at: Span| references.iter().any(|r| r.span.contains(at));
        let verbs: Vec<(Span, RelationKind)> = named
            .into_iter()
            .map(|(at, kind)| (at.shift(span.start), kind))
            .filter(|(at, kind)| !within(*at) && self.counts(span, *at, *kind, places))
            .collect();
        let mut open = None;
        for (at, (verb, kind)) in verbs.iter().enumerate() {
            let end = verbs.get(at + 1).map_or(span.end, |(next, _)| next.start);
            let behind = Span::new(verb.end, end);
            let mut own = reference::numbers(self.text, behind);
            if own.is_empty() {
                own.extend(references.iter().filter(|r| behind.contains(r.span)).cloned());
            }
            let Some(first) = own.first() else {
                let awaits = self.leads(span, *verb) && self.awaits_list(*verb, behind);
                open = awaits.then_some(*kind);
                continue;
            };
            let between = Span::new(verb.end, first.span.start).of(self.text);
            let Some(kind) = self.governed(*kind, span.start, *verb, between) else { continue };
            let own = self.joined(kind, first.span.start, own);
            let last = own.last().map_or(verb.end, |r| r.span.end);
            let claim = Claim { kind, span: Span::new(verb.start, last), layout };
            found.extend(self.each(claim, own));
        }
        open
    }

    /// Whether a verb at this place of a block makes a claim.
    fn counts(&self, block: Span, verb: Span, kind: RelationKind, places: Verbs) -> bool {
        if self.leads(block, verb) {
            return true;
        }
        let ends_by = || verb.of(self.text).to_lowercase().ends_with("by");
        places == Verbs::Anywhere
            && (is_supersession(kind) || ends_by())
            && !is_bare(verb.of(self.text))
            && !is_quoted(Span::new(block.start, verb.start).of(self.text))
    }

    /// The claim of a passive that encloses the reference: `被 ADR-3 取代`.
    fn passive(&self, block: Span, one: &Reference, layout: Layout) -> Option<Relation> {
        // The words at once before it, as a line may have no end.
        let start = one.span.start.saturating_sub(24).max(block.start);
        let start = self.text.floor_char_boundary(start).max(block.start);
        let lead = Span::new(start, one.span.start).of(self.text);
        let lead = lead.trim_end().strip_suffix(PASSIVE)?;
        let behind = Span::new(one.span.end, block.end).of(self.text).trim_start();
        let verb = behind.get(..tokens(behind).next().filter(|verb| verb.start == 0)?.end)?;
        if !self.words.is_key(verb) {
            return None;
        }
        let part = tokens(lead).last().is_some_and(|word| self.words.is_partial(word.of(lead)));
        let kind = RelationKind::SupersededBy;
        let kind = if part { partial(kind) } else { kind };
        Claim { kind, span: one.span, layout }.about(one.clone())
    }

    /// Whether at most one word stands before the verb.
    fn leads(&self, block: Span, verb: Span) -> bool {
        tokens(Span::new(block.start, verb.start).of(self.text)).nth(1).is_none()
    }

    /// Whether nothing but a colon stands behind a verb.
    fn awaits_list(&self, verb: Span, behind: Span) -> bool {
        let behind = behind.of(self.text);
        behind.trim_matches(['*', '_', ' ', ':', '：', '\n', '\r']).is_empty()
            && (behind.contains([':', '：']) || !self.words.is_key(verb.of(self.text)))
    }

    /// The kind of the claim, in view of the words between verb and reference.
    fn governed(
        &self,
        kind: RelationKind,
        start: usize,
        verb: Span,
        between: &str,
    ) -> Option<RelationKind> {
        let words = tokens(between).count();
        if ends_reach(between) || words > 24 {
            return None;
        }
        let near = if self.words.is_partial(between) { 4 } else { 2 };
        if is_bare(verb.of(self.text)) && words > near {
            return None;
        }
        if self.words.is_key(verb.of(self.text)) {
            let last = || tokens(between).last().map(|last| last.of(between));
            let of = || last().and_then(|last| self.words.says(last)) == Some(Says::Of);
            let marks = [':', '：', '*', '_', ' ', '\u{a0}'];
            if !between.trim_matches(marks).is_empty() && !of() {
                return None;
            }
        }
        let lead = Span::new(start, verb.start).of(self.text);
        let part = self.words.is_partial(between) || is_of_part(lead, self.words);
        let of_something = kind == RelationKind::Supersedes && words > 3;
        Some(if part || of_something { partial(kind) } else { kind })
    }
}

/// Whether nothing is left of the bytes `at` in `live`, which stands for those of `block`.
fn is_blank(live: &str, block: Span, at: Span) -> bool {
    let part = live.get(at.start.saturating_sub(block.start)..at.end.saturating_sub(block.start));
    part.is_some_and(|part| part.trim().is_empty())
}

/// Where in a paragraph a verb makes a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verbs {
    /// In any sentence.
    Anywhere,
    /// At its beginning.
    Leading,
}

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
fn is_bare(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-']) && (verb.ends_with("eded") || verb == "replacement")
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
    use super::{Definitions, Reader};
    use crate::format::Words;
    use crate::model::{Layout, Relation, RelationKind};
    use crate::text::Span;

    fn shown(relations: &[Relation]) -> Vec<String> {
        relations.iter().map(|r| format!("{} {}", r.kind, r.reference.text)).collect()
    }

    #[track_caller]
    fn prose(text: &str, expected: &[&str]) {
        let words = Words::new(std::iter::empty());
        let reader =
            Reader { text, words: &words, own_prefix: None, definitions: &Definitions::default() };
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
        let reader =
            Reader { text, words: &words, own_prefix: None, definitions: &Definitions::default() };
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
        value("ADR-3's layout. ADR-4 stays", &["supersedes ADR-3"]);
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
