//! What a piece of text says about other records.
//!
//! Known shapes: a verb and references behind it, on one line, over wrapped lines, or with a list
//! below the verb; a key with references as its value. A verb in running text counts for
//! supersession only, and only behind it up to the end of the sentence. Words such as *part of*
//! between verb and reference make a supersession a partial one.

use super::phrase::tokens;
use super::reference::{self, Definitions};
use super::remark::{ends_sentence, is_joint, is_of_part, remarks_on_part};
use super::status::{is_word, live};
use super::words::Words;
use crate::model::{Layout, Reference, Relation, RelationKind};
use crate::syntax::unstruck;
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
        for block in self.blocks(value) {
            let references = self.expected(block.span);
            let claim = Claim { kind, span, layout };
            relations.extend(self.related(claim, block.span.start, references));
        }
        relations
    }

    /// The references in a text in which nothing else is expected.
    fn expected(&self, span: Span) -> Vec<Reference> {
        let mut found = reference::find(self.text, span, self.own_prefix, self.definitions);
        if !found.is_empty() {
            let live = unstruck(span.of(self.text));
            found.retain(|one| !is_blank(&live, span, one.span));
            return self.joined(span.start, found);
        }
        let parts = split_commas(self.text, span);
        parts.into_iter().filter_map(|part| reference::whole(self.text, part)).collect()
    }

    /// The references from the first on, up to where other words stand between two of them.
    fn joined(&self, start: usize, references: Vec<Reference>) -> Vec<Reference> {
        let mut end = start;
        let mut kept: Vec<Reference> = Vec::new();
        for reference in references {
            let between = Span::new(end, reference.span.start).of(self.text);
            if !kept.is_empty() && !is_joint(between) {
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
        let part = self.words.is_partial(Span::new(start, first).of(self.text));
        self.each(
            if part { Claim { kind: partial(claim.kind), ..claim } } else { claim },
            references,
        )
    }

    /// The claim about each of the `references`, of some perhaps about a part only.
    fn each(&self, claim: Claim, references: Vec<Reference>) -> Vec<Relation> {
        let kind = |reference: &Reference| {
            let part = self.has_remark_on_part(reference);
            if part { partial(claim.kind) } else { claim.kind }
        };
        references
            .into_iter()
            .flat_map(|one| Claim { kind: kind(&one), ..claim }.about(vec![one]))
            .collect()
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
        for block in self.blocks(region) {
            if let Some(kind) = open.filter(|_| block.is_item) {
                let references = self.expected(block.span);
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
            let own: Vec<Reference> =
                references.iter().filter(|r| behind.contains(r.span)).cloned().collect();
            let Some(first) = own.first() else {
                let leads = self.leads(span, *verb);
                open = (leads && self.awaits_list(behind)).then_some(*kind);
                continue;
            };
            let between = Span::new(verb.end, first.span.start).of(self.text);
            let Some(kind) = self.governed(*kind, span.start, *verb, between) else { continue };
            let own = self.joined(first.span.start, own);
            let last = own.last().map_or(verb.end, |r| r.span.end);
            let claim = Claim { kind, span: Span::new(verb.start, last), layout };
            found.extend(self.each(claim, own));
        }
        open
    }

    /// Whether a verb at this place of a block makes a claim.
    fn counts(&self, block: Span, verb: Span, kind: RelationKind, places: Verbs) -> bool {
        let supersession = matches!(
            kind,
            RelationKind::Supersedes
                | RelationKind::SupersededBy
                | RelationKind::PartiallySupersedes
                | RelationKind::PartiallySupersededBy
        );
        let ends_by = verb.of(self.text).to_lowercase().ends_with("by");
        let bare = is_bare(verb.of(self.text));
        let anywhere = places == Verbs::Anywhere && (supersession || ends_by) && !bare;
        self.leads(block, verb) || anywhere
    }

    /// Whether at most one word stands before the verb.
    fn leads(&self, block: Span, verb: Span) -> bool {
        tokens(Span::new(block.start, verb.start).of(self.text)).nth(1).is_none()
    }

    /// Whether nothing but a colon stands behind a verb.
    fn awaits_list(&self, behind: Span) -> bool {
        behind.of(self.text).trim_matches(['*', '_', ' ', ':', '：', '\n', '\r']).is_empty()
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
        if ends_sentence(between) || words > 24 {
            return None;
        }
        if is_bare(verb.of(self.text)) && words > 2 {
            return None;
        }
        let lead = Span::new(start, verb.start).of(self.text);
        let part = self.words.is_partial(between) || is_of_part(lead, self.words);
        let of_something = kind == RelationKind::Supersedes && words > 3;
        Some(if part || of_something { partial(kind) } else { kind })
    }

    /// The paragraphs and list items of a region; comments, headings and code are none.
    fn blocks(&self, region: Span) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let (mut fresh, mut comment) = (true, false);
        for line in region.lines(self.text) {
            let line = line.trim(self.text);
            let words = line.of(self.text).trim_start_matches(['>', ' ']);
            let opens = words.starts_with("<!--");
            if comment || opens {
                comment = !words.contains("-->");
                continue;
            }
            if words.is_empty() || words.starts_with(['#', '|']) || words.starts_with("[//]:") {
                fresh = true;
                continue;
            }
            let item = words.trim_start_matches(['-', '*', '+']);
            let is_item = item.len() < words.len() && item.starts_with(' ');
            let bare = if is_item { item.trim_start() } else { words };
            let span = Span::new(line.end - bare.len(), line.end);
            match blocks.last_mut() {
                Some(block) if !fresh && !is_item => block.span.end = span.end,
                _ => blocks.push(Block { span, is_item }),
            }
            fresh = false;
        }
        blocks
    }
}

/// Whether nothing is left of the bytes `at` in `live`, which stands for those of `block`.
fn is_blank(live: &str, block: Span, at: Span) -> bool {
    let part = live.get(at.start.saturating_sub(block.start)..at.end.saturating_sub(block.start));
    part.is_some_and(|part| part.trim().is_empty())
}

/// What is said, wherever it leads.
#[derive(Clone, Copy)]
struct Claim {
    kind: RelationKind,
    span: Span,
    layout: Layout,
}

impl Claim {
    /// The claim about each of the `references` that is one to a record.
    fn about(self, references: Vec<Reference>) -> Vec<Relation> {
        let Self { kind, span, layout } = self;
        let named = references.into_iter().filter(|reference| means_record(kind, reference));
        named.map(|reference| Relation { kind, reference, span, layout }).collect()
    }
}

/// Where in a paragraph a verb makes a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verbs {
    /// In any sentence.
    Anywhere,
    /// At its beginning.
    Leading,
}

/// A paragraph or a list item.
struct Block {
    span: Span,
    is_item: bool,
}

/// Whether a reference is one to a record. A supersession is always one between records; other
/// verbs also name designs and sources, so that their links must have a number or an id.
fn means_record(kind: RelationKind, reference: &Reference) -> bool {
    use RelationKind as Kind;
    let supersession = [
        Kind::Supersedes,
        Kind::SupersededBy,
        Kind::PartiallySupersedes,
        Kind::PartiallySupersededBy,
    ];
    let target = reference.destination.as_deref().unwrap_or(&reference.text);
    // A readme is named by its folder.
    let mut parts = target.trim_end_matches('/').rsplit('/');
    let name = parts.find(|part| !matches!(*part, "README.md" | "index.md")).unwrap_or_default();
    supersession.contains(&kind) || name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a verb lacks its *by*: `Superseded [9. X](0009-x.md)`.
fn is_bare(verb: &str) -> bool {
    let verb = verb.to_lowercase();
    !verb.contains([' ', '-']) && (verb.ends_with("eded") || verb == "replacement")
}

/// The same for a part of the record only.
fn partial(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Supersedes => RelationKind::PartiallySupersedes,
        RelationKind::SupersededBy => RelationKind::PartiallySupersededBy,
        kind => kind,
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
        let words = Words::new(std::iter::empty());
        let reader =
            Reader { text, words: &words, own_prefix: None, definitions: &Definitions::default() };
        let span = Span::new(0, text.len());
        let found = reader.value(RelationKind::Supersedes, span, span, Layout::Bullet);
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
            &["supersedes ADR-3", "partially-supersedes ADR-4"],
        );
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
