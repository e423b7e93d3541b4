//! What can be wrong with a log. Takes a log and returns diagnostics; accesses neither disk nor terminal.
//!
//! From the bottom: [`Rule`] and its [`Config`], findings and fixes, [`Context`], checks, the rules, [`lint`], and the
//! [`Run`] that applies fixes.

mod analysis;
mod check;
mod check_log;
mod config;
mod context;
mod finding;
mod fixes;
mod glob;
mod location;
mod rule;
pub mod rules;
mod run;
mod severity;
mod suppression;
#[cfg(test)]
mod testing;

pub use analysis::{Base, Pair, citation_words};
pub use check::Check;
use check::rule;
pub use check_log::{lint, needs_checkout, prepare};
pub use config::{Config, Immutability, LevelSetting, RuleLevels};
pub use context::{CheckSettings, Context};
pub use finding::{
    BackLink, Coverage, Diagnostic, EditRequest, FindingSite, Findings, Fix, RecordEditor, Related,
    Safety,
};
pub use fixes::{ChangedTexts, FixOutcome, IsWanted};
pub use location::Location;
pub use rule::{Rule, RuleList, SummaryFinding};
pub use rules::unknown_rule;
pub use run::{Run, Surroundings};
pub use severity::{Level, Preset, Severity};
pub use suppression::{Baseline, IgnoreUsage};
