//! What the linter says about the log, rule by rule.

use std::collections::BTreeMap;

use crate::lint::{Diagnostic, Rule, Severity};

/// What one rule found.
pub(super) struct Line<'l> {
    /// Which one.
    pub rule: &'static Rule,
    /// The greatest of its findings.
    pub severity: Severity,
    /// In the order of the log.
    pub findings: Vec<&'l Diagnostic>,
}

/// The findings by rule: the severest rules first, then by code.
pub(super) fn lines(found: &[Diagnostic]) -> Vec<Line<'_>> {
    let mut lines: BTreeMap<&str, Line<'_>> = BTreeMap::new();
    for one in found {
        let empty = || Line { rule: one.rule, severity: one.severity, findings: Vec::new() };
        let line = lines.entry(one.rule.code).or_insert_with(empty);
        line.findings.push(one);
        line.severity = line.severity.max(one.severity);
    }
    let mut lines: Vec<Line<'_>> = lines.into_values().collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.severity), line.rule.code));
    lines
}
