//! Summary findings: one finding on the log that replaces the findings of a rule on many records.

use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, FindingSite};
use super::findings::Findings;
use crate::lint::context::Context;
use crate::lint::rule::{Rule, SummaryFinding};
use crate::lint::severity::{Level, Severity};

/// Fewer records never make a summary finding, however small the log is.
const FEWEST: usize = 5;

/// How much of the log is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The whole log.
    Log,
    /// Some of its files: each of their findings is shown, even if other files have similar ones.
    Part,
}

/// Replaces findings that many records share by summary findings, except those of rules that are selected by their
/// codes, and under the strict preset.
pub(in crate::lint) fn summarized(
    context: &Context<'_>,
    mut diagnostics: Vec<Diagnostic>,
    coverage: Coverage,
) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for one in diagnostics.iter().filter(|one| matches!(one.site, FindingSite::Record(..))) {
        *counts.entry((one.rule.code, one.severity)).or_default() += 1;
    }
    let rules = context.levels.rules().iter().copied();
    for rule in rules.filter(|rule| !context.levels.one_by_one(rule)) {
        let count = |severity| counts.get(&(rule.code, severity)).copied().unwrap_or_default();
        match rule.summary_finding {
            SummaryFinding::MostRecords(predicate) => {
                let count = Severity::ALL.into_iter().map(count).sum();
                if context.is_custom(count) {
                    let severity = context.levels.severity(rule, Level::Warning);
                    let severity = severity.unwrap_or(Severity::Warning);
                    let summary = Summary { rule, severity, count, predicate };
                    summary.replace(context, &mut diagnostics, |_| true);
                }
            }
            SummaryFinding::OneIn(share, predicate) if coverage == Coverage::Log => {
                for severity in Severity::ALL {
                    let count = count(severity);
                    if count >= FEWEST && count * share > context.log.records().len() {
                        let summary = Summary { rule, severity, count, predicate };
                        summary.replace(context, &mut diagnostics, |one| one.severity == severity);
                    }
                }
            }
            SummaryFinding::OneIn(..) | SummaryFinding::Never => {}
        }
    }
    diagnostics
}

/// A summary finding that is to be made.
struct Summary {
    rule: &'static Rule,
    severity: Severity,
    /// How many records have a finding.
    count: usize,
    predicate: &'static str,
}

impl Summary {
    /// Replaces the findings of the rule that are `included`.
    fn replace(
        self,
        context: &Context<'_>,
        diagnostics: &mut Vec<Diagnostic>,
        included: impl Fn(&Diagnostic) -> bool,
    ) {
        let Self { rule, severity, count, predicate } = self;
        let is_replaced = |one: &mut Diagnostic| one.rule.code == rule.code && included(one);
        let replaced: Vec<Diagnostic> = diagnostics.extract_if(.., is_replaced).collect();
        let records = replaced.iter().filter_map(|one| match one.site {
            FindingSite::Record(id, _) => Some(id),
            FindingSite::File(_) | FindingSite::Tracked(..) | FindingSite::Log => None,
        });
        let total = context.log.records().len();
        let mut findings = Findings::new(rule, &context.levels, None, diagnostics);
        let message = format!("{count} of {total} records {predicate}");
        let summary = findings.report_at(FindingSite::Log, message);
        let advice = common_help(&replaced).map(|help| format!("{help}; ")).unwrap_or_default();
        summary
            .severity(severity)
            .help(format!("{advice}run `adr lint --select {}` to see which", rule.code));
        summary.records = records.collect();
        summary.replaced_sites = replaced.iter().map(|one| one.site.clone()).collect();
    }
}

/// The help of all findings, if it is the same.
fn common_help(diagnostics: &[Diagnostic]) -> Option<&str> {
    let help = diagnostics.first()?.help.as_deref()?;
    diagnostics.iter().all(|one| one.help.as_deref() == Some(help)).then_some(help)
}
