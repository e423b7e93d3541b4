//! What fixes change beyond their purpose: all facts of a record are compared before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::changed_texts::Origins;
use super::planned_fix::PlannedFix;
use super::regressions::{CheckedState, Regressions};
use crate::format::{Fact, Reading};
use crate::model::Record;

/// Adds the facts that the fixes changed in records, but were not meant to change.
pub(super) fn add_side_effects(
    regressions: &mut Regressions,
    fixes: &[PlannedFix<'_>],
    before: &CheckedState<'_, '_>,
    after: &CheckedState<'_, '_>,
) {
    let (old_origins, new_origins) = (Origins::new(before.texts), Origins::new(after.texts));
    let mut allowed_facts: BTreeMap<&Path, BTreeSet<Fact>> = BTreeMap::new();
    for fix in fixes {
        for path in fix.paths() {
            let facts = fix.facts.unwrap_or(&Fact::ALL);
            allowed_facts.entry(path).or_default().extend(facts);
        }
    }
    let new_records = after.context.log.records().iter();
    let by_origin: BTreeMap<_, &Record> =
        new_records.map(|record| (new_origins.of(record.source.path()), record)).collect();
    for record in before.context.log.records() {
        let path = record.source.path();
        let allowed = allowed_facts.get(path).filter(|facts| facts.len() < Fact::ALL.len());
        let Some(allowed) = allowed else { continue };
        let Some(changed) = by_origin.get(&old_origins.of(path)) else { continue };
        let differences = Reading::of(record).differences(&Reading::of(changed));
        let side_effects: Vec<&str> =
            differences.difference(allowed).map(|fact| fact.as_str()).collect();
        if !side_effects.is_empty() {
            regressions.files.insert(old_origins.displayed(path));
            regressions.facts.extend(side_effects);
        }
    }
}
