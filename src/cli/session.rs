//! One run of a command: its global options, its environment, and the log that they select.

use std::cell::OnceCell;
use std::mem::ManuallyDrop;

use super::args::Global;
use super::terminal::{Environment, Ui, counted};
use crate::model::Date;
use crate::project::{Project, Request, Setting};
use crate::{Refusal, Result};

/// How a command ended that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Success: exit code 0.
    Done,
    /// There are findings, or nothing was found: exit code 1.
    Findings,
}

/// The context that every command works in.
pub(crate) struct Session<'a> {
    pub global: &'a Global,
    pub environment: &'a Environment,
    pub ui: Ui<'a>,
    /// Returns the definition of the whole command line, for the commands that print help.
    pub command_line: fn() -> clap::Command,
    /// The text that identifies this build, computed on first use because it reads the program's file.
    program: OnceCell<String>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        global: &'a Global,
        environment: &'a Environment,
        ui: Ui<'a>,
        command_line: fn() -> clap::Command,
    ) -> Self {
        Self { global, environment, ui, command_line, program: OnceCell::new() }
    }

    /// Opens the log that the options select. It is never dropped: the system reclaims its memory at the
    /// end of the command faster than record by record.
    pub(crate) fn open(&self) -> Result<ManuallyDrop<Project>> {
        self.open_droppable().map(ManuallyDrop::new)
    }

    /// Opens the log for a command that needs the fields of records, but not their texts.
    pub(crate) fn survey(&self) -> Result<ManuallyDrop<Project>> {
        Project::open_fields(&self.request()).map(ManuallyDrop::new)
    }

    /// Opens the log for a command that opens it many times and frees its memory.
    pub(crate) fn open_droppable(&self) -> Result<Project> {
        Project::open(&self.request())
    }

    /// Opens the log for a command that changes it. A dry run does not lock it.
    pub(crate) fn open_to_change(&self, dry_run: bool) -> Result<Project> {
        let open = if dry_run { Project::open } else { Project::open_to_change };
        open(&self.request())
    }

    /// Opens the log as [`open_to_change`](Self::open_to_change) does, or starts one.
    pub(crate) fn open_or_create(&self, dry_run: bool) -> Result<Project> {
        let open = if dry_run { Project::open_or_plan } else { Project::open_or_create };
        open(&self.request())
    }

    /// Refuses `--json` for `command`, whose output format is fixed. `alternative` prints JSON.
    pub(crate) fn refuse_json(&self, command: &str, alternative: &str) -> Result<()> {
        if !self.global.json {
            return Ok(());
        }
        let what = "`--json`".to_owned();
        let reason =
            format!("{command} has a fixed output format; {alternative} prints the records");
        Err(Refusal::BadInput { what, reason }.into())
    }

    /// Whether a user is at the terminal and may be prompted.
    pub(crate) fn is_interactive(&self) -> bool {
        !self.global.no_input && self.environment.is_interactive()
    }

    /// Returns the text that identifies this build, see [`Environment::program`].
    pub(crate) fn program(&self) -> &str {
        self.program.get_or_init(self.environment.program)
    }

    /// Completes or undoes the changes of a command that was interrupted, and reports it.
    pub(crate) fn recover(&mut self) {
        let recovery = match Project::recover(&self.request()) {
            Ok(Some(recovery)) => recovery,
            Ok(None) => return,
            // A command that only reads can continue; one that writes will fail with this error.
            Err(error) => {
                self.ui.note(&format!("note: {error}; the output may show an incomplete change"));
                return;
            }
        };
        let action = if recovery.is_undone { "undone" } else { "completed" };
        self.ui
            .note(&format!("note: an earlier command was interrupted; its changes were {action}"));
        for path in &recovery.left {
            let path = path.display();
            self.ui.note(&format!("  `{path}` has changed since and was not touched"));
        }
    }

    /// Prints which configuration and log are used. An error is left to the command itself.
    pub(crate) fn report_log(&mut self) {
        let Ok(project) = self.survey() else { return };
        let configuration = match &project.place.config {
            Some(file) => format!("configuration: `{}`", file.display()),
            None => "configuration: none".to_owned(),
        };
        self.ui.remark(&configuration);
        let records = counted(project.log.records().len(), "record");
        let skipped_files = match project.log.skipped().len() {
            0 => String::new(),
            count => format!(", {} skipped", counted(count, "file")),
        };
        let folder = project.place.folder.display();
        self.ui.remark(&format!("log: `{folder}`, {records}{skipped_files}"));
    }

    /// Returns the request for the log that the options select.
    pub(crate) fn request(&self) -> Request<'_> {
        let state = self.environment.state_folders();
        Request { dir: self.global.dir.as_deref(), settings: self.settings(), state }
    }

    /// Returns the settings of `--config`.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        self.global.settings()
    }

    /// Returns the date to use as today: `--today`, else the environment's.
    pub(crate) fn today(&self) -> Result<Date> {
        match self.global.today {
            Some(today) => Ok(today),
            None => self.environment.today(),
        }
    }
}
