//! Decides whether a command line is run as adr-tools would.

use std::ffi::OsString;
use std::path::Path;

use super::help::{COMMANDS, COMPLETER};
use crate::cli::command_line::command_line;
use crate::cli::terminal::Environment;
use crate::project::asks_for_adr_tools;
use crate::{Error, Result};

/// Checks the value of `ADR_COMPAT`.
///
/// # Errors
///
/// If it names an unknown tool.
pub(crate) fn check(environment: &Environment) -> Result<()> {
    match environment.variable("ADR_COMPAT").filter(|tool| *tool != "adr-tools") {
        Some(given) => Err(Error::Variable {
            name: "ADR_COMPAT",
            given: given.to_owned(),
            expected: "`adr-tools`, the only supported tool",
        }),
        None => Ok(()),
    }
}

/// Returns the words after the program's name; `None` if they are not for adr-tools.
pub(crate) fn words(args: &[OsString], environment: &Environment) -> Option<Vec<String>> {
    if program_name(args) == Some(COMPLETER) {
        let typed_words = args.iter().skip(1).filter_map(|word| word.to_str().map(str::to_owned));
        return Some(std::iter::once(COMPLETER.to_owned()).chain(typed_words).collect());
    }
    let tool = environment.variable("ADR_COMPAT");
    let is_enabled = tool.map_or_else(|| asks_for_adr_tools(&[]), |tool| tool == "adr-tools");
    if !is_enabled {
        return None;
    }
    let words = args.iter().skip(1).map(|word| word.to_str().map(str::to_owned));
    let words: Vec<String> = words.collect::<Option<_>>()?;
    let Some(command) = words.first() else { return Some(words) };
    // `list` with options and `config` behave as usual.
    let is_exception = command == "config" || (command == "list" && words.len() > 1);
    let is_theirs = COMMANDS.iter().any(|(name, _)| name == command) && !is_exception;
    let is_ours = command.starts_with('-') || command_line().find_subcommand(command).is_some();
    (is_theirs || !is_ours).then_some(words)
}

/// Returns the name by which the program was started, without its folder.
fn program_name(args: &[OsString]) -> Option<&str> {
    Path::new(args.first()?).file_stem()?.to_str()
}
