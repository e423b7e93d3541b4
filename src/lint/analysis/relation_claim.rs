//! What records state about each other, seen from both sides.

use std::collections::HashSet;

use crate::lint::context::Context;
use crate::model::{Layout, Lifecycle, Record, RecordId, Relation, RelationKind};
use crate::syntax::{blanked, plain};
use crate::text::Span;

/// A record says that it supersedes or amends another one.
#[derive(Clone, Copy)]
pub(in crate::lint) struct RelationClaim<'a> {
    /// Who says it.
    pub from: RecordId,
    /// In which words.
    pub relation: &'a Relation,
    /// About which other record.
    pub to: RecordId,
    /// Whether it is stated in a field or a whole sentence, and no other statement limits it to a part.
    pub is_sure: bool,
}

/// Every claim of a record to have superseded or changed another one that counts: claims of
/// drafts, proposals and rejected records announce what may be, and the other record rightly says
/// nothing yet. A second claim of one record about the same other one is left out.
pub(in crate::lint) fn claims<'a>(context: &Context<'a>) -> Vec<RelationClaim<'a>> {
    let mut claims = Vec::new();
    for (from, record) in context.log.iter() {
        if !context.is_sound(record) || is_undecided(record) {
            continue;
        }
        let mut told = HashSet::new();
        for (relation, target) in context.log.relations(from) {
            let Some(to) = target.filter(|to| *to != from) else { continue };
            let active = matches!(
                relation.kind,
                RelationKind::Supersedes | RelationKind::PartiallySupersedes | RelationKind::Amends
            );
            if !active || told.contains(&to) || !context.is_sound(context.log.record(to)) {
                continue;
            }
            told.insert(to);
            let is_limited = answers(context, from, to).any(|other| {
                other.kind == RelationKind::PartiallySupersedes && other.kind != relation.kind
            });
            let is_sure = relation.is_direct && !is_limited;
            claims.push(RelationClaim { from, relation, to, is_sure });
        }
    }
    claims
}

/// Whether the record is not, or not yet, a decision.
pub(in crate::lint) fn is_undecided(record: &Record) -> bool {
    [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Rejected]
        .into_iter()
        .any(|state| record.is(state))
}

/// What `record` says about `other`.
pub(in crate::lint) fn answers<'a>(
    context: &Context<'a>,
    record: RecordId,
    other: RecordId,
) -> impl Iterator<Item = &'a Relation> {
    context.log.relations_to(record, other)
}

/// Whether the relation is stated within the words that state the status.
pub(in crate::lint) fn in_status(record: &Record, relation: &Relation) -> bool {
    let Some(status) = record.statuses.first() else { return false };
    let Some(span) = status.span else { return false };
    if span.contains(relation.span) || relation.span.contains(span) {
        return true;
    }
    let sections = &record.document.sections;
    let holds = |section: &&crate::syntax::Section| section.body.contains(span);
    status.layout == Layout::Section
        && relation.layout == Layout::Section
        && sections.iter().find(holds).is_some_and(|section| section.body.contains(relation.span))
}

/// Whether more words stand beside that of the status than dates and relations: `Accepted by the team`.
pub(in crate::lint) fn says_more_than_status(record: &Record) -> bool {
    let Some(status) = record.statuses.first() else { return false };
    let Some(span) = status.span else { return false };
    let relations: Vec<Span> = record.relations.iter().map(|relation| relation.span).collect();
    let alone = plain(span.of(&blanked(record.text(), &relations)));
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter(|word| !word.is_empty()).count()
    };
    words(&alone) > words(&status.value.word).max(1)
}

/// Where the status of the record stands; its title, where it states none in its text.
pub(in crate::lint) fn status_place(record: &Record) -> Span {
    let status = record.statuses.first().and_then(|status| status.span);
    let title = record.title.as_ref().and_then(|title| title.span);
    status.or(title).unwrap_or_default()
}

/// What the record says of its status, as a few words for a reader of a finding.
pub(in crate::lint) fn status_words(record: &Record) -> String {
    match record.status() {
        Some(status) => format!("{} reads \"{status}\"", record.label()),
        None => format!("{} states no status", record.label()),
    }
}

/// The relation as the verb of a sentence.
pub(in crate::lint) fn phrase(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Supersedes => "supersedes",
        RelationKind::SupersededBy => "is superseded by",
        RelationKind::PartiallySupersedes => "partially supersedes",
        RelationKind::PartiallySupersededBy => "is partially superseded by",
        RelationKind::Amends => "amends",
        RelationKind::AmendedBy => "is amended by",
        RelationKind::Extends => "extends",
        RelationKind::ExtendedBy => "is extended by",
        RelationKind::Clarifies => "clarifies",
        RelationKind::ClarifiedBy => "is clarified by",
        RelationKind::DependsOn => "depends on",
        RelationKind::RequiredBy => "is required by",
        RelationKind::RelatesTo => "relates to",
        RelationKind::Other => "names",
    }
}
