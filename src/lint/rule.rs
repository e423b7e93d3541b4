//! What a rule is made of.

use super::{Base, Context, Findings, Preset, Severity, Used};
use crate::model::{Checkout, Record};

/// Something that can be wrong with a record or with a log. The list of them is
/// [`rules::RULES`](super::rules::RULES).
#[derive(Debug)]
pub struct Rule {
    /// `ADR` and three digits; the first is the family. Never used again for anything else.
    pub code: &'static str,
    /// Words in lower case with hyphens: what is wrong.
    pub name: &'static str,
    /// How much it matters, unless the configuration says otherwise.
    pub level: Level,
    /// The first version that had it.
    pub since: &'static str,
    /// Its page, in Markdown.
    pub explanation: &'static str,
    /// How it is found.
    pub check: Check,
}

/// How much a finding matters, before a team has said what it thinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The log contradicts itself, points at nothing, or cannot be read: always an error.
    Error,
    /// Something is absent, or a matter of form: a warning, and an error under the strict preset.
    Form,
    /// A warning under every preset.
    Warning,
    /// Worth knowing, under every preset.
    Info,
    /// Nothing, unless somebody selects the rule: then a warning.
    Off,
}

impl Level {
    /// How severe it is under `preset`; `None` where it is off.
    pub fn severity(self, preset: Preset) -> Option<Severity> {
        match (self, preset) {
            (Self::Error, _) | (Self::Form, Preset::Strict) => Some(Severity::Error),
            (Self::Form | Self::Warning, _) => Some(Severity::Warning),
            (Self::Info, _) => Some(Severity::Info),
            (Self::Off, _) => None,
        }
    }
}

/// How much of the log a rule has to see.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The fields of each record. Not called for a record whose fields cannot be read, because
    /// ADR110 or ADR201 has said so already.
    Record(fn(&Record, &Context<'_>, &mut Findings<'_>)),
    /// The text of each record, whatever is wrong with it.
    Text(fn(&Record, &Context<'_>, &mut Findings<'_>)),
    /// As `Record`, for something that every record should have. Where most of a log lacks it,
    /// that is the custom of the log: one finding takes the place of many.
    Presence {
        /// For that one finding, after "12 of 15 records": `have no date`.
        lack: &'static str,
        /// Reports at most once.
        check: fn(&Record, &Context<'_>, &mut Findings<'_>),
    },
    /// All records together. Must not compare every record with every other one.
    Log(fn(&Context<'_>, &mut Findings<'_>)),
    /// The log beside what it was before a change. Not called where nothing is known of that.
    Base(fn(&Base<'_>, &Context<'_>, &mut Findings<'_>)),
    /// What git tracks around the log. Not called where there is no git.
    Repository(fn(&Checkout, &Context<'_>, &mut Findings<'_>)),
    /// The comments that keep findings away, when all findings are known.
    Ignores(fn(&Used, &Context<'_>, &mut Findings<'_>)),
}

impl Rule {
    /// The page without its heading. A doc comment keeps a blank before every line; here it is
    /// gone.
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

    /// The address of the page, where the project has one.
    pub fn url(&self) -> Option<String> {
        let home = env!("CARGO_PKG_HOMEPAGE").trim_end_matches('/');
        (!home.is_empty()).then(|| format!("{home}/rules/{}", self.code))
    }
}

/// Declares the `RULE` of a file. The doc comment before it becomes the rule's page.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $vis:vis static RULE: Rule = { $($field:ident: $value:expr),+ $(,)? };) => {
        #[doc = concat!($($line, "\n"),+)]
        $vis static RULE: $crate::lint::Rule = $crate::lint::Rule {
            explanation: concat!($($line, "\n"),+),
            $($field: $value),+
        };
    };
}
pub(crate) use rule;
