//! A log that a command changes, with the rules for changes.

use super::written::{preview, report_written};
use crate::author::Rules;
use crate::cli::args::parse_date;
use crate::cli::session::{Outcome, Session};
use crate::format::Words;
use crate::model::{Date, Transitions};
use crate::project::Project;
use crate::text::{Change, Source};
use crate::{Refusal, Result};

/// The options of the commands that change the status or the relations of records.
#[derive(clap::Args)]
pub(crate) struct EditArgs {
    /// Use DATE as the date of the change instead of today
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub date: Option<Date>,

    /// Allow a change of status that the log does not permit
    #[arg(long)]
    pub force: bool,

    /// Print a unified diff instead of writing
    #[arg(long)]
    pub dry_run: bool,
}

impl EditArgs {
    /// Checks that no option is given, for a command that changes nothing without further arguments.
    /// `form` is the command with these arguments.
    ///
    /// # Errors
    ///
    /// If an option is given.
    pub(crate) fn check_unused(&self, form: &str) -> Result<()> {
        let options =
            [("--date", self.date.is_some()), ("--force", self.force), ("--dry-run", self.dry_run)];
        let Some((option, _)) = options.into_iter().find(|(_, is_given)| *is_given) else {
            return Ok(());
        };
        let reason = "there is nothing to change".to_owned();
        Err(Refusal::NoUse { option, reason, instead: Some(format!("{form} {option}")) }.into())
    }
}

/// A log that is open for changes.
pub(crate) struct EditSession {
    pub project: Project,
    pub words: Words,
    transitions: Transitions,
    /// The date of the changes.
    pub date: Date,
}

impl EditSession {
    /// Opens the log that the options select.
    pub(crate) fn open(session: &Session<'_>, args: &EditArgs) -> Result<Self> {
        Self::new(session, session.open_to_change(args.dry_run)?, args.date)
    }

    /// Wraps an open log. The default of `date` is today.
    pub(crate) fn new(session: &Session<'_>, project: Project, date: Option<Date>) -> Result<Self> {
        let date = date.map_or_else(|| session.today(), Ok)?;
        let words = project.config.words();
        let transitions = project.config.transitions();
        Ok(Self { project, words, transitions, date })
    }

    /// Returns the rules for changes. With `force`, every transition is allowed.
    pub(crate) fn rules(&self, force: bool) -> Rules<'_> {
        let transitions = (!force).then_some(&self.transitions);
        Rules { words: &self.words, transitions, date: self.date }
    }

    /// Writes the changes and prints the paths of the files, or shows the changes.
    pub(crate) fn apply(
        &self,
        session: &mut Session<'_>,
        changes: &[Change],
        args: &EditArgs,
    ) -> Result<Outcome> {
        let outcome = self.apply_with(session, (&[], changes), args.dry_run)?;
        let is_unused = |date: &Date| !changes.iter().any(|change| writes_date(change, *date));
        if let Some(date) = args.date.filter(is_unused) {
            session
                .ui
                .remark(&format!("{date} is not written: no changed status has a date next to it"));
        }
        Ok(outcome)
    }

    /// Applies changes that may also edit `other_files`.
    pub(crate) fn apply_with(
        &self,
        session: &mut Session<'_>,
        (other_files, changes): (&[Source], &[Change]),
        dry_run: bool,
    ) -> Result<Outcome> {
        if dry_run {
            return preview(session, self.project.preview_with(other_files, changes)?);
        }
        let paths = self.project.apply_with(other_files, changes)?;
        report_written(session, paths.iter().map(AsRef::as_ref))?;
        if changes.is_empty() {
            session.ui.remark("nothing to change: the records are already up to date");
        }
        Ok(Outcome::Done)
    }
}

/// Whether the change writes the date, with `-`, `/` or `.` as separator.
fn writes_date(change: &Change, date: Date) -> bool {
    let iso_date = date.to_string();
    let forms = [iso_date.replace('-', "/"), iso_date.replace('-', "."), iso_date];
    let contains_date = |text: &str| forms.iter().any(|form| text.contains(form.as_str()));
    match change {
        Change::Create { text, .. } => contains_date(text),
        Change::Edit { edits, .. } | Change::Move { edits, .. } => {
            edits.iter().any(|edit| contains_date(&edit.text))
        }
        Change::MoveFolder { .. } => false,
    }
}
