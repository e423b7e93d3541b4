//! What a rule is made of.

use super::{Context, Findings, Severity};
use crate::model::Record;

/// Something that can be wrong with a record or with a log. The list of them is
/// [`rules::RULES`](super::rules::RULES).
#[derive(Debug)]
pub struct Rule {
    /// `ADR` and three digits; the first is the family. Never used again for anything else.
    pub code: &'static str,
    /// Words in lower case with hyphens: what is wrong.
    pub name: &'static str,
    /// Unless the configuration says otherwise.
    pub severity: Severity,
    /// The first version that had it.
    pub since: &'static str,
    /// Its page, in Markdown.
    pub explanation: &'static str,
    /// How it is found.
    pub check: Check,
}

/// How much of the log a rule has to see.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Each record for itself.
    Record(fn(&Record, &Context<'_>, &mut Findings<'_>)),
    /// All records together. Must not compare every record with every other one.
    Log(fn(&Context<'_>, &mut Findings<'_>)),
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
