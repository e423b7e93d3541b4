//! `adr man`

use std::path::PathBuf;

use crate::cli::session::{Outcome, Session};
use crate::project::write_file;
use crate::{Error, Result};

/// Print or write manual pages
///
/// Prints the manual page of the program; with --out, writes one page for each command.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr man | man -l -
  adr man --out /usr/local/share/man/man1")]
pub(crate) struct Args {
    /// Write all pages to DIR
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let mut command_line = (session.command_line)();
    // Copies the global options into every command.
    command_line.build();
    let Some(out) = &args.out else {
        session.ui.print(&manual_page(command_line)?)?;
        return Ok(Outcome::Done);
    };
    let visible_commands = command_line.get_subcommands().filter(|command| !command.is_hide_set());
    let commands: Vec<clap::Command> = visible_commands
        .map(|command| {
            let name = format!("adr-{}", command.get_name());
            command.clone().name(name.clone()).bin_name(name)
        })
        .collect();
    for command in std::iter::once(command_line.clone()).chain(commands) {
        let path = out.join(format!("{}.1", command.get_name()));
        write_file(&path, &manual_page(command)?)?;
        session.ui.path(&path)?;
    }
    Ok(Outcome::Done)
}

fn manual_page(command: clap::Command) -> Result<String> {
    let mut page = Vec::new();
    // Options that the short help omits would appear without a description.
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    let examples = command.get_before_long_help().map(ToString::to_string).unwrap_or_default();
    let result = clap_mangen::Man::new(command).render(&mut page);
    result.map_err(|source| Error::Output { source })?;
    let page = String::from_utf8_lossy(&page).into_owned();
    let examples = examples_section(&examples);
    Ok(page.replacen("\n.SH OPTIONS\n", &format!("\n{examples}.SH OPTIONS\n"), 1))
}

/// Converts the examples of the help into a section of a manual page.
fn examples_section(examples: &str) -> String {
    let Some((title, lines)) = examples.split_once(":\n") else { return String::new() };
    let escaped = |line: &str| line.trim().replace('\\', "\\e").replace('-', "\\-");
    let lines: Vec<String> = lines.lines().map(escaped).collect();
    format!(".SH {}\n.nf\n{}\n.fi\n", title.to_uppercase(), lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::manual_page;
    use crate::cli::command_line::command_line;

    #[test]
    fn a_manual_page_has_the_examples_of_the_help_and_describes_each_option() {
        let mut command_line = command_line();
        command_line.build();
        let status = command_line.find_subcommand("status").unwrap().clone();
        let page = manual_page(status).unwrap();
        let examples = ".SH EXAMPLES\n.nf\nadr status 12\nadr status 12 accepted\n";
        assert!(page.contains(examples), "{page}");
        for command in command_line.get_subcommands().filter(|command| !command.is_hide_set()) {
            let page = manual_page(command.clone()).unwrap();
            assert!(page.contains(".SH EXAMPLES\n"), "{page}");
            let mut undescribed =
                page.split(".TP\n").filter(|part| part.lines().nth(1) == Some(""));
            assert_eq!(undescribed.next(), None, "{}", command.get_name());
        }
    }
}
