//! What the linter says about the log, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::{Diagnostic, Severity, Site};
use crate::model::RecordId;

/// What one rule found.
#[derive(Debug, Hash)]
pub(super) struct Line {
    /// `ADR101`.
    pub code: &'static str,
    /// What is wrong, in a few words.
    pub name: &'static str,
    /// The greatest of its findings.
    pub severity: Severity,
    /// How often.
    pub count: usize,
    /// In which records, in log order.
    pub records: BTreeSet<RecordId>,
}

/// The findings by rule: the severest rules first, then by code.
pub(super) fn lines(found: &[Diagnostic]) -> Vec<Line> {
    let mut lines: BTreeMap<&str, Line> = BTreeMap::new();
    for one in found {
        let (code, name) = (one.rule.code, one.rule.name);
        let empty =
            || Line { code, name, severity: one.severity, count: 0, records: BTreeSet::new() };
        let line = lines.entry(code).or_insert_with(empty);
        line.count += 1;
        line.severity = line.severity.max(one.severity);
        if let Site::Record(id, _) = one.site {
            line.records.insert(id);
        }
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.severity), line.code));
    lines
}
