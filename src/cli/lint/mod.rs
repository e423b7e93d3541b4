//! What surrounds a lint run: its input, its scope, its reports, its baseline, and the fixes that need `author`.

mod baseline_file;
mod finding_scope;
mod fix_writer;
mod lint_input;
mod output;
mod stdin_buffer;

pub(crate) use baseline_file::BaselineArgs;
pub(crate) use finding_scope::FindingScope;
pub(crate) use lint_input::{Fixes, LintInput, lint_config};
pub(crate) use output::ReportArgs;
pub(crate) use stdin_buffer::{StdinBuffer, read_stdin_buffer};
