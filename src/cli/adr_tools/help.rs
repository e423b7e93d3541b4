//! The help of the adr-tools commands, and the words that a shell completes. Does not read the log.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::cli::terminal::{Environment, Ui};
use crate::{Error, Result};

/// The commands of adr-tools, in its order, with their help.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("init", "init [DIRECTORY]: starts a log in DIRECTORY, by default in doc/adr."),
    (
        "new",
        "new [-s SUPERCEDED]... [-l TARGET:LINK:REVERSE-LINK]... TITLE...: writes the next record.",
    ),
    ("link", "link SOURCE LINK TARGET REVERSE-LINK: links two records to each other."),
    ("list", "list: prints the path of every record."),
    ("generate", "generate REPORT [OPTION]...: prints a report."),
    ("help", "help [COMMAND]: explains the commands."),
    ("upgrade-repository", "upgrade-repository: writes dates as YYYY-MM-DD."),
    ("config", "config: shows where the log is."),
];

/// The reports of `generate`, with their help.
const REPORT_HELP: &[(&str, &str)] = &[
    (
        "graph",
        "generate graph [-p PREFIX] [-e EXTENSION]: prints the records and their links for Graphviz.",
    ),
    (
        "toc",
        "generate toc [-i INTRO] [-o OUTRO] [-p PREFIX]: prints a list of the records, between two files.",
    ),
];

/// The output of `generate` without a report.
pub(super) const REPORTS: &str = "graph\ntoc\n";

/// The name of a link to `adr`, by which the completion scripts of adr-tools call it.
pub(super) const COMPLETER: &str = "_adr_autocomplete";

/// Prints the help of the command that `words` name, else the list of commands.
pub(super) fn print_help(
    words: &[String],
    environment: &Environment,
    ui: &mut Ui<'_>,
) -> Result<()> {
    let mut words = words.iter().map(String::as_str);
    let help_of = |list: &'static [(&str, &str)], name: Option<&str>| {
        list.iter().find(|(known, _)| Some(*known) == name).map(|(_, help)| *help)
    };
    let (command, report) = (words.next(), words.next());
    let help = match (help_of(COMMANDS, command), report) {
        (Some(help), None) => Some(help),
        (Some(_), Some(_)) if command == Some("generate") => help_of(REPORT_HELP, report),
        _ => None,
    };
    let Some(help) = help else { return print_paged(&usage(), environment, ui) };
    let subcommands = match command {
        Some("generate") => "\nSubcommands:\n  adr generate graph\n  adr generate toc\n",
        _ => "",
    };
    print_paged(&format!("adr {help}\n{subcommands}"), environment, ui)
}

fn usage() -> String {
    let names = COMMANDS.iter().flat_map(|(name, _)| ["  ", name, "\n"]).collect::<String>();
    format!(
        "usage: adr help COMMAND [ARG] ...\nCOMMAND is one of: \n{names}\
         Run 'adr help COMMAND' for help on a specific command.\n"
    )
}

/// Prints `text` through the pager that the environment names, if any.
fn print_paged(text: &str, environment: &Environment, ui: &mut Ui<'_>) -> Result<()> {
    let pager = environment.variable("ADR_PAGER").or_else(|| environment.variable("PAGER"));
    let Some(pager) = pager else { return ui.print(text) };
    let run_pager = || {
        let mut child = pager_command(pager).stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // The user may close the pager before its end.
            let _ = stdin.write_all(text.as_bytes());
        }
        child.wait().map(|_| ())
    };
    run_pager().map_err(|source| Error::Output { source })
}

#[cfg(unix)]
fn pager_command(pager: &str) -> Command {
    #[expect(clippy::disallowed_methods, reason = "starts the user's pager")]
    let mut command = Command::new("sh");
    command.arg("-c").arg(pager);
    command
}

#[cfg(not(unix))]
fn pager_command(pager: &str) -> Command {
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(pager));
    command.args(words);
    command
}

/// Prints the completions of the last word of `typed`, which is `adr WORD…`.
pub(super) fn print_completions(typed: &[String], ui: &mut Ui<'_>) -> Result<()> {
    let word = |index: usize| typed.get(index).map_or("", String::as_str);
    let commands = COMMANDS.iter().map(|(name, _)| *name).collect();
    let reports = REPORT_HELP.iter().map(|(name, _)| *name).collect();
    if typed.len() <= 2 {
        let matching_commands = starting_with(word(1), commands);
        // A complete command is followed by its arguments.
        if matching_commands.first() != Some(&word(1)) {
            return ui.line(&matching_commands.join(" "));
        }
    }
    let arguments = match word(1) {
        "generate" => starting_with(word(2), reports),
        "help" => starting_with(word(2), vec!["new"]),
        _ => return Ok(()),
    };
    if arguments.first() == Some(&word(2)) { Ok(()) } else { ui.line(&arguments.join(" ")) }
}

fn starting_with<'w>(prefix: &str, mut words: Vec<&'w str>) -> Vec<&'w str> {
    words.retain(|word| word.starts_with(prefix));
    words.sort_unstable();
    words
}
