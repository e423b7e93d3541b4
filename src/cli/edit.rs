//! `adr edit`

use super::reference::find_words;
use super::{Outcome, Session, editor};
use crate::Result;

/// Open a decision
///
/// Opens the record in the editor that VISUAL or EDITOR names; without a terminal, or without an
/// editor, prints its path.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr edit 12
  adr edit postgres
  EDITOR='code --wait' adr edit @last")]
pub(super) struct Args {
    /// Which one: `12`, `ADR-12`, a file, words of the title, `@last`
    #[arg(value_name = "REF", required = true)]
    reference: Vec<String>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let id = find_words(&project.log, &args.reference)?;
    let path = project.log.record(id).source.path();
    let editor =
        ["VISUAL", "EDITOR"].iter().any(|name| session.environment.variable(name).is_some());
    if editor && session.environment.is_interactive() {
        editor::open(session.environment, path)?;
    } else {
        session.ui.line(&path.to_string_lossy())?;
    }
    Ok(Outcome::Done)
}
