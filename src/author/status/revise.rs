//! A record that is to say something new about itself: which bytes of it change.
//!
//! Every statement is written in the way in which the record writes its status: as a key, a
//! section, a bullet, a row. What comes out is read again before it is handed on, so that no
//! change is made that does not say what was asked for.

use std::collections::HashMap;

use super::permitted_changes::{keeps_date, replaced, scope};
use super::reason;
use super::reason::Beside;
use super::relation_statement::{key_for, relation_edits, states};
use super::revision::{NewRelation, Revision};
use super::status_history;
use super::write_status::{above, is_editable, status_edits};
use crate::author::edits::statement_below_title;
use crate::author::fields::replace_date;
use crate::author::guard::{Guard, reread};
use crate::author::naming::Target;
use crate::format::{Fact, Field, Words};
use crate::model::{Date, DateStatement, Lifecycle, Record, RelationKind};
use crate::text::Edit;
use crate::{Refusal, Result};

/// The edits that make `record` say what `revision` asks for; none where it says so already.
///
/// # Errors
///
/// [`Refusal::CannotEdit`] where the record is written in a way that cannot be changed without
/// harm.
pub(crate) fn revise(record: &Record, revision: &Revision, words: &Words) -> Result<Vec<Edit>> {
    let wanted: Vec<&NewRelation> =
        revision.relations.iter().filter(|new| !states(record, new)).collect();
    let reason = revision.reason.as_deref().filter(|reason| !reason::states(record, reason, words));
    if unchanged(record, revision) && wanted.is_empty() && reason.is_none() {
        return Ok(vec![]);
    }
    let most = record.relations.len() + wanted.len();
    let scope = scope(record, revision, words);
    let guard = Guard { words, scope: &scope };
    let status = revision.status().or_else(|| record.status());
    let says = |after: &Record| {
        after.status() == status
            && wanted.iter().all(|new| states(after, new))
            && reason.is_none_or(|reason| {
                reason::states(after, reason, words) && after.relations.len() <= most
            })
    };
    let mut refusal = None;
    for way in Way::all(reason.is_some()) {
        let Some(mut edits) = edits(record, revision, &wanted, words, way) else { continue };
        if let Some(reason) = reason {
            let Some(more) = reason::add(record, edits, reason, way.reason, words) else {
                continue;
            };
            edits = more;
        }
        let edits = joined(edits);
        let kept = replaced(record, revision, &edits, words).is_all_that_goes(record, &edits);
        match kept.and_then(|()| guard.check(record, &edits)) {
            Ok(after) if !keeps_date(record, &after, revision.date) => {
                let (path, field) = (record.source.path().to_owned(), Fact::Date.as_str());
                refusal = refusal.or(Some(Refusal::Touches { path, field }.into()));
            }
            Ok(after) if says(&after) => return Ok(edits),
            Ok(_) => {}
            // The first way is the one that a person would expect.
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    let path = || record.source.path().to_owned();
    Err(refusal.unwrap_or_else(|| Refusal::CannotEdit { path: path() }.into()))
}

/// As [`revise`], for relations that cannot all be written at once, such as several of a key that is not there yet:
/// one after the other, and more at once as long as that works.
///
/// # Errors
///
/// As [`revise`].
pub(crate) fn revise_stepwise(
    record: &Record,
    revision: &Revision,
    words: &Words,
) -> Result<Vec<Edit>> {
    let refused = revise(record, revision, words);
    if refused.is_ok() || revision.relations.len() < 2 {
        return refused;
    }
    let mut after: Option<Record> = None;
    let mut rest = revision.relations.as_slice();
    let mut at_once = 1;
    while !rest.is_empty() {
        let now = after.as_ref().unwrap_or(record);
        let (relations, others) = rest.split_at(at_once.min(rest.len()));
        let is_first = rest.len() == revision.relations.len();
        let step = Revision {
            status: revision.status.clone().filter(|_| is_first),
            relations: relations.to_vec(),
            reason: revision.reason.clone().filter(|_| is_first),
            date: revision.date,
        };
        let made = revise(now, &step, words).ok().and_then(|edits| reread(now, &edits, words));
        match made {
            Some(made) => {
                after = Some(made);
                rest = others;
                at_once *= 2;
            }
            None if at_once == 1 => return refused,
            None => at_once /= 2,
        }
    }
    let after = after.as_ref().unwrap_or(record);
    Ok(vec![Edit::between(record.text(), after.text())])
}

/// Whether the record has the status that it is to have.
fn unchanged(record: &Record, revision: &Revision) -> bool {
    revision.status().is_none_or(|status| record.status() == Some(status))
}

/// How a revision is written, the first that works.
#[derive(Clone, Copy, Debug)]
struct Way {
    relations: Relations,
    /// Whether a history of statuses grows; else its last line changes.
    grows: bool,
    /// Whether a new status is written above the old one, with all that is said of that.
    is_above: bool,
    reason: Beside,
}

impl Way {
    fn all(has_reason: bool) -> impl Iterator<Item = Self> {
        let reasons: &[Beside] = if has_reason { &Beside::ALL } else { &[Beside::Usual] };
        let relations = [Relations::AsStatus, Relations::BesideStatus, Relations::OfItsOwn];
        let statuses = [(true, false), (false, false), (false, true)];
        reasons.iter().flat_map(move |reason| {
            statuses.into_iter().flat_map(move |(grows, is_above)| {
                relations.map(|relations| Self { relations, grows, is_above, reason: *reason })
            })
        })
    }
}

/// How relations are stated, the first that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relations {
    /// `Superseded by X` as the status itself; all else beside the status.
    AsStatus,
    /// As a statement of its own in the layout of the status.
    BesideStatus,
    /// As a line below the title.
    OfItsOwn,
}

fn edits(
    record: &Record,
    revision: &Revision,
    wanted: &[&NewRelation],
    words: &Words,
    way: Way,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let own_key = key_for(record, RelationKind::SupersededBy, words).is_some();
    let inline = |new: &&&NewRelation| {
        new.kind == RelationKind::SupersededBy && way.relations == Relations::AsStatus && !own_key
    };
    let superseded = revision.status().or_else(|| record.status());
    let superseded = superseded.is_some_and(|status| status.is(Lifecycle::Superseded));
    let successors: Vec<&Target> =
        wanted.iter().filter(inline).filter(|_| superseded).map(|new| &new.target).collect();
    let grown =
        if way.grows { status_history::grown(record, revision, &successors, words) } else { None };
    match grown {
        Some(line) => edits.push(line),
        None if way.is_above => edits.extend(above(record, revision, &successors, words)?),
        None => edits.extend(status_edits(record, revision, &successors, words)?),
    }
    // Those of one kind are one list.
    let mut lists: Vec<(&NewRelation, Vec<&Target>)> = Vec::new();
    for new in wanted.iter().filter(|new| !(superseded && inline(new))) {
        let alike =
            |(one, _): &&mut (&NewRelation, _)| one.kind == new.kind && one.verb == new.verb;
        match lists.iter_mut().find(alike) {
            Some((_, targets)) => targets.push(&new.target),
            None => lists.push((new, vec![&new.target])),
        }
    }
    for (new, targets) in lists {
        match way.relations {
            Relations::OfItsOwn => {
                for target in targets {
                    edits.push(statement_below_title(record, &new.verb, target)?);
                }
            }
            _ => edits.extend(relation_edits(record, new, &targets, words)?),
        }
    }
    let is_outdated = match &revision.reason {
        Some(reason) => !reason::states(record, reason, words),
        None => !unchanged(record, revision),
    };
    if is_outdated {
        edits.extend(reason::outdated(record));
    }
    if revision.status.is_some() && record.format.name == "madr" {
        edits.extend(date_edit(record, revision.date, words));
    }
    Some(edits)
}

/// Insertions at one place as one edit, in their order, so that none gets lost between others.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for edit in edits {
        let place = edit.span.is_empty().then_some(edit.span.start);
        let known = place.and_then(|place| places.get(&place)).copied();
        if let Some(known) = known.and_then(|at| joined.get_mut(at)) {
            known.text.push_str(&edit.text);
            continue;
        }
        places.extend(place.map(|place| (place, joined.len())));
        joined.push(edit);
    }
    joined
}

/// The day of the last change, which is what MADR's date is. What waits to be filled in stays.
fn date_edit(record: &Record, date: Date, words: &Words) -> Option<Edit> {
    let stated = record.date.as_ref().filter(|stated| is_editable(stated.layout))?;
    let is_day = stated.span?.of(record.text()).bytes().any(|byte| byte.is_ascii_digit());
    let is_new = stated.value != DateStatement::Date(date);
    (is_day && is_new).then(|| replace_date(record, Some(stated), Field::Date, date, words))?
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
    fn what_is_said_of_a_status_stays_below_the_new_one() {
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
    fn words_that_cannot_stay_are_a_reason_to_refuse() {
        let refused =
            |words: &str| Err(format!("the change would remove `{words}` from `0001-a.md:5`"));
        assert_eq!(
            deprecated("Accepted on 2024-01-02 by the board"),
            refused("on 2024-01-02 by the board")
        );
        assert_eq!(deprecated("- Accepted by Ann"), refused("by Ann"));
    }

    #[test]
    fn a_date_alone_becomes_that_of_the_change_and_a_reason_goes() {
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
