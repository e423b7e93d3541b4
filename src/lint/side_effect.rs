//! What fixes change besides what they are for: all that is read of a record is compared before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::chosen::{Chosen, Origins, Worse};
use super::mend::Texts;
use crate::format::{Fact, Obstacle, Reading, obstacle};
use crate::model::{Log, Record};
use crate::text::Edit;

/// Adds to `worse` what the `chosen` fixes changed in the records of `before` that they are not to change.
pub(super) fn add_side_effects(
    worse: &mut Worse,
    chosen: &[Chosen<'_>],
    (before, before_texts): (&Log, &Texts),
    (after, after_texts): (&Log, &Texts),
) {
    let (old, new) = (Origins::new(before_texts), Origins::new(after_texts));
    let mut allowed: BTreeMap<&Path, BTreeSet<Fact>> = BTreeMap::new();
    for one in chosen {
        for path in one.paths() {
            let facts = one.facts.unwrap_or(&Fact::ALL);
            allowed.entry(path).or_default().extend(facts);
        }
    }
    let by_origin: BTreeMap<_, &Record> =
        after.records().iter().map(|record| (new.of(record.source.path()), record)).collect();
    for record in before.records() {
        let path = record.source.path();
        let Some(allowed) = allowed.get(path).filter(|facts| facts.len() < Fact::ALL.len()) else {
            continue;
        };
        let Some(changed) = by_origin.get(&old.of(path)) else { continue };
        let differences = Reading::of(record).differences(&Reading::of(changed));
        let others: Vec<&str> = differences.difference(allowed).map(|fact| fact.as_str()).collect();
        if !others.is_empty() {
            worse.files.insert(old.shown(path));
            worse.facts.extend(others);
        }
    }
}

/// Whether nothing makes the record unfit for `edits`.
pub(super) fn may_change(record: &Record, edits: &[Edit]) -> bool {
    match obstacle(record) {
        Some(Obstacle::Conflict(_)) => false,
        Some(Obstacle::BrokenFrontMatter(front, _)) => {
            edits.iter().all(|edit| edit.span.start >= front.end)
        }
        Some(Obstacle::ForeignFrontMatter(front)) => {
            edits.iter().all(|edit| edit.span.start >= front.end)
        }
        None => true,
    }
}
