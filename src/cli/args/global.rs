//! The options of every command.

use std::ffi::OsString;
use std::path::PathBuf;

use super::parse_date;
use crate::cli::terminal::{ColorChoice, UiOptions};
use crate::model::Date;
use crate::project::Setting;
use crate::{Error, Result};

/// The options of every command.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate option")]
pub(crate) struct Global {
    /// Run as if started in DIR
    #[arg(hide_short_help = true, short = 'C', value_name = "DIR", global = true)]
    pub start: Option<PathBuf>,

    /// Use the records in DIR; needs no configuration
    #[arg(long, value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,

    /// Print JSON; with FIELDS such as `number,title`, `list` prints only these fields
    #[arg(
        long = "json",
        value_name = "FIELDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        global = true
    )]
    pub fields: Option<String>,

    /// Whether to print JSON.
    #[arg(skip)]
    pub json: bool,

    /// Do not print informational messages
    #[arg(hide_short_help = true, short, long, global = true)]
    pub quiet: bool,

    /// Print which configuration and log are used
    #[arg(hide_short_help = true, short, long, global = true)]
    pub verbose: bool,

    /// Never prompt or open an editor
    #[arg(hide_short_help = true, long, global = true)]
    pub no_input: bool,

    /// When to use colours
    #[arg(
        hide_short_help = true,
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto"
    )]
    pub color: ColorChoice,

    /// Override a key of adr.toml
    #[arg(hide_short_help = true, long, value_name = "KEY=VALUE", global = true)]
    pub config: Vec<String>,

    /// Use DATE as today
    #[arg(hide_short_help = true, long, value_name = "DATE", global = true, value_parser = parse_date)]
    pub today: Option<Date>,
}

impl Global {
    /// Sets the fields that follow from other options.
    pub(crate) fn completed(self) -> Self {
        Self { json: self.fields.is_some(), ..self }
    }

    /// Returns the value of `--json=FIELDS`; `None` for all fields.
    pub(crate) fn fields(&self) -> Option<&str> {
        self.fields.as_deref().filter(|fields| !fields.is_empty())
    }

    /// Returns the settings of `--config`.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        self.config.iter().cloned().map(Setting).collect()
    }

    /// Enters the folder of `-C`.
    pub(crate) fn change_folder(&self) -> Result<()> {
        let Some(start) = &self.start else { return Ok(()) };
        std::env::set_current_dir(start)
            .map_err(|source| Error::Read { path: start.clone(), source })
    }

    pub(crate) fn ui_options(&self) -> UiOptions {
        UiOptions { color: self.color, quiet: self.quiet }
    }
}

/// Whether a word of the command line asks for JSON output, including errors.
pub(crate) fn is_json_option(word: &OsString) -> bool {
    word == "--json" || word.to_str().is_some_and(|word| word.starts_with("--json="))
}
