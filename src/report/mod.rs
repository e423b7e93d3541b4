//! Findings as text for people and as formats for machines. Takes findings and returns text; accesses neither files
//! nor the terminal.

mod definition;
mod fingerprints;
mod formats;
mod region;
#[cfg(test)]
mod testing;

pub use definition::{Input, Report, ReportKind};
pub use formats::{REPORTS, find};
