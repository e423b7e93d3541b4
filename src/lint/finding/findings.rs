//! The collector that a check reports to.

use super::diagnostic::{Diagnostic, FindingSite};
use crate::lint::config::RuleLevels;
use crate::lint::rule::Rule;
use crate::lint::severity::{Level, Severity};
use crate::model::RecordId;
use crate::text::Span;

/// Collects the findings of one rule.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    levels: &'a RuleLevels,
    /// The record that is being checked; `None` for a check of the whole log.
    record: Option<RecordId>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Adds the findings of `rule` in `record`, or in the log, to `diagnostics`.
    pub(in crate::lint) fn new(
        rule: &'static Rule,
        levels: &'a RuleLevels,
        record: Option<RecordId>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { rule, levels, record, diagnostics }
    }

    /// Reports on the record that is being checked; on the log if there is none.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let site = self.record.map_or(FindingSite::Log, |id| FindingSite::Record(id, span));
        self.report_at(site, message)
    }

    /// Reports on any place.
    pub fn report_at(&mut self, site: FindingSite, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push_mut(Diagnostic {
            rule: self.rule,
            severity: self.severity(self.rule.level),
            message: message.into(),
            site,
            label: None,
            related: vec![],
            help: None,
            cause: None,
            fix: None,
            records: vec![],
            replaced_sites: vec![],
        })
    }

    /// The severity of a finding that has another level than the rule by default.
    pub fn severity(&self, level: Level) -> Severity {
        self.levels.severity(self.rule, level).unwrap_or(Severity::Warning)
    }
}
