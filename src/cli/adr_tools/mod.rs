//! Compatibility with adr-tools: the same arguments, the same output, the same files.
//!
//! Only the commands of adr-tools are replaced; all others behave as usual.

mod commands;
mod getopt;
mod help;
mod log_texts;
mod selection;

pub(crate) use commands::run;
pub(crate) use selection::{check, words};
