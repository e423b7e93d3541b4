//! The findings of the linter, grouped by rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::lint::{Diagnostic, Rule, Severity};

/// The findings of one rule.
pub(crate) struct RuleFindings<'l> {
    pub rule: &'static Rule,
    /// The most severe of the findings.
    pub severity: Severity,
    /// In log order.
    pub findings: Vec<&'l Diagnostic>,
}

/// Groups findings by rule: the most severe rules first, then by code.
pub(crate) fn findings_by_rule(findings: &[Diagnostic]) -> Vec<RuleFindings<'_>> {
    let mut by_code: BTreeMap<&str, RuleFindings<'_>> = BTreeMap::new();
    for finding in findings {
        let Diagnostic { rule, severity, .. } = finding;
        let rule_findings = by_code.entry(rule.code).or_insert_with(|| RuleFindings {
            rule,
            severity: *severity,
            findings: Vec::new(),
        });
        rule_findings.findings.push(finding);
        rule_findings.severity = rule_findings.severity.max(*severity);
    }
    let mut by_severity: Vec<RuleFindings<'_>> = by_code.into_values().collect();
    by_severity.sort_by_key(|findings| (Reverse(findings.severity), findings.rule.code));
    by_severity
}
