//! What the ways of adr-tools say of themselves: usage, help, and the words that a shell completes. Knows
//! no log.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::ui::{Environment, Ui};
use crate::{Error, Result};

/// The commands of adr-tools, in the order in which it shows them, and what they do.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("init", "init [DIRECTORY]: begins a log in DIRECTORY, else in doc/adr."),
    (
        "new",
        "new [-s SUPERCEDED]... [-l TARGET:LINK:REVERSE-LINK]... TITLE...: writes the next record.",
    ),
    ("link", "link SOURCE LINK TARGET REVERSE-LINK: lets two records name each other."),
    ("list", "list: prints the path of every record."),
    ("generate", "generate REPORT [OPTION]...: prints a report."),
    ("help", "help [COMMAND]: says how the commands are used."),
    ("upgrade-repository", "upgrade-repository: writes dates as YYYY-MM-DD."),
    ("config", "config: shows where the log is."),
];

/// The reports of `generate`, and what they print.
const GENERATED: &[(&str, &str)] = &[
    (
        "graph",
        "generate graph [-p PREFIX] [-e EXTENSION]: prints the records and their links for Graphviz.",
    ),
    (
        "toc",
        "generate toc [-i INTRO] [-o OUTRO] [-p PREFIX]: prints a list of the records, between two files.",
    ),
];

/// What `generate` alone prints.
pub(super) const REPORTS: &str = "graph\ntoc\n";

/// The name by which the glue for shells calls the program: a link to `adr`.
pub(super) const COMPLETER: &str = "_adr_autocomplete";

/// Prints how the command of these words is used, else which commands there are.
pub(super) fn explain(words: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<()> {
    let mut words = words.iter().map(String::as_str);
    let known = |list: &'static [(&str, &str)], name: Option<&str>| {
        list.iter().find(|(known, _)| Some(*known) == name).map(|(_, text)| *text)
    };
    let (command, report) = (words.next(), words.next());
    let text = match (known(COMMANDS, command), report) {
        (Some(text), None) => Some(text),
        (Some(_), Some(_)) if command == Some("generate") => known(GENERATED, report),
        _ => None,
    };
    let Some(text) = text else { return page(&usage(), environment, ui) };
    let below = "\nSubcommands:\n  adr generate graph\n  adr generate toc\n";
    let below = if command == Some("generate") { below } else { "" };
    page(&format!("adr {text}\n{below}"), environment, ui)
}

fn usage() -> String {
    let names = COMMANDS.iter().flat_map(|(name, _)| ["  ", name, "\n"]).collect::<String>();
    format!(
        "usage: adr help COMMAND [ARG] ...\nCOMMAND is one of: \n{names}\
         Run 'adr help COMMAND' for help on a specific command.\n"
    )
}

/// Prints `text` through the pager that the environment names, if it names one.
fn page(text: &str, environment: &Environment, ui: &mut Ui<'_>) -> Result<()> {
    let pager = environment.variable("ADR_PAGER").or_else(|| environment.variable("PAGER"));
    let Some(pager) = pager else { return ui.print(text) };
    let through = || {
        let mut child = command(pager).stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // Whoever leaves the pager early has seen enough.
            let _ = stdin.write_all(text.as_bytes());
        }
        child.wait().map(|_| ())
    };
    through().map_err(|source| Error::Output { source })
}

#[cfg(unix)]
fn command(pager: &str) -> Command {
    #[expect(clippy::disallowed_methods, reason = "the pager of the user")]
    let mut command = Command::new("sh");
    command.arg("-c").arg(pager);
    command
}

#[cfg(not(unix))]
fn command(pager: &str) -> Command {
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(pager));
    command.args(words);
    command
}

/// Prints the words that may stand where the last of `adr WORD…` is being typed.
pub(super) fn complete(typed: &[String], ui: &mut Ui<'_>) -> Result<()> {
    let word = |at: usize| typed.get(at).map_or("", String::as_str);
    let commands = COMMANDS.iter().map(|(name, _)| *name).collect();
    let reports = GENERATED.iter().map(|(name, _)| *name).collect();
    if typed.len() <= 2 {
        let found = begun(commands, word(1));
        if found.first() != Some(&word(1)) {
            return ui.line(&found.join(" "));
        }
    }
    let below = match word(1) {
        "generate" => begun(reports, word(2)),
        "help" => begun(vec!["new"], word(2)),
        _ => return Ok(()),
    };
    if below.first() == Some(&word(2)) { Ok(()) } else { ui.line(&below.join(" ")) }
}

fn begun<'w>(mut words: Vec<&'w str>, beginning: &str) -> Vec<&'w str> {
    words.retain(|word| word.starts_with(beginning));
    words.sort_unstable();
    words
}
