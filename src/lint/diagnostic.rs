//! What a rule found, and where.

use super::{Fix, Level, Levels, Rule};
use crate::model::RecordId;
use crate::text::Span;

/// How much a finding matters, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something is absent, or in a form that tools do not understand.
    Warning,
    /// The log contradicts itself, points at nothing, or cannot be read.
    Error,
}

impl Severity {
    /// In lower case, as in reports and in `adr.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// Bytes of a record's text.
    Record(RecordId, Span),
    /// A file of the log that is no record, relative to the log's folder.
    File(String),
    /// Bytes of a file outside of the log: its place in [`Checkout::texts`](crate::model::Checkout).
    Tracked(usize, Span),
    /// The log as a whole.
    Log,
}

/// A second place that a reader of the finding wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Whose text.
    pub record: RecordId,
    /// Which bytes of it.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// What is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Who says so.
    pub rule: &'static Rule,
    /// The rule's own, or that of the configuration.
    pub severity: Severity,
    /// What is wrong, with the value seen, as one sentence without full stop.
    pub message: String,
    /// The claim: in a pull request it is the changed file that makes it.
    pub site: Site,
    /// What is to be seen at `site`, in a few words.
    pub label: Option<String>,
    /// Other places, in the order in which a reader wants them.
    pub related: Vec<Related>,
    /// What to do, in the imperative.
    pub help: Option<String>,
    /// The file of the log that it would not be there without, or that is not there: relative to
    /// the log's folder.
    pub cause: Option<String>,
    /// What would mend it.
    pub fix: Option<Fix>,
    /// The records that it is about, where it stands for a finding on each of them.
    pub records: Vec<RecordId>,
    /// Where each of those would stand.
    pub parts: Vec<Site>,
}

impl Diagnostic {
    /// Says in a few words what is to be seen at the place of the finding.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Matters more or less than the others of its rule; see [`Findings::severity`].
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Shows a second place.
    pub fn related(
        &mut self,
        record: RecordId,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Self {
        self.related.push(Related { record, span, message: message.into() });
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says which other file brings it about.
    pub fn cause(&mut self, file: Option<String>) -> &mut Self {
        self.cause = file;
        self
    }

    /// The same about another log, in which a record is the one that `now` gives; `None` if it shows a record that is not
    /// in there. What would fix it is not known there.
    pub fn in_other_log(self, now: &dyn Fn(RecordId) -> Option<RecordId>) -> Option<Self> {
        let moved = |site: Site| match site {
            Site::Record(id, span) => Some(Site::Record(now(id)?, span)),
            site => Some(site),
        };
        let related = self.related.into_iter();
        let related = related.map(|other| Some(Related { record: now(other.record)?, ..other }));
        Some(Self {
            site: moved(self.site)?,
            related: related.collect::<Option<_>>()?,
            records: self.records.into_iter().filter_map(now).collect(),
            parts: self.parts.into_iter().filter_map(moved).collect(),
            fix: None,
            ..self
        })
    }

    /// Offers to do it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }
}

/// Collects what one rule finds.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    levels: &'a Levels,
    /// The record that is being checked; the log's rules have none.
    record: Option<RecordId>,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// For what `rule` finds in `record`, or in the log.
    pub(super) fn new(
        rule: &'static Rule,
        levels: &'a Levels,
        record: Option<RecordId>,
        found: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { rule, levels, record, found }
    }

    /// Reports on the record that is being checked; on the log, where none is.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.report_at(self.record.map_or(Site::Log, |id| Site::Record(id, span)), message)
    }

    /// Reports on any place.
    pub fn report_at(&mut self, site: Site, message: impl Into<String>) -> &mut Diagnostic {
        let level = self.rule.level;
        let severity = self.levels.severity(self.rule, level).unwrap_or(Severity::Warning);
        self.found.push(Diagnostic {
            rule: self.rule,
            severity,
            message: message.into(),
            site,
            label: None,
            related: vec![],
            help: None,
            cause: None,
            fix: None,
            records: vec![],
            parts: vec![],
        });
        let last = self.found.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "one was pushed just now")]
        &mut self.found[last]
    }

    /// How severe a finding is that matters more or less than the others of the rule.
    pub fn severity(&self, level: Level) -> Severity {
        self.levels.severity(self.rule, level).unwrap_or(Severity::Warning)
    }
}
