//! `adr init`

use std::path::{Path, PathBuf};

use super::desk::{describe, preview};
use super::pipeline::{Pipelines, Planned};
use super::{Outcome, Session};
use crate::author::{self, Asked, NewRecord, Scheme};
use crate::project::Project;
use crate::text::Change;
use crate::{Error, Result};

/// Start a decision log
///
/// Makes the folder, a first record that says why decisions are recorded, and adr.toml. Where there
/// is a log already, says so and leaves it alone. Pipelines can be had for both; a file that is there
/// is never written over. Exits with 1 where lines are left to be added by hand.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr init
  adr init docs/decisions --template madr
  adr init --no-first-record
  adr init --ci github --pre-commit")]
pub(super) struct Args {
    /// The folder of the records; made where it is not there [default: docs/adr]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// The template of the records that follow
    #[arg(short, long, value_name = "NAME|FILE", default_value = "nygard")]
    template: String,

    /// Write no record
    #[arg(long)]
    no_first_record: bool,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    pipelines: Pipelines,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let named = args.folder.as_deref().or(session.global.dir.as_deref());
    if let Some(project) = existing(session, named)? {
        recognised(session, &project, args.pipelines.is_empty());
        return write(args, session, &project, args.pipelines.plan(named)?);
    }
    let folder = named.unwrap_or(Path::new("docs/adr"));
    let project = Project::begin(folder, &session.settings())?;
    let mut planned = args.pipelines.plan(None)?;
    planned.changes.splice(0..0, plan(args, session, &project)?);
    let outcome = write(args, session, &project, planned)?;
    if !args.dry_run {
        session.ui.remark("next: `adr new TITLE` writes a decision, `adr list` lists them");
    }
    Ok(outcome)
}

/// Shows the changes, or carries them out, and says what is left to do.
fn write(
    args: &Args,
    session: &mut Session<'_>,
    project: &Project,
    planned: Planned,
) -> Result<Outcome> {
    let Planned { changes, others, remarks, left } = planned;
    if args.dry_run {
        preview(session, project.preview_with(&others, &changes)?)?;
    } else {
        wrote(session, project, &project.apply_with(&others, &changes)?)?;
    }
    for remark in remarks {
        session.ui.remark(&remark);
    }
    for lines in &left {
        session.ui.note(lines);
    }
    Ok(if left.is_empty() { Outcome::Done } else { Outcome::Findings })
}

fn wrote(session: &mut Session<'_>, project: &Project, paths: &[PathBuf]) -> Result<()> {
    if session.global.json {
        let folder = Some(project.place.folder.as_path());
        let made = Project::open(folder, &session.settings())?;
        return describe(session, &made.log, paths.iter().map(AsRef::as_ref));
    }
    for path in paths {
        if path.extension().is_some_and(|extension| extension == "md") {
            session.ui.line(&path.to_string_lossy())?;
        } else {
            session.ui.remark(&format!("wrote {}", path.display()));
        }
    }
    Ok(())
}

/// The log that is there already: in the folder that was named, else from here upwards.
fn existing(session: &Session<'_>, named: Option<&Path>) -> Result<Option<Project>> {
    match Project::open(named, &session.settings()) {
        Ok(project) if project.log.records().is_empty() => Ok(None),
        Ok(project) => Ok(Some(project)),
        Err(Error::NoLog { .. } | Error::NoFolder { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn recognised(session: &mut Session<'_>, project: &Project, alone: bool) {
    let folder = project.place.folder.display();
    let count = project.log.records().len();
    let records = if count == 1 { "record" } else { "records" };
    let known = format!("{folder} is a decision log already, with {count} {records}");
    if alone {
        session.ui.remark(&format!("{known}; nothing was changed"));
        session.ui.remark("to start another one, name its folder: `adr init DIR`");
    } else {
        session.ui.remark(&known);
    }
}

fn plan(args: &Args, session: &Session<'_>, project: &Project) -> Result<Vec<Change>> {
    let folder = project.place.folder.as_path();
    let mut changes = Vec::new();
    if !args.no_first_record {
        let content = author::first_content();
        let new = NewRecord {
            title: author::FIRST_TITLE,
            number: 1,
            date: session.today()?,
            status: "accepted",
            asked: Asked::default(),
            content: &content,
        };
        let template = author::first_template(&args.template);
        let words = project.config.words();
        let draft = author::create(&new, folder, &Scheme::default(), &template, &words)?;
        changes.push(draft.into_change(&words)?);
    }
    let config = Path::new("adr.toml");
    let inside = folder.is_relative() && !folder.starts_with("..");
    // A configuration that is there may say more than ours would; one elsewhere is not ours.
    if inside && !config.exists() && !Path::new(".adr.toml").exists() {
        let dir = folder.to_string_lossy().replace('\\', "/");
        let text = author::configuration(dir.trim_start_matches("./"), &args.template)?;
        changes.push(Change::Create { path: config.to_owned(), text });
    }
    Ok(changes)
}
