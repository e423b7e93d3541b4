//! The sentence below the title of a record that is not simply in force.

use serde::Serialize;

use super::view::LinkedRecord;
use crate::model::{Lifecycle, Record, RecordId, RelationKind};
use crate::site::markdown::{LinkOutcome, external_link};
use crate::site::plan::Facts;
use crate::syntax::plain;

/// The parts of the sentence; empty ones are left out.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Banner<'s> {
    /// The state: `Not in force.`
    lead: &'s str,
    /// An explanation of the state.
    note: Option<&'s str>,
    /// The successors in the log.
    successors: Vec<LinkedRecord<'s>>,
    /// The address of the discussion, for an open decision.
    discussion: Option<String>,
    /// The successors that are not in the log, as the record names them.
    missing: Vec<String>,
    /// The decisions in force now, unless they are the successors.
    current: Vec<LinkedRecord<'s>>,
    /// The ends of the chain of successors that are not in force.
    ends: Vec<LinkedRecord<'s>>,
    /// The decisions that change this one or add to it.
    read_with: Vec<LinkedRecord<'s>>,
    /// The open decisions that would change this one.
    proposals: Vec<LinkedRecord<'s>>,
}

/// The banner of a record; `None` if it is simply in force.
pub(crate) fn banner<'s>(facts: &'s Facts<'_>, id: RecordId) -> Option<Banner<'s>> {
    let message = |key: &str| facts.messages.get(key);
    let record = facts.log.record(id);
    let successors = facts.log.successors(id);
    if !successors.is_empty() {
        return Some(superseded_banner(facts, id, successors));
    }
    let missing = missing_successors(facts, id);
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
        Some(Lifecycle::Accepted) | None => return amended_banner(facts, id),
    };
    let missing = if state == Some(Lifecycle::Superseded) { missing } else { Vec::new() };
    let is_open = state.is_some_and(Lifecycle::is_open);
    let discussion = if is_open { discussion(record) } else { None };
    let (lead, note) = (message(lead), note.map(message));
    Some(Banner { lead, note, discussion, missing, ..Banner::default() })
}

/// The web address of the discussion in the front matter of a record.
fn discussion(record: &Record) -> Option<String> {
    let entry = record.document.front_matter.as_ref()?.entry(&["discussion"])?;
    match external_link(entry.value.scalar()?.trim())? {
        LinkOutcome::External(address) if address.starts_with("http") => Some(address),
        _ => None,
    }
}

/// The maximum number of ends of a chain in a banner.
const MAX_ENDS: usize = 50;

/// The banner of a superseded record: the whole chain, up to the decisions in force.
fn superseded_banner<'s>(
    facts: &'s Facts<'_>,
    id: RecordId,
    successors: &[RecordId],
) -> Banner<'s> {
    let ends = facts.log.current(id);
    // Without a limit, the size of all pages together could grow with the square of the log.
    let shown_ends = ends.iter().take(MAX_ENDS);
    let (current, obsolete): (Vec<_>, Vec<_>) =
        shown_ends.partition(|end| facts.log.in_force(**end));
    let is_cycle = ends.is_empty();
    // A successor that is itself in force needs no second sentence.
    let current = if current == successors { Vec::new() } else { current };
    Banner {
        lead: facts.messages.get("not_in_force"),
        note: is_cycle.then(|| facts.messages.get("chain_is_cycle")),
        successors: facts.links(successors.iter().copied()),
        current: facts.links(current),
        ends: facts.links(obsolete),
        ..Banner::default()
    }
}

/// The banner of a record that others change, or would change.
fn amended_banner<'s>(facts: &'s Facts<'_>, id: RecordId) -> Option<Banner<'s>> {
    const CHANGES: [RelationKind; 2] =
        [RelationKind::AmendedBy, RelationKind::PartiallySupersededBy];
    let log = facts.log;
    let stated_here = log.relations(id).filter(|(relation, _)| CHANGES.contains(&relation.kind));
    let stated_here = stated_here.filter_map(|(_, target)| target);
    let incoming = log.incoming(id);
    let stated_elsewhere =
        incoming.filter(|(_, relation)| CHANGES.contains(&relation.kind.inverse()));
    let mut changes: Vec<RecordId> =
        stated_here.chain(stated_elsewhere.map(|(from, _)| from)).collect();
    changes.retain(|other| *other != id);
    changes.sort_unstable();
    changes.dedup();
    changes.retain(|other| !log.record(*other).is(Lifecycle::Rejected));
    let is_open = |other: &RecordId| {
        let open_states = [Lifecycle::Proposed, Lifecycle::Draft];
        open_states.iter().any(|state| log.record(*other).is(*state))
    };
    let (proposals, changes): (Vec<_>, Vec<_>) = changes.into_iter().partition(is_open);
    let lead = match (log.in_force(id), changes.is_empty()) {
        (true, false) => "is_changed",
        (true, true) if !proposals.is_empty() => "is_in_force",
        (false, false) => "was_changed",
        _ => return None,
    };
    Some(Banner {
        lead: facts.messages.get(lead),
        read_with: facts.links(changes),
        proposals: facts.links(proposals),
        ..Banner::default()
    })
}

/// The successors that a record names and that are not in the log.
fn missing_successors(facts: &Facts<'_>, id: RecordId) -> Vec<String> {
    let unresolved = facts.log.relations(id).filter(|(relation, target)| {
        relation.kind == RelationKind::SupersededBy && target.is_none()
    });
    unresolved.map(|(relation, _)| plain(&relation.reference.text)).collect()
}
