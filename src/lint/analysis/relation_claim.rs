//! What records state about each other, seen from both sides.

use std::collections::HashSet;

use super::structure::is_being_written;
use crate::lint::context::Context;
use crate::model::{Layout, Lifecycle, Record, RecordId, Relation, RelationKind};
use crate::syntax::{Section, blanked, plain};
use crate::text::Span;

/// The claim of a record that it supersedes or amends another one.
#[derive(Clone, Copy)]
pub(in crate::lint) struct StatedRelation<'a> {
    /// The record with the claim.
    pub from: RecordId,
    /// The relation as stated.
    pub relation: &'a Relation,
    /// The other record.
    pub to: RecordId,
    /// Whether it is stated in a field or a whole sentence, and no other statement limits it to a part.
    pub is_sure: bool,
}

/// The claims of records to have superseded or changed other ones. Claims of drafts, proposals and rejected records
/// are left out, because the other record does not have to confirm them. Of several claims about the same record only
/// the first is returned.
pub(in crate::lint) fn claims<'a>(context: &Context<'a>) -> Vec<StatedRelation<'a>> {
    let mut claims = Vec::new();
    for (from, record) in context.log.iter() {
        if !context.is_sound(record) || is_undecided(record) {
            continue;
        }
        let mut claimed = HashSet::new();
        for (relation, target) in context.log.relations(from) {
            let Some(to) = target.filter(|to| *to != from) else { continue };
            let is_claim = matches!(
                relation.kind,
                RelationKind::Supersedes | RelationKind::PartiallySupersedes | RelationKind::Amends
            );
            if !is_claim || claimed.contains(&to) || !context.is_sound(context.log.record(to)) {
                continue;
            }
            claimed.insert(to);
            let is_limited = answers(context, from, to).any(|other| {
                other.kind == RelationKind::PartiallySupersedes && other.kind != relation.kind
            });
            let is_sure = relation.is_direct && !is_limited;
            claims.push(StatedRelation { from, relation, to, is_sure });
        }
    }
    claims
}

/// Whether the record is not, or not yet, a decision.
pub(in crate::lint) fn is_undecided(record: &Record) -> bool {
    is_being_written(record) || record.is(Lifecycle::Rejected)
}

/// The relations of `record` to `other`.
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
    let Some(status_span) = status.span else { return false };
    if status_span.contains(relation.span) || relation.span.contains(status_span) {
        return true;
    }
    let sections = &record.document.sections;
    let has_status = |section: &&Section| section.body.contains(status_span);
    status.layout == Layout::Section
        && relation.layout == Layout::Section
        && sections
            .iter()
            .find(has_status)
            .is_some_and(|section| section.body.contains(relation.span))
}

/// Whether the statement of the status has further words besides dates and relations: `Accepted by the team`.
pub(in crate::lint) fn says_more_than_status(record: &Record) -> bool {
    let Some(status) = record.statuses.first() else { return false };
    let Some(status_span) = status.span else { return false };
    let relations: Vec<Span> = record.relations.iter().map(|relation| relation.span).collect();
    let without_relations = plain(status_span.of(&blanked(record.text(), &relations)));
    let word_count = |text: &str| {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter(|word| !word.is_empty()).count()
    };
    word_count(&without_relations) > word_count(&status.value.word).max(1)
}

/// The place of the status; the title if the text states no status.
pub(in crate::lint) fn status_place(record: &Record) -> Span {
    let status = record.statuses.first().and_then(|status| status.span);
    let title = record.title.as_ref().and_then(|title| title.span);
    status.or(title).unwrap_or_default()
}

/// The status as a few words for a related place: `ADR-0001 reads "accepted"`.
pub(in crate::lint) fn status_words(record: &Record) -> String {
    match record.status() {
        Some(status) => format!("{} reads \"{status}\"", record.label()),
        None => format!("{} has no status", record.label()),
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
