//! What got worse by fixes: findings that were not there before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::changed_texts::{ChangedTexts, Origins};
use super::planned_fix::{FindingKey, PlannedFix, finding_key};
use crate::lint::context::Context;
use crate::lint::finding::{Diagnostic, FindingSite};

/// A state of the log with its findings.
pub(super) struct CheckedState<'f, 'c> {
    pub context: &'f Context<'c>,
    pub diagnostics: &'f [Diagnostic],
    pub texts: &'f ChangedTexts,
}

/// What got worse by fixes.
#[derive(Default)]
pub(super) struct Regressions {
    /// The files with new findings or side effects, by the paths that they were read from.
    pub files: BTreeSet<String>,
    /// The files that new findings show as related places.
    pub related_files: BTreeSet<String>,
    /// The codes of the rules with new findings.
    pub rules: BTreeSet<&'static str>,
    /// The facts that changed although no fix is for them.
    pub facts: BTreeSet<&'static str>,
}

impl Regressions {
    /// Compares two states. The `fixed_now` are the findings that the fixes between them should remove, the
    /// `fixed_ever` those that fixes removed at any time.
    pub(super) fn between(
        before: &CheckedState<'_, '_>,
        after: &CheckedState<'_, '_>,
        fixed_now: &[&FindingKey],
        fixed_ever: &BTreeSet<FindingKey>,
    ) -> Self {
        let comparison = StateComparison::new(before, after);
        let mut known = comparison.known_counts(before);
        let mut remainders = comparison.remainder_counts(fixed_now);
        // If there are too few findings for a summary finding, they show on their records.
        let summaries = before.diagnostics.iter().filter(|one| one.site == FindingSite::Log);
        let summarized: BTreeSet<&str> = summaries.map(|one| one.rule.code).collect();
        let mut regressions = Self::default();
        for one in after.diagnostics {
            if one.rule.is_about_generated_text || summarized.contains(one.rule.code) {
                continue;
            }
            let original_key = finding_key(after.context, one);
            let was_fixed_before = fixed_ever.contains(&original_key);
            let key = comparison.comparable(&comparison.new_origins, original_key);
            let place = (key.0, key.1.clone());
            // A finding of the same rule in the same file as a fixed one is what is left of that, unless it was
            // itself fixed before and is back.
            if take_one(&mut known, &key)
                || (!was_fixed_before && take_one(&mut remainders, &place))
            {
                continue;
            }
            let related = one.related.iter().map(|related| {
                let site = FindingSite::Record(related.record, related.span);
                let path = after.context.location(&site).path;
                comparison.new_origins.displayed(Path::new(&path))
            });
            regressions.related_files.extend(related);
            let (code, path) = place;
            regressions.files.insert(path);
            regressions.rules.insert(code);
        }
        regressions
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What got worse, as the end of a sentence that begins with *it would*.
    pub(super) fn harm(&self) -> String {
        let joined =
            |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(" and ");
        if self.facts.is_empty() {
            format!("make a new finding of {}", joined(&self.rules))
        } else {
            format!("also change the {}", joined(&self.facts))
        }
    }

    /// The fixes that may be the cause: those that changed a file with a new finding; if there are none, those that
    /// changed a related file; otherwise all.
    pub(super) fn suspects<'c, 'f>(
        &self,
        fixes: &'c [PlannedFix<'f>],
        origins: &Origins<'_>,
    ) -> Vec<&'c PlannedFix<'f>> {
        let touching = |files: &BTreeSet<String>| -> Vec<&'c PlannedFix<'f>> {
            let touches = |fix: &&PlannedFix<'_>| {
                fix.paths().any(|path| files.contains(&origins.displayed(path)))
            };
            fixes.iter().filter(touches).collect()
        };
        let by_file = [&self.files, &self.related_files].into_iter().map(touching);
        let mut suspects = by_file.filter(|fixes| !fixes.is_empty());
        suspects.next().unwrap_or_else(|| fixes.iter().collect())
    }
}

/// Makes the findings of two states comparable.
struct StateComparison<'t> {
    old_origins: Origins<'t>,
    new_origins: Origins<'t>,
    /// Whether a file was renamed between the states. Messages then use its new name, so that findings of one rule in
    /// one file are only counted.
    has_renamed: bool,
}

impl<'t> StateComparison<'t> {
    fn new(before: &CheckedState<'t, '_>, after: &CheckedState<'t, '_>) -> Self {
        let renamed_count = |texts: &ChangedTexts| {
            texts.iter().filter(|(old_path, new)| **old_path != new.path).count()
        };
        Self {
            old_origins: Origins::new(before.texts),
            new_origins: Origins::new(after.texts),
            has_renamed: renamed_count(before.texts) != renamed_count(after.texts),
        }
    }

    /// The key with the path that the file was read from.
    fn comparable(&self, origins: &Origins<'_>, (code, path, message): FindingKey) -> FindingKey {
        let path = origins.displayed(Path::new(&path));
        (code, path, if self.has_renamed { String::new() } else { message })
    }

    /// How often each finding was there before.
    fn known_counts(&self, before: &CheckedState<'_, '_>) -> BTreeMap<FindingKey, usize> {
        let mut counts = BTreeMap::new();
        for one in before.diagnostics {
            let key = self.comparable(&self.old_origins, finding_key(before.context, one));
            *counts.entry(key).or_default() += 1;
        }
        counts
    }

    /// How many findings of a rule in a file may be left of fixed ones.
    fn remainder_counts(&self, fixed: &[&FindingKey]) -> BTreeMap<(&'static str, String), usize> {
        let mut counts = BTreeMap::new();
        for key in fixed {
            let (code, path, _) = self.comparable(&self.old_origins, (*key).clone());
            *counts.entry((code, path)).or_default() += 1;
        }
        counts
    }
}

/// Takes one from the count of the key, if any is left.
fn take_one<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) -> bool {
    match counts.get_mut(key).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            true
        }
        None => false,
    }
}
