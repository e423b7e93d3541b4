//! The sentence below the title of a record that is not simply in force.

use serde::Serialize;

use super::Site;
use super::markdown::{Leads, elsewhere};
use super::view::Reference;
use crate::model::{Lifecycle, Record, RecordId, RelationKind};
use crate::syntax::plain;

/// The parts of the sentence; empty ones are left out.
#[derive(Debug, Default, Serialize)]
pub(super) struct Banner<'s> {
    /// What the matter is: `Not in force.`
    lead: &'s str,
    /// More about it.
    note: Option<&'s str>,
    /// What took its place.
    successors: Vec<Reference<'s>>,
    /// Where it is discussed, while it is not decided.
    discussion: Option<String>,
    /// What is said to have taken its place, and is not in the log.
    missing: Vec<String>,
    /// What is in force now, where that is not what took its place.
    current: Vec<Reference<'s>>,
    /// Where the chain of successors ends, if not with a decision in force.
    ends: Vec<Reference<'s>>,
    /// What changes the decision or adds to it.
    read_with: Vec<Reference<'s>>,
    /// What would change it, if it were decided.
    proposals: Vec<Reference<'s>>,
}

/// The banner of a record; `None` where there is nothing to say.
pub(super) fn banner<'s>(site: &'s Site<'_>, id: RecordId) -> Option<Banner<'s>> {
    let say = |key: &str| site.messages.get(key);
    let record = site.log.record(id);
    let successors = site.log.successors(id);
    let missing = missing(site, id);
    if !successors.is_empty() {
        return Some(replaced(site, id, successors));
    }
    let state = record.status().and_then(|status| status.meaning);
    let (lead, note) = match state {
        Some(Lifecycle::Superseded) if missing.is_empty() => {
            ("not_in_force", Some("successor_unknown"))
        }
        Some(Lifecycle::Superseded) => ("not_in_force", None),
        Some(Lifecycle::Rejected) => ("not_in_force", Some("is_rejected")),
        Some(Lifecycle::Deprecated) => ("not_in_force", Some("is_deprecated")),
        Some(Lifecycle::Proposed) => ("not_decided", None),
        Some(Lifecycle::Draft) => ("is_draft", Some("not_decided")),
        Some(Lifecycle::Accepted) | None => return changed(site, id),
    };
    let missing = if state == Some(Lifecycle::Superseded) { missing } else { Vec::new() };
    let is_open = matches!(state, Some(Lifecycle::Proposed | Lifecycle::Draft));
    let discussion = if is_open { discussion(record) } else { None };
    let (lead, note) = (say(lead), note.map(say));
    Some(Banner { lead, note, discussion, missing, ..Banner::default() })
}

/// The address of the web that the front matter of a record has for its discussion.
fn discussion(record: &Record) -> Option<String> {
    let entry = record.document.front_matter.as_ref()?.entry(&["discussion"])?;
    match elsewhere(entry.value.scalar()?.trim())? {
        Leads::Away(address) if address.starts_with("http") => Some(address),
        _ => None,
    }
}

/// How many ends of a chain are named.
const MOST_ENDS: usize = 50;

/// The banner of a record that others took the place of: the whole chain, up to what is in force.
fn replaced<'s>(site: &'s Site<'_>, id: RecordId, successors: &[RecordId]) -> Banner<'s> {
    let ends = site.log.current(id);
    // A chain that ends in more places is no answer, and all pages together must not show each record on each.
    let shown = ends.iter().take(MOST_ENDS);
    let (current, dead): (Vec<_>, Vec<_>) = shown.partition(|end| site.log.in_force(**end));
    let is_cycle = ends.is_empty();
    // A successor that is in force itself needs no second sentence.
    let current = if current == successors { Vec::new() } else { current };
    Banner {
        lead: site.messages.get("not_in_force"),
        note: is_cycle.then(|| site.messages.get("chain_is_cycle")),
        successors: site.references(successors.iter().copied()),
        current: site.references(current),
        ends: site.references(dead),
        ..Banner::default()
    }
}

/// The banner of a record that others change, or would change.
fn changed<'s>(site: &'s Site<'_>, id: RecordId) -> Option<Banner<'s>> {
    const CHANGES: [RelationKind; 2] =
        [RelationKind::AmendedBy, RelationKind::PartiallySupersededBy];
    let own = site.log.relations(id).filter(|(relation, _)| CHANGES.contains(&relation.kind));
    let own = own.filter_map(|(_, target)| target);
    let others = site.log.incoming(id);
    let others = others.filter(|(_, relation)| CHANGES.contains(&relation.kind.inverse()));
    let mut changes: Vec<RecordId> = own.chain(others.map(|(from, _)| from)).collect();
    changes.retain(|other| *other != id);
    changes.sort_unstable();
    changes.dedup();
    changes.retain(|other| !site.log.record(*other).is(Lifecycle::Rejected));
    let is_open = |other: &RecordId| {
        [Lifecycle::Proposed, Lifecycle::Draft].iter().any(|one| site.log.record(*other).is(*one))
    };
    let (proposals, changes): (Vec<_>, Vec<_>) = changes.into_iter().partition(is_open);
    let lead = match (site.log.in_force(id), changes.is_empty()) {
        (true, false) => "is_changed",
        (true, true) if !proposals.is_empty() => "is_in_force",
        (false, false) => "was_changed",
        _ => return None,
    };
    Some(Banner {
        lead: site.messages.get(lead),
        read_with: site.references(changes),
        proposals: site.references(proposals),
        ..Banner::default()
    })
}

/// The successors that it names and that are not in the log, as it names them.
fn missing(site: &Site<'_>, id: RecordId) -> Vec<String> {
    let named = site.log.relations(id).filter(|(relation, target)| {
        relation.kind == RelationKind::SupersededBy && target.is_none()
    });
    named.map(|(relation, _)| plain(&relation.reference.text)).collect()
}
