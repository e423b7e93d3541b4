//! What describes a report, and what it shows.

use std::cmp::Reverse;

use crate::lint::{Context, Diagnostic, FindingSite, Severity};

/// A way to show findings. [`REPORTS`](super::REPORTS) lists them all.
#[derive(Debug)]
pub struct Report {
    /// The value of `--output-format`.
    pub name: &'static str,
    /// What it is for, as the help shows it.
    pub about: &'static str,
    /// The kind of its text.
    pub kind: ReportKind,
    /// Writes all findings, each with a line break at its end.
    pub render: fn(&Input<'_>) -> String,
}

/// The kind of the text of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// Lines for people, with colours. A summary may follow on standard error. CI runners find no commands in them.
    People,
    /// JSON.
    Json,
    /// Another format, in which text from records is escaped.
    Other,
}

/// What reports show.
pub struct Input<'a> {
    /// The log and its surroundings.
    pub context: &'a Context<'a>,
    /// The findings by path, position and code.
    pub found: &'a [Diagnostic],
    /// The folder of the log relative to the root of its git repository, with `/` and without `.`; `None` outside of
    /// a repository. Paths for forges are relative to that root.
    pub folder: Option<&'a str>,
    /// Whether to use colours.
    pub color: bool,
    /// The maximum width of a line in columns.
    pub width: usize,
}

impl Input<'_> {
    /// The path of a finding for forges: relative to the root of the repository.
    pub(super) fn path(&self, site: &FindingSite) -> String {
        if let (FindingSite::Tracked(index, _), Some(checkout)) = (site, self.context.checkout) {
            let tracked = checkout.texts.get(*index);
            return tracked.map(|tracked| tracked.name.clone()).unwrap_or_default();
        }
        self.below_root(self.context.location(site).path)
    }

    /// The same for a file that is displayed with this path.
    pub(super) fn below_root(&self, displayed_path: String) -> String {
        let Some(log_below_root) = self.folder else {
            let stripped = displayed_path.strip_prefix("./").map(str::to_owned);
            return stripped.unwrap_or(displayed_path);
        };
        let log_path = self.context.location(&FindingSite::Log).path;
        let below_log = match log_path.as_str() {
            "" | "." => Some(displayed_path.as_str()),
            log => displayed_path.strip_prefix(log).map(|path| path.trim_start_matches('/')),
        };
        let Some(below_log) = below_log else { return displayed_path };
        let segments = log_below_root.split('/').chain(below_log.split('/'));
        let segments: Vec<&str> =
            segments.filter(|segment| !matches!(*segment, "" | ".")).collect();
        if segments.is_empty() { ".".to_owned() } else { segments.join("/") }
    }

    /// The findings, the most severe first, otherwise in their order.
    pub(super) fn by_severity(&self) -> Vec<&Diagnostic> {
        let mut diagnostics: Vec<&Diagnostic> = self.found.iter().collect();
        diagnostics.sort_by_key(|one| Reverse(one.severity));
        diagnostics
    }

    /// The number of findings in words: `3 errors, 1 warning in 2 records`.
    pub(super) fn headline(&self) -> String {
        let counted = |number: usize, word: &str| {
            format!("{number} {word}{}", if number == 1 { "" } else { "s" })
        };
        let words = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Info, "remark"),
        ];
        let counts = words.map(|(severity, word)| {
            (self.found.iter().filter(|one| one.severity == severity).count(), word)
        });
        let counts = counts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = counts.map(|(number, word)| counted(number, word)).collect();
        let records = counted(self.context.log.records().len(), "record");
        match parts.as_slice() {
            [] => format!("nothing found in {records}"),
            parts => format!("{} in {records}", parts.join(", ")),
        }
    }
}
