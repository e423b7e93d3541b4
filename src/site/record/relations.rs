//! The relations of a record on its page.

use serde::Serialize;

use super::view::RecordLink;
use crate::model::{RecordId, RelationKind};
use crate::site::plan::Facts;
use crate::syntax::plain;

/// The records with the same relation to the record of the page.
#[derive(Debug, Serialize)]
pub(crate) struct RelationView<'s> {
    /// The name of the relation: `Supersedes`.
    name: &'s str,
    /// In log order, each once.
    records: Vec<RecordLink<'s>>,
    /// The references that are not in the log, as they are written.
    dangling: Vec<String>,
}

/// The relations of a record in both directions, whether it or the other record states them.
pub(crate) fn relations<'s>(facts: &'s Facts<'_>, id: RecordId) -> Vec<RelationView<'s>> {
    RelationKind::ALL.into_iter().filter_map(|kind| relation_view(facts, id, kind)).collect()
}

/// The relations of one kind; `None` if the record has none.
fn relation_view<'s>(
    facts: &'s Facts<'_>,
    id: RecordId,
    kind: RelationKind,
) -> Option<RelationView<'s>> {
    let stated_here = || facts.log.relations(id).filter(move |(relation, _)| relation.kind == kind);
    let inverse = kind.inverse();
    let stated_elsewhere = facts.log.incoming(id).filter(|(_, relation)| relation.kind == inverse);
    let mut records: Vec<RecordId> = stated_here().filter_map(|(_, target)| target).collect();
    records.extend(stated_elsewhere.map(|(from, _)| from));
    records.retain(|other| *other != id);
    records.sort_unstable();
    records.dedup();
    let unresolved = stated_here().filter(|(_, target)| target.is_none());
    let dangling: Vec<String> =
        unresolved.map(|(relation, _)| plain(&relation.reference.text)).collect();
    if records.is_empty() && dangling.is_empty() {
        return None;
    }
    let name = facts.messages.get(kind.as_str());
    Some(RelationView { name, records: facts.links(records), dangling })
}
