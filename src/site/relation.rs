//! What a record and the others say about each other, seen from its page.

use serde::Serialize;

use super::Site;
use super::view::Reference;
use crate::model::{RecordId, RelationKind};
use crate::syntax::plain;

/// The records that stand to this one in the same way.
#[derive(Debug, Serialize)]
pub(super) struct RelationView<'s> {
    /// How: `Supersedes`.
    name: &'s str,
    /// Which records, in log order, each once.
    records: Vec<Reference<'s>>,
    /// What is named and is not in the log, as it is named.
    dangling: Vec<String>,
}

/// The relations of a record in both directions, whoever states them.
pub(super) fn relations<'s>(site: &'s Site<'_>, id: RecordId) -> Vec<RelationView<'s>> {
    RelationKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let own = || site.log.relations(id).filter(move |(one, _)| one.kind == kind);
            let inverse = kind.inverse();
            let others = site.log.incoming(id).filter(|(_, one)| one.kind == inverse);
            let mut records: Vec<RecordId> = own().filter_map(|(_, target)| target).collect();
            records.extend(others.map(|(from, _)| from));
            records.retain(|other| *other != id);
            records.sort_unstable();
            records.dedup();
            let dangling = own().filter(|(_, target)| target.is_none());
            let dangling: Vec<String> =
                dangling.map(|(relation, _)| plain(&relation.reference.text)).collect();
            let is_empty = records.is_empty() && dangling.is_empty();
            (!is_empty).then(|| RelationView {
                name: site.messages.get(kind.as_str()),
                records: site.references(records),
                dangling,
            })
        })
        .collect()
}
