//! A finding: what is wrong, where, and what to do about it.

use super::fix::Fix;
use crate::lint::rule::Rule;
use crate::lint::severity::Severity;
use crate::model::RecordId;
use crate::text::Span;

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FindingSite {
    /// Bytes of a record's text.
    Record(RecordId, Span),
    /// A file of the log that is not a record, relative to the log's folder.
    File(String),
    /// Bytes of a file outside of the log: its index in [`Checkout::texts`](crate::model::Checkout).
    Tracked(usize, Span),
    /// The log as a whole.
    Log,
}

/// A second place that helps to understand a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The record with the place.
    pub record: RecordId,
    /// Which bytes of its text.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// What is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that reports it.
    pub rule: &'static Rule,
    /// The default of the rule, or the configured severity.
    pub severity: Severity,
    /// What is wrong, with the value, as one sentence without full stop.
    pub message: String,
    /// The statement that is wrong: in a pull request it is in the changed file.
    pub site: FindingSite,
    /// What is to be seen at `site`, in a few words.
    pub label: Option<String>,
    /// Other places, in the order in which a reader wants them.
    pub related: Vec<Related>,
    /// What to do, in the imperative.
    pub help: Option<String>,
    /// Another file that causes the finding by its content or its absence, relative to the log's folder.
    pub cause: Option<String>,
    /// The changes that would fix it.
    pub fix: Option<Fix>,
    /// The records of the findings that a summary finding replaces.
    pub records: Vec<RecordId>,
    /// The sites of the findings that a summary finding replaces.
    pub replaced_sites: Vec<FindingSite>,
}

impl Diagnostic {
    /// Sets what is to be seen at the site, in a few words.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Sets a severity that differs from the default of the rule; see [`Findings::severity`](super::Findings::severity).
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Adds a second place.
    pub fn related(
        &mut self,
        record: RecordId,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Self {
        self.related.push(Related { record, span, message: message.into() });
        self
    }

    /// Sets what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the other file that causes the finding.
    pub fn cause(&mut self, file: Option<String>) -> &mut Self {
        self.cause = file;
        self
    }

    /// Sets the fix.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }

    /// The finding in another log, to whose records `counterpart` maps the records of this one; `None` if it refers to
    /// a record that the other log does not have. Its fix is dropped, because it changes other texts.
    pub fn in_other_log(self, counterpart: &dyn Fn(RecordId) -> Option<RecordId>) -> Option<Self> {
        let mapped_site = |site: FindingSite| match site {
            FindingSite::Record(id, span) => Some(FindingSite::Record(counterpart(id)?, span)),
            site => Some(site),
        };
        let mapped_related =
            |related: Related| Some(Related { record: counterpart(related.record)?, ..related });
        Some(Self {
            site: mapped_site(self.site)?,
            related: self.related.into_iter().map(mapped_related).collect::<Option<_>>()?,
            records: self.records.into_iter().filter_map(counterpart).collect(),
            replaced_sites: self.replaced_sites.into_iter().filter_map(mapped_site).collect(),
            fix: None,
            ..self
        })
    }
}
