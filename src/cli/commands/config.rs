//! `adr config`

use std::path::Path;

use crate::Result;
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::StyledLine;
use crate::export::SCHEMA_VERSION;

/// Show the configuration
///
/// Prints the folder of the log, the file that the configuration is read from, and all settings of
/// adr.toml, with the overrides of --config.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr config
  adr config path
  adr config show --config template=madr")]
pub(crate) struct Args {
    /// `show` for all settings, `path` for the path of the file
    #[arg(value_name = "WHAT", default_value = "show", value_parser = ["show", "path"])]
    what: String,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let path = project.place.config.as_deref();
    if args.what == "path" {
        let Some(path) = path else {
            session.ui.remark("there is no adr.toml; all settings have their defaults");
            return Ok(Outcome::Findings);
        };
        session.ui.path(path)?;
        return Ok(Outcome::Done);
    }
    let folder = project.place.folder.to_string_lossy().into_owned();
    if session.global.json {
        let document = serde_json::json!({
            "schema_version": SCHEMA_VERSION,
            "log": folder,
            "path": path.map(Path::to_string_lossy),
            "settings": project.config.table(),
        });
        session.ui.json(&document)?;
        return Ok(Outcome::Done);
    }
    let path = path.map_or("no file".into(), Path::to_string_lossy);
    session.ui.show(&StyledLine::text(&format!("# log: {folder}; configuration: {path}")))?;
    let settings = toml::to_string(&project.config.table()).unwrap_or_default();
    session.ui.print(&settings)?;
    Ok(Outcome::Done)
}
