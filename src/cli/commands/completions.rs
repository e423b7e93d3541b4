//! `adr completions`

use clap_complete::Shell;

use crate::Result;
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::completion_script;

/// Print completions for a shell
///
/// Prints a script that lets the shell complete commands, options and values: records by number with
/// their titles, statuses, tags, people, rules and templates. Load it when the shell starts, so that
/// it matches the installed program.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr completions bash    # in ~/.bashrc: eval \"$(adr completions bash)\"
  adr completions zsh     # in ~/.zshrc, after compinit: source <(adr completions zsh)
  adr completions fish    # in config.fish: adr completions fish | source")]
pub(crate) struct Args {
    /// Shell to complete in
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    session.ui.print(&completion_script(&args.shell.to_string()))?;
    Ok(Outcome::Done)
}
