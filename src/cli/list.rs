//! `adr list`

use super::{Outcome, Session};
use crate::Result;
use crate::export::LogJson;

/// List the records
///
/// On a terminal a table; in a pipe one path a line; with --json all that is known of each record.
#[derive(clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let log = &project.log;
    if session.global.json {
        let json = LogJson::new(log, log.iter().map(|(id, _)| id));
        let text = serde_json::to_string_pretty(&json).unwrap_or_default();
        session.ui.line(&text)?;
        return Ok(Outcome::Done);
    }
    for record in log.records() {
        session.ui.line(&record.source.path().to_string_lossy())?;
    }
    Ok(Outcome::Done)
}
