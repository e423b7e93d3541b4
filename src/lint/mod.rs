//! What can be wrong with a log. Log in, diagnostics out; knows neither disk nor terminal.

mod config;
mod diagnostic;
mod fix;
mod rule;
pub mod rules;
#[cfg(test)]
mod testing;

pub use config::Config;
pub use diagnostic::{Diagnostic, Findings, Related, Severity, Site};
pub use fix::{Fix, Safety};
pub(crate) use rule::rule;
pub use rule::{Check, Rule};

use crate::model::{Date, Log};

/// What the rules may know besides the records.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The log that is checked.
    pub log: &'a Log,
    /// The day on which it is checked.
    pub today: Date,
}
