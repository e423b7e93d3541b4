//! `adr new`

use std::path::Path;

use serde::Serialize;

use super::{Outcome, Session, editor, template};
use crate::author::{self, Content, NewRecord, Scheme};
use crate::export::{RecordJson, SCHEMA_VERSION};
use crate::model::{Date, Lookup};
use crate::project::Project;
use crate::text::Change;
use crate::{Refusal, Result};

/// Write a new decision
///
/// Takes the next number, fills in the template and prints the path of the file. On a terminal the
/// editor opens (VISUAL, else EDITOR) unless the decision was given on the command line.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr new Use PostgreSQL for orders
  adr new --template madr --status accepted Ship every week
  $EDITOR \"$(adr new --no-edit Use PostgreSQL for orders)\"")]
pub(super) struct Args {
    /// What is decided; no quotes are needed
    #[arg(value_name = "TITLE", required = true)]
    title: Vec<String>,

    /// nygard, madr, madr-minimal, madr-bare, y-statement, or a file
    #[arg(short, long, value_name = "NAME|FILE")]
    template: Option<String>,

    /// The status to begin with
    #[arg(long, value_name = "STATUS", default_value = "proposed")]
    status: String,

    /// The day of the decision, in place of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    date: Option<Date>,

    /// Open no editor
    #[arg(long)]
    no_edit: bool,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open_or_begin()?;
    let change = plan(args, session, &project)?;
    if args.dry_run {
        session.ui.print(&project.preview(&[change])?)?;
        return Ok(Outcome::Done);
    }
    for path in project.apply(&[change])? {
        if session.environment.is_interactive() && !args.no_edit {
            editor::open(session.environment, &path)?;
        }
        announce(session, &path)?;
    }
    Ok(Outcome::Done)
}

fn plan(args: &Args, session: &Session<'_>, project: &Project) -> Result<Change> {
    let date = args.date.map_or_else(|| session.today(), Ok)?;
    let chosen = template::choose(session, project, args.template.as_deref())?;
    let content = Content::default();
    let new = NewRecord {
        title: &args.title.join(" "),
        number: author::next_number(&project.log),
        date,
        status: &args.status,
        content: &content,
    };
    author::create(&new, &project.place.folder, &scheme(project)?, &chosen.template())
}

/// How the log names its files: as configured, else as its newest files are named.
fn scheme(project: &Project) -> Result<Scheme> {
    match &project.config.scheme {
        Some(pattern) => Scheme::parse(pattern)
            .ok_or_else(|| Refusal::UnknownScheme { given: pattern.clone() }.into()),
        None => Ok(Scheme::of(&project.log)),
    }
}

/// What `adr new --json` prints.
#[derive(Serialize)]
struct Created<'l> {
    schema_version: u32,
    record: RecordJson<'l>,
}

/// Says which record was made: its path, or with `--json` all that is read from it.
fn announce(session: &mut Session<'_>, path: &Path) -> Result<()> {
    if !session.global.json {
        return session.ui.line(&path.to_string_lossy());
    }
    let project = session.open()?;
    if let Lookup::One(id) = project.log.find(&path.to_string_lossy()) {
        let record = RecordJson::new(&project.log, id);
        session.ui.json(&Created { schema_version: SCHEMA_VERSION, record })?;
    }
    Ok(())
}
