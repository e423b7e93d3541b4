//! What all commands that change records have in common: the log, its rules, and how changes are
//! shown or carried out.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use super::{Outcome, Session};
use crate::author::Rules;
use crate::export::{RecordJson, SCHEMA_VERSION};
use crate::format::Words;
use crate::model::{Date, Log, RecordId, Transitions};
use crate::project::Project;
use crate::text::{Change, Source};
use crate::{Refusal, Result};

/// The options of every command that changes records.
#[derive(clap::Args)]
pub(super) struct Write {
    /// The day of the change, in place of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    pub date: Option<Date>,

    /// Change a status in a way that the log does not allow
    #[arg(long)]
    pub force: bool,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Write {
    /// Whether none of these is given, for a command that changes nothing without more words:
    /// those of `form`.
    ///
    /// # Errors
    ///
    /// Where one is.
    pub(super) fn is_untouched(&self, form: &str) -> Result<()> {
        let given =
            [("--date", self.date.is_some()), ("--force", self.force), ("--dry-run", self.dry_run)];
        let Some((option, _)) = given.into_iter().find(|(_, is_given)| *is_given) else {
            return Ok(());
        };
        let reason = "there is nothing to change".to_owned();
        Err(Refusal::NoUse { option, reason, instead: Some(format!("{form} {option}")) }.into())
    }
}

/// A log that is about to be changed.
pub(super) struct Desk {
    pub project: Project,
    pub words: Words,
    transitions: Transitions,
    pub date: Date,
}

impl Desk {
    /// The desk for the log that the options name.
    pub(super) fn open(session: &Session<'_>, write: &Write) -> Result<Self> {
        Self::at(session, session.open_to_change(write.dry_run)?, write.date)
    }

    /// The desk for this log.
    pub(super) fn at(session: &Session<'_>, project: Project, date: Option<Date>) -> Result<Self> {
        let date = date.map_or_else(|| session.today(), Ok)?;
        let words = project.config.words();
        let transitions = project.config.transitions();
        Ok(Self { project, words, transitions, date })
    }

    /// What changes depend on.
    pub(super) fn rules(&self, force: bool) -> Rules<'_> {
        let transitions = (!force).then_some(&self.transitions);
        Rules { words: &self.words, transitions, date: self.date }
    }

    /// Shows the changes, or carries them out and prints the paths of the files.
    pub(super) fn carry_out(
        &self,
        session: &mut Session<'_>,
        changes: &[Change],
        write: &Write,
    ) -> Result<Outcome> {
        let outcome = self.carry_out_with(session, (&[], changes), write.dry_run)?;
        if let Some(day) = write.date.filter(|day| !changes.iter().any(|one| names(one, *day))) {
            session.ui.remark(&format!(
                "{day} is written nowhere: no status that changes has its day beside it"
            ));
        }
        Ok(outcome)
    }

    /// As [`carry_out`](Self::carry_out), for changes to the files `others` too.
    pub(super) fn carry_out_with(
        &self,
        session: &mut Session<'_>,
        (others, changes): (&[Source], &[Change]),
        dry_run: bool,
    ) -> Result<Outcome> {
        if dry_run {
            return preview(session, self.project.preview_with(others, changes)?);
        }
        let paths = self.project.apply_with(others, changes)?;
        announce(session, paths.iter().map(AsRef::as_ref))?;
        if changes.is_empty() {
            session.ui.remark("nothing to change: the records say so already");
        }
        Ok(Outcome::Done)
    }
}

/// Whether the change writes the day, in whatever marks.
fn names(change: &Change, day: Date) -> bool {
    let day = day.to_string();
    let forms = [day.replace('-', "/"), day.replace('-', "."), day];
    let says = |text: &str| forms.iter().any(|form| text.contains(form.as_str()));
    match change {
        Change::Create { text, .. } => says(text),
        Change::Edit { edits, .. } | Change::Move { edits, .. } => {
            edits.iter().any(|edit| says(&edit.text))
        }
        Change::MoveFolder { .. } => false,
    }
}

/// What every command prints with `--json` that writes records.
#[derive(Serialize)]
pub(super) struct Written<'l> {
    schema_version: u32,
    /// As they read now, in the order in which they were written.
    records: Vec<RecordJson<'l>>,
    /// The paths of all other files that were written.
    files: Vec<String>,
    /// With `--dry-run` what would be written; nothing was then.
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<String>,
}

impl<'l> Written<'l> {
    /// These records of `log`, and nothing else.
    pub(super) fn records(log: &'l Log, ids: impl IntoIterator<Item = RecordId>) -> Self {
        let records = ids.into_iter().map(|id| RecordJson::new(log, id)).collect();
        Self { schema_version: SCHEMA_VERSION, records, files: vec![], diff: None }
    }
}

/// Shows what would be written.
pub(super) fn preview(session: &mut Session<'_>, diff: String) -> Result<Outcome> {
    if session.global.json {
        let nothing = Log::default();
        session.ui.json(&Written { diff: Some(diff), ..Written::records(&nothing, []) })?;
    } else {
        session.ui.data(&diff)?;
    }
    Ok(Outcome::Done)
}

/// Says which files were written: their paths, or with `--json` all that is read from records.
pub(super) fn announce<'p>(
    session: &mut Session<'_>,
    paths: impl Iterator<Item = &'p Path>,
) -> Result<()> {
    if !session.global.json {
        for path in paths {
            session.ui.path(path)?;
        }
        return Ok(());
    }
    let project = session.open()?;
    describe(session, &project.log, paths)
}

/// Prints what is read from the records at these paths of `log`, and names the other files.
pub(super) fn describe<'p>(
    session: &mut Session<'_>,
    log: &Log,
    paths: impl Iterator<Item = &'p Path>,
) -> Result<()> {
    let by_path: HashMap<&Path, RecordId> =
        log.iter().map(|(id, record)| (record.source.path(), id)).collect();
    let mut written = Written::records(log, []);
    for path in paths {
        match by_path.get(path) {
            Some(id) => written.records.push(RecordJson::new(log, *id)),
            None => written.files.push(path.to_string_lossy().into_owned()),
        }
    }
    session.ui.json(&written)
}
