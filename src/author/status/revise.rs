//! Makes a record state a new status, relations or a reason.
//!
//! Every statement is written in the layout of the record's status: as a key, a section, a bullet, a table row. The
//! record is read again before its edits are returned, so that no change is made that does not state what was
//! requested.

use std::collections::HashMap;

use super::permitted_changes::{allowed_changes, keeps_date, removable, updates_date};
use super::reason::{ReasonPlacement, add_reason, remove_reason, states_reason};
use super::relation_statement::{relation_edits, relation_entry, states_relation};
use super::revision::{NewRelation, Revision};
use super::status_history::new_entry;
use super::write_status::{is_editable, status_above, status_edits};
use crate::author::edits::statement_below_title;
use crate::author::fields::replace_date;
use crate::author::guard::{Guard, reread};
use crate::author::naming::RecordLink;
use crate::format::{Fact, Field, Words};
use crate::model::{Date, DateStatement, Lifecycle, Record, RelationKind};
use crate::text::Edit;
use crate::{Refusal, Result};

/// Returns the edits that make `record` state what `revision` requests; none if it does already.
///
/// # Errors
///
/// If the record is written in a way that cannot be changed safely.
pub(crate) fn revise(record: &Record, revision: &Revision, words: &Words) -> Result<Vec<Edit>> {
    let missing_relations: Vec<&NewRelation> =
        revision.relations.iter().filter(|new| !states_relation(record, new)).collect();
    let missing_reason =
        revision.reason.as_deref().filter(|reason| !states_reason(record, reason, words));
    if has_status(record, revision) && missing_relations.is_empty() && missing_reason.is_none() {
        return Ok(vec![]);
    }
    let max_relations = record.relations.len() + missing_relations.len();
    let allowed = allowed_changes(record, revision, words);
    let guard = Guard { words, allowed: &allowed };
    let status = revision.status().or_else(|| record.status());
    let is_done = |after: &Record| {
        after.status() == status
            && missing_relations.iter().all(|new| states_relation(after, new))
            && missing_reason.is_none_or(|reason| {
                states_reason(after, reason, words) && after.relations.len() <= max_relations
            })
    };
    let mut first_error = None;
    for variant in Variant::all(missing_reason.is_some()) {
        let Some(mut edits) = edits(record, revision, &missing_relations, words, variant) else {
            continue;
        };
        if let Some(reason) = missing_reason {
            let with_reason = add_reason(record, edits, reason, variant.reason, words);
            let Some(with_reason) = with_reason else { continue };
            edits = with_reason;
        }
        let edits = with_insertions_joined(edits);
        let words_check = removable(record, revision, &edits, words).check(record, &edits);
        match words_check.and_then(|()| guard.check(record, &edits)) {
            Ok(after) if !keeps_date(record, &after, revision.date) => {
                let (path, field) = (record.source.path().to_owned(), Fact::Date.as_str());
                first_error = first_error.or(Some(Refusal::Touches { path, field }.into()));
            }
            Ok(after) if is_done(&after) => return Ok(edits),
            Ok(_) => {}
            // Report the error of the first variant, which is the one that people expect.
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    let path = || record.source.path().to_owned();
    Err(first_error.unwrap_or_else(|| Refusal::CannotEdit { path: path() }.into()))
}

/// As [`revise`], also for relations that cannot all be written in one step, such as several with a new key. Writes
/// them one after the other, and doubles the number per step as long as that works.
///
/// # Errors
///
/// As [`revise`].
pub(crate) fn revise_stepwise(
    record: &Record,
    revision: &Revision,
    words: &Words,
) -> Result<Vec<Edit>> {
    let in_one_step = revise(record, revision, words);
    if in_one_step.is_ok() || revision.relations.len() < 2 {
        return in_one_step;
    }
    let mut latest: Option<Record> = None;
    let mut remaining_relations = revision.relations.as_slice();
    let mut step_size = 1;
    while !remaining_relations.is_empty() {
        let current = latest.as_ref().unwrap_or(record);
        let (relations, later_relations) =
            remaining_relations.split_at(step_size.min(remaining_relations.len()));
        let is_first = remaining_relations.len() == revision.relations.len();
        let step = Revision {
            status: revision.status.clone().filter(|_| is_first),
            relations: relations.to_vec(),
            reason: revision.reason.clone().filter(|_| is_first),
            date: revision.date,
        };
        let step_edits = revise(current, &step, words).ok();
        match step_edits.and_then(|edits| reread(current, &edits, words)) {
            Some(after_step) => {
                latest = Some(after_step);
                remaining_relations = later_relations;
                step_size *= 2;
            }
            None if step_size == 1 => return in_one_step,
            None => step_size /= 2,
        }
    }
    let after = latest.as_ref().unwrap_or(record);
    Ok(vec![Edit::between(record.text(), after.text())])
}

/// Whether the record has the status that it is to have.
fn has_status(record: &Record, revision: &Revision) -> bool {
    revision.status().is_none_or(|status| record.status() == Some(status))
}

/// One way to write a revision. They are tried in order until one works.
#[derive(Clone, Copy, Debug)]
struct Variant {
    relations: RelationPlacement,
    status: StatusPlacement,
    reason: ReasonPlacement,
}

impl Variant {
    fn all(has_reason: bool) -> impl Iterator<Item = Self> {
        let reasons: &[ReasonPlacement] =
            if has_reason { &ReasonPlacement::ALL } else { &[ReasonPlacement::Usual] };
        reasons.iter().flat_map(move |reason| {
            StatusPlacement::ALL.into_iter().flat_map(move |status| {
                RelationPlacement::ALL.map(|relations| Self { relations, status, reason: *reason })
            })
        })
    }
}

/// How a new status is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StatusPlacement {
    /// As a new entry of a history, if there is one; otherwise instead of the old status.
    HistoryEntry,
    /// Instead of the old status, or of the last entry of a history.
    Replacement,
    /// Above the old status, which keeps all remarks.
    Above,
}

impl StatusPlacement {
    const ALL: [Self; 3] = [Self::HistoryEntry, Self::Replacement, Self::Above];
}

/// How relations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RelationPlacement {
    /// `Superseded by X` as the status itself; other relations next to the status.
    AsStatus,
    /// As separate statements in the layout of the status.
    NextToStatus,
    /// As lines below the title.
    BelowTitle,
}

impl RelationPlacement {
    const ALL: [Self; 3] = [Self::AsStatus, Self::NextToStatus, Self::BelowTitle];
}

/// The edits of one variant; `None` if the record has no place for it.
fn edits(
    record: &Record,
    revision: &Revision,
    relations: &[&NewRelation],
    words: &Words,
    variant: Variant,
) -> Option<Vec<Edit>> {
    let status = revision.status().or_else(|| record.status());
    let is_superseded = status.is_some_and(|status| status.is(Lifecycle::Superseded));
    let has_key = relation_entry(record, RelationKind::SupersededBy, words).is_some();
    let writes_successors_as_status =
        is_superseded && !has_key && variant.relations == RelationPlacement::AsStatus;
    let (in_status, separate): (Vec<&NewRelation>, Vec<&NewRelation>) = relations
        .iter()
        .copied()
        .partition(|new| writes_successors_as_status && new.kind == RelationKind::SupersededBy);
    let successors: Vec<&RecordLink> = in_status.iter().map(|new| &new.target).collect();
    let history_entry = match variant.status {
        StatusPlacement::HistoryEntry => new_entry(record, revision, &successors, words),
        _ => None,
    };
    let mut edits = match (history_entry, variant.status) {
        (Some(history_entry), _) => vec![history_entry],
        (None, StatusPlacement::Above) => status_above(record, revision, &successors, words)?,
        (None, _) => status_edits(record, revision, &successors, words)?,
    };
    for (new, targets) in grouped_by_verb(&separate) {
        match variant.relations {
            RelationPlacement::BelowTitle => {
                for target in targets {
                    edits.push(statement_below_title(record, &new.verb, target)?);
                }
            }
            _ => edits.extend(relation_edits(record, new, &targets, words)?),
        }
    }
    let reason_is_outdated = match &revision.reason {
        Some(reason) => !states_reason(record, reason, words),
        None => !has_status(record, revision),
    };
    if reason_is_outdated {
        edits.extend(remove_reason(record));
    }
    if updates_date(record, revision) {
        edits.extend(date_edit(record, revision.date, words));
    }
    Some(edits)
}

/// The targets of all relations of one kind and verb, which are written as one list.
fn grouped_by_verb<'r>(
    relations: &[&'r NewRelation],
) -> Vec<(&'r NewRelation, Vec<&'r RecordLink>)> {
    let mut groups: Vec<(&NewRelation, Vec<&RecordLink>)> = Vec::new();
    for new in relations {
        let is_same =
            |(one, _): &&mut (&NewRelation, _)| one.kind == new.kind && one.verb == new.verb;
        match groups.iter_mut().find(is_same) {
            Some((_, targets)) => targets.push(&new.target),
            None => groups.push((new, vec![&new.target])),
        }
    }
    groups
}

/// Joins insertions at the same place into one edit, in their order, so that no other edit separates them.
fn with_insertions_joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined_edits: Vec<Edit> = Vec::new();
    let mut index_by_offset: HashMap<usize, usize> = HashMap::new();
    for edit in edits {
        let offset = edit.span.is_empty().then_some(edit.span.start);
        let index = offset.and_then(|offset| index_by_offset.get(&offset)).copied();
        if let Some(earlier) = index.and_then(|index| joined_edits.get_mut(index)) {
            earlier.text.push_str(&edit.text);
            continue;
        }
        index_by_offset.extend(offset.map(|offset| (offset, joined_edits.len())));
        joined_edits.push(edit);
    }
    joined_edits
}

/// Sets the date to the date of the last change, which it means in MADR. A placeholder stays.
fn date_edit(record: &Record, date: Date, words: &Words) -> Option<Edit> {
    let stated = record.date.as_ref().filter(|stated| is_editable(stated.layout))?;
    let has_digit = stated.span?.of(record.text()).bytes().any(|byte| byte.is_ascii_digit());
    let is_different = stated.value != DateStatement::Date(date);
    (has_digit && is_different)
        .then(|| replace_date(record, Some(stated), Field::Date, date, words))?
}

#[cfg(test)]
mod tests {
    use super::{Revision, revise};
    use crate::author::testing::{record, words};
    use crate::model::{Date, Lifecycle};
    use crate::text::apply;

    /// The section of the status of a record that becomes deprecated; or why it does not.
    fn deprecated(status: &str) -> Result<String, String> {
        let record =
            record("0001-a.md", &format!("# A\n\n## Status\n\n{status}\n\n## Context\n\nx\n"));
        let date = Date::day(2026, 3, 1).unwrap();
        let status = Some(Lifecycle::Deprecated.into());
        let revision = Revision { status, relations: vec![], reason: None, date };
        let edits = revise(&record, &revision, &words()).map_err(|error| error.to_string())?;
        let text = apply(record.text(), &edits).unwrap();
        let section = text.split("## Status\n\n").nth(1).unwrap();
        Ok(section.split("\n\n## Context").next().unwrap().to_owned())
    }

    #[test]
    fn remarks_on_a_status_stay_below_the_new_one() {
        for said in [
            "Accepted by the board",
            "Accepted, valid for payments only",
            "Accepted after\na trial with two teams.",
            "Proposed, says [Ann](ann.md)",
        ] {
            assert_eq!(deprecated(said), Ok(format!("Deprecated\n\n{said}")), "{said}");
        }
    }

    #[test]
    fn a_change_that_would_remove_words_is_refused() {
        let refused =
            |words: &str| Err(format!("the change would remove `{words}` from `0001-a.md:5`"));
        assert_eq!(
            deprecated("Accepted on 2024-01-02 by the board"),
            refused("on 2024-01-02 by the board")
        );
        assert_eq!(deprecated("- Accepted by Ann"), refused("by Ann"));
    }

    #[test]
    fn a_single_date_is_updated_and_a_reason_is_removed() {
        assert_eq!(deprecated("Accepted (2024-01-02)").as_deref(), Ok("Deprecated (2026-03-01)"));
        assert_eq!(deprecated("Accepted - it is cheap").as_deref(), Ok("Deprecated"));
        assert_eq!(deprecated("Accepted. See it.").as_deref(), Ok("Deprecated. See it."));
        assert_eq!(deprecated("Superseded by ADR-0012").as_deref(), Ok("Deprecated"));
    }

    #[test]
    fn an_entry_of_a_numbered_history_is_not_replaced() {
        let history = "1. Proposed 2024-01-01\n2. Accepted 2024-02-01";
        let new = deprecated(history);
        assert!(new.as_ref().is_err() || new.unwrap().starts_with(history));
    }
}
