//! `adr init`

use std::path::{Path, PathBuf};

use crate::author::{self, NewRecord, RequestedFields};
use crate::cli::args::{PipelineArgs, PipelineChanges};
use crate::cli::changes::{check_template, file_name_scheme, preview, report_records};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::counted;
use crate::project::{NewLogFolder, Project, Request};
use crate::text::{Change, shell_path};
use crate::{Error, Result};

/// Start a decision log
///
/// Creates the folder, a first record that explains why decisions are recorded, and adr.toml. An
/// existing log is reported and left alone. Pipelines can be added to new and existing logs;
/// existing files are never overwritten. Exits with 1 if you have to add lines by hand.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr init
  adr init docs/decisions --template madr
  adr init --no-first-record
  adr init --ci github --pre-commit")]
pub(crate) struct Args {
    /// Folder of the records; created if missing [default: docs/adr]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Template of later records [default: the log's own, else nygard]
    #[arg(short, long, value_name = "NAME|FILE")]
    template: Option<String>,

    /// Do not write a first record
    #[arg(long)]
    no_first_record: bool,

    /// Print a unified diff instead of writing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    pipelines: PipelineArgs,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let given_folder = args.folder.as_deref().or(session.global.dir.as_deref());
    let start = Project::new_log_folder(given_folder, &session.request())?;
    let found_folder = start.is_found.then_some(start.folder.as_path());
    if let Some(project) = existing_log(session, given_folder.or(found_folder))? {
        let mut plan = args.pipelines.plan(given_folder)?;
        // Without a configuration, no command would find the log.
        if !is_found_by_default(session, &start) {
            plan.changes.extend(configuration(args, session, &start)?);
        }
        report_existing_log(
            session,
            &project,
            plan.changes.is_empty() && args.pipelines.is_empty(),
        );
        return write(args, session, &project, plan);
    }
    refuse_other_folder(args, session)?;
    let project = Project::empty(&start.folder, &session.request())?;
    if let Some(template) = &args.template {
        check_template(&project, template)?;
    }
    let mut plan = args.pipelines.plan(None)?;
    plan.changes.splice(0..0, log_changes(args, session, &project, &start)?);
    let outcome = write(args, session, &project, plan)?;
    if !args.dry_run {
        let dir_option = if is_found_by_default(session, &start) {
            String::new()
        } else {
            format!(" --dir {}", shell_path(&start.folder))
        };
        session.ui.remark(&format!(
            "next: `adr new TITLE{dir_option}` writes a decision, `adr list{dir_option}` lists them"
        ));
    }
    Ok(outcome)
}

/// Whether commands find the log without the name of its folder.
fn is_found_by_default(session: &Session<'_>, start: &NewLogFolder) -> bool {
    let canonical = |path: &Path| path.canonicalize().ok();
    let default = Project::new_log_folder(None, &session.request());
    default.is_ok_and(|default| {
        !default.is_found && canonical(&default.folder) == canonical(&start.folder)
    })
}

/// Refuses a folder that differs from the one that a file in this folder names: one of the two logs would
/// not be found.
fn refuse_other_folder(args: &Args, session: &Session<'_>) -> Result<()> {
    let Some(given) = args.folder.clone() else { return Ok(()) };
    let default = Project::new_log_folder(None, &session.request());
    let Ok(NewLogFolder { folder, named_by: Some(named_by), .. }) = default else { return Ok(()) };
    let is_in_this_folder = named_by.parent().is_none_or(|parent| parent.as_os_str().is_empty());
    let is_other = Project::new_log_folder(Some(&given), &session.request())?.named_by.is_none();
    if is_in_this_folder && is_other {
        return Err(Error::OtherLog { by: named_by, folder, given });
    }
    Ok(())
}

/// Writes or shows the changes, and reports what the user has to do by hand.
fn write(
    args: &Args,
    session: &mut Session<'_>,
    project: &Project,
    plan: PipelineChanges,
) -> Result<Outcome> {
    let PipelineChanges { changes, edited_sources, remarks, manual_steps } = plan;
    if args.dry_run {
        preview(session, project.preview_with(&edited_sources, &changes)?)?;
    } else {
        report_created(session, project, &project.apply_with(&edited_sources, &changes)?)?;
    }
    session.ui.remarks(&remarks);
    for step in &manual_steps {
        session.ui.note(step);
    }
    Ok(if manual_steps.is_empty() { Outcome::Done } else { Outcome::Findings })
}

fn report_created(session: &mut Session<'_>, project: &Project, paths: &[PathBuf]) -> Result<()> {
    if session.global.json {
        let folder = Some(project.place.folder.as_path());
        let new_project = Project::open(&Request { dir: folder, ..session.request() })?;
        return report_records(session, &new_project.log, paths.iter().map(AsRef::as_ref));
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

/// Opens the log in `folder`, else in the current folder or its parents; `None` if it has no records.
fn existing_log(session: &Session<'_>, folder: Option<&Path>) -> Result<Option<Project>> {
    match Project::open(&Request { dir: folder, ..session.request() }) {
        Ok(project) if project.log.records().is_empty() => Ok(None),
        Ok(project) => Ok(Some(project)),
        Err(Error::NoLog { .. } | Error::NoFolder { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn report_existing_log(session: &mut Session<'_>, project: &Project, is_unchanged: bool) {
    let folder = project.place.folder.display();
    let records = counted(project.log.records().len(), "record");
    let message = format!("{folder} already is a decision log with {records}");
    if is_unchanged {
        session.ui.remark(&format!("{message}; nothing was changed"));
        session.ui.remark("to start another log, name its folder: `adr init --dir DIR`");
    } else {
        session.ui.remark(&message);
    }
}

/// Returns the changes that start the log: its first record and its configuration.
fn log_changes(
    args: &Args,
    session: &Session<'_>,
    project: &Project,
    start: &NewLogFolder,
) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    if !args.no_first_record {
        let content = author::first_content();
        let first_record = NewRecord {
            title: author::FIRST_TITLE,
            number: 1,
            date: session.today()?,
            status: "accepted",
            requested: RequestedFields::default(),
            content: &content,
        };
        let template_name = args.template.as_deref().or(project.config.template.as_deref());
        let template = author::first_template(template_name.unwrap_or("nygard"));
        let words = project.config.words();
        let scheme = file_name_scheme(project);
        let folder = project.place.folder.as_path();
        let draft = author::create(&first_record, folder, &scheme, &template, &words)?;
        changes.push(draft.into_change(&words)?);
    }
    changes.extend(configuration(args, session, start)?);
    Ok(changes)
}

/// Whether another log is found in this folder or its parents, rather than in a neighbouring folder.
fn has_other_log(session: &Session<'_>) -> Result<bool> {
    let other_log = existing_log(session, None)?;
    Ok(other_log.is_some_and(|other| !other.place.folder.starts_with("..")))
}

/// Returns the creation of a configuration that names the log; `None` if there is one, if it is not needed, or
/// if the log is outside of this folder.
fn configuration(
    args: &Args,
    session: &Session<'_>,
    start: &NewLogFolder,
) -> Result<Option<Change>> {
    let folder = &start.folder;
    let path = Path::new("adr.toml");
    let is_inside = folder.is_relative() && !folder.starts_with("..");
    // An existing configuration may hold more than ours would. `.adr-dir` may already name the folder. And
    // another log that is found without a configuration must remain the default.
    let must_not_write = path.exists()
        || Path::new(".adr.toml").exists()
        || !is_found_by_default(session, start) && has_other_log(session)?;
    let is_named = start.named_by.is_some() && args.template.is_none();
    if !is_inside || must_not_write || is_named {
        return Ok(None);
    }
    let dir = folder.to_string_lossy().replace('\\', "/");
    let text = author::configuration(dir.trim_start_matches("./"), args.template.as_deref())?;
    Ok(Some(Change::Create { path: path.to_owned(), text }))
}
