//! The options of every command.

use std::ffi::OsString;
use std::path::PathBuf;

use super::findings::count;
use super::{Cli, Command, Session, ui};
use crate::model::Date;
use crate::text::shell_word;
use crate::{Refusal, Result};

/// The options of every command.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "every one is an option of its own")]
pub(super) struct Global {
    /// Run as if started in this folder
    #[arg(hide_short_help = true, short = 'C', value_name = "DIR", global = true)]
    pub start: Option<PathBuf>,

    /// The folder of the records; no configuration is needed
    #[arg(long, value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,

    /// Print JSON; of `list`, with FIELDS such as `number,title`, only these of each record
    #[arg(
        long = "json",
        value_name = "FIELDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        global = true
    )]
    pub fields: Option<String>,

    /// Whether JSON is to be printed.
    #[arg(skip)]
    pub json: bool,

    /// Print less
    #[arg(hide_short_help = true, short, long, global = true)]
    pub quiet: bool,

    /// Say what is read
    #[arg(hide_short_help = true, short, long, global = true)]
    pub verbose: bool,

    /// Ask nothing and open no editor, on a terminal too
    #[arg(hide_short_help = true, long, global = true)]
    pub no_input: bool,

    /// When to use colour
    #[arg(
        hide_short_help = true,
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto"
    )]
    pub color: ui::ColorChoice,

    /// Set a key of adr.toml for this run
    #[arg(hide_short_help = true, long, value_name = "KEY=VALUE", global = true)]
    pub config: Vec<String>,

    /// The day to take for today
    #[arg(hide_short_help = true, long, value_name = "YYYY-MM-DD", global = true, value_parser = super::date)]
    pub today: Option<Date>,
}

impl Global {
    /// The same, with what follows from what was typed.
    pub(super) fn settled(self) -> Self {
        Self { json: self.fields.is_some(), ..self }
    }

    /// The fields that were asked for; `None` for all of them.
    pub(super) fn fields(&self) -> Option<&str> {
        self.fields.as_deref().filter(|fields| !fields.is_empty())
    }
}

/// Whether a word of the command line asks for JSON, errors included.
pub(super) fn asks_for_json(arg: &OsString) -> bool {
    arg == "--json" || arg.to_str().is_some_and(|arg| arg.starts_with("--json="))
}

/// Refuses what one command understands, for all others.
pub(super) fn check(cli: &Cli) -> Result<()> {
    match cli.global.fields() {
        Some(fields) if !matches!(cli.command, Command::List(_)) => Err(Refusal::NoUse {
            option: "--json=FIELDS",
            reason: "`adr list` alone prints some of the fields".to_owned(),
            instead: Some(format!("adr list --json={}", shell_word(fields))),
        }
        .into()),
        _ => Ok(()),
    }
}

/// Says what `command` reads, where more is to be said. What cannot be read, it says itself.
pub(super) fn tell(command: &Command, session: &mut Session<'_>) {
    if !session.global.verbose || !command.reads_log() {
        return;
    }
    let Ok(project) = session.survey() else { return };
    let said = match &project.place.config {
        Some(file) => format!("configuration: `{}`", file.display()),
        None => "configuration: none".to_owned(),
    };
    session.ui.remark(&said);
    let records = count(project.log.records().len(), "record");
    let skipped = match project.log.skipped().len() {
        0 => String::new(),
        skipped => format!(", {} skipped", count(skipped, "file")),
    };
    let folder = project.place.folder.display();
    session.ui.remark(&format!("log: `{folder}`, {records}{skipped}"));
}
