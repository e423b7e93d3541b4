//! `adr init`

use std::path::{Path, PathBuf};

use super::desk::{describe, preview};
use super::pipeline::{Pipelines, Planned};
use super::{Outcome, Session, new, template};
use crate::author::{self, NewRecord, RequestedFields};
use crate::project::{Beginning, Project, Request};
use crate::text::{Change, shell_path};
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

    /// The template of the records that follow [default: the log's own, else nygard]
    #[arg(short, long, value_name = "NAME|FILE")]
    template: Option<String>,

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
    let beginning = Project::beginning(named, &session.request())?;
    let found = beginning.is_found.then_some(beginning.folder.as_path());
    if let Some(project) = existing(session, named.or(found))? {
        let mut planned = args.pipelines.plan(named)?;
        // Nothing would find it without.
        if is_lost(session, &beginning) {
            planned.changes.extend(configuration(args, session, &beginning)?);
        }
        recognised(session, &project, planned.changes.is_empty() && args.pipelines.is_empty());
        return write(args, session, &project, planned);
    }
    refuse_other(args, session)?;
    let project = Project::begin(&beginning.folder, &session.request())?;
    if let Some(template) = &args.template {
        template::check(&project, template)?;
    }
    let mut planned = args.pipelines.plan(None)?;
    planned.changes.splice(0..0, plan(args, session, (&project, &beginning))?);
    let outcome = write(args, session, &project, planned)?;
    if !args.dry_run {
        let dir = if is_lost(session, &beginning) {
            format!(" --dir {}", shell_path(&beginning.folder))
        } else {
            String::new()
        };
        session.ui.remark(&format!(
            "next: `adr new TITLE{dir}` writes a decision, `adr list{dir}` lists them"
        ));
    }
    Ok(outcome)
}

/// Whether no command would find the log without its name.
fn is_lost(session: &Session<'_>, beginning: &Beginning) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    let found = Project::beginning(None, &session.request());
    !found.is_ok_and(|found| !found.is_found && whole(&found.folder) == whole(&beginning.folder))
}

/// Refuses a folder that is not the one that a file beside it names: it would not be found, or the
/// other one would not be any more.
fn refuse_other(args: &Args, session: &Session<'_>) -> Result<()> {
    let Some(given) = args.folder.clone() else { return Ok(()) };
    let named = Project::beginning(None, &session.request());
    let Ok(Beginning { folder, by: Some(by), .. }) = named else { return Ok(()) };
    let is_beside = by.parent().is_none_or(|above| above.as_os_str().is_empty());
    let is_other = Project::beginning(Some(&given), &session.request())?.by.is_none();
    if is_beside && is_other { Err(Error::OtherLog { by, folder, given }) } else { Ok(()) }
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
        let made = Project::open(&Request { dir: folder, ..session.request() })?;
        return describe(session, &made.log, paths.iter().map(AsRef::as_ref));
    }
    for path in paths {
        if path.extension().is_some_and(|extension| extension == "md") {
            session.ui.path(path)?;
        } else {
            session.ui.remark(&format!("wrote {}", path.display()));
        }
    }
    Ok(())
}

/// The log that is there already: in `folder`, else from here upwards.
fn existing(session: &Session<'_>, folder: Option<&Path>) -> Result<Option<Project>> {
    match Project::open(&Request { dir: folder, ..session.request() }) {
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
        session.ui.remark("to start another one, name its folder: `adr init --dir DIR`");
    } else {
        session.ui.remark(&known);
    }
}

fn plan(
    args: &Args,
    session: &Session<'_>,
    (project, beginning): (&Project, &Beginning),
) -> Result<Vec<Change>> {
    let folder = project.place.folder.as_path();
    let mut changes = Vec::new();
    if !args.no_first_record {
        let content = author::first_content();
        let first = NewRecord {
            title: author::FIRST_TITLE,
            number: 1,
            date: session.today()?,
            status: "accepted",
            requested: RequestedFields::default(),
            content: &content,
        };
        let named = args.template.as_deref().or(project.config.template.as_deref());
        let template = author::first_template(named.unwrap_or("nygard"));
        let words = project.config.words();
        let draft = author::create(&first, folder, &new::scheme(project), &template, &words)?;
        changes.push(draft.into_change(&words)?);
    }
    changes.extend(configuration(args, session, beginning)?);
    Ok(changes)
}

/// Whether another log is found here: not only one of what lies around.
fn has_other(session: &Session<'_>) -> Result<bool> {
    let other = existing(session, None)?;
    Ok(other.is_some_and(|other| !other.place.folder.starts_with("..")))
}

/// The configuration that names the log; `None` where there is one, or where it would not be ours.
fn configuration(
    args: &Args,
    session: &Session<'_>,
    beginning: &Beginning,
) -> Result<Option<Change>> {
    let folder = &beginning.folder;
    let config = Path::new("adr.toml");
    let inside = folder.is_relative() && !folder.starts_with("..");
    // A configuration that is there may say more than ours would; one elsewhere is not ours. What
    // `.adr-dir` says need not be said twice, and a log that is found without is not to be lost.
    let is_there = config.exists()
        || Path::new(".adr.toml").exists()
        || is_lost(session, beginning) && has_other(session)?;
    let is_named = beginning.by.is_some() && args.template.is_none();
    if !inside || is_there || is_named {
        return Ok(None);
    }
    let dir = folder.to_string_lossy().replace('\\', "/");
    let text = author::configuration(dir.trim_start_matches("./"), args.template.as_deref())?;
    Ok(Some(Change::Create { path: config.to_owned(), text }))
}
