//! What describes a rule. The check that belongs to it is in [`check`](super::check), so that findings can refer to
//! their rule without a dependency on checks.

use super::severity::Level;

/// Something that can be wrong with a record or with a log. [`rules::RULES`](super::rules::RULES) lists them all.
#[derive(Debug)]
pub struct Rule {
    /// `ADR` and three digits; the first is the family. Never reused for another rule.
    pub code: &'static str,
    /// Words in lower case with hyphens: what is wrong.
    pub name: &'static str,
    /// How much its findings matter by default.
    pub level: Level,
    /// The first version that has it.
    pub since: &'static str,
    /// Its page, in Markdown.
    pub explanation: &'static str,
    /// When one finding on the log replaces the findings on many records.
    pub summary_finding: SummaryFinding,
    /// Whether it also reports on a record with conflict markers, whose other findings are dropped.
    pub reports_conflicted: bool,
    /// Whether it is about text that is generated from the records: a fix of a record may cause a finding, which the
    /// next round of fixes removes.
    pub is_about_generated_text: bool,
}

/// Rules in the order of their codes.
pub type RuleList = &'static [&'static Rule];

/// When one finding on the log replaces the findings of a rule on many records. The text completes
/// "12 of 15 records": `state no date`.
#[derive(Clone, Copy, Debug)]
pub enum SummaryFinding {
    /// Every finding is reported.
    Never,
    /// Something that every record should have: if most records lack it, the log does without it.
    MostRecords(&'static str),
    /// Findings of one severity on more than one in so many records probably have one cause. Not used if only some
    /// files are checked.
    OneIn(usize, &'static str),
}

impl Rule {
    /// What a rule has that its declaration does not mention.
    pub(super) const UNSET: Self = Self {
        code: "",
        name: "",
        level: Level::Off,
        since: "",
        explanation: "",
        summary_finding: SummaryFinding::Never,
        reports_conflicted: false,
        is_about_generated_text: false,
    };

    /// The page without its heading, and without the space that begins each line of a doc comment.
    pub fn page(&self) -> String {
        let lines = self.explanation.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The first line of the page: what the rule reports.
    pub fn summary(&self) -> &'static str {
        self.explanation.lines().next().unwrap_or_default().trim()
    }

    /// Whether some of its findings come with a fix.
    pub fn has_fix(&self) -> bool {
        self.explanation.lines().any(|line| line == " ## Fix")
    }

    /// The address of the page, if the project has a home page.
    pub fn url(&self) -> Option<String> {
        let home = env!("CARGO_PKG_HOMEPAGE").trim_end_matches('/');
        (!home.is_empty()).then(|| format!("{home}/rules/{}", self.code))
    }
}
