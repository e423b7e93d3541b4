//! The program: from the words of the command line to an exit code.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, FromArgMatches};

use super::args::{Global, is_json_option};
use super::command::{CommandEntry, PreparedCommand};
use super::command_line::command_line;
use super::commands::COMMANDS;
use super::session::{Outcome, Session};
use super::terminal::{
    Environment, Ui, UiOptions, UsageContext, report_usage_error, start_threads,
};
use super::{adr_tools, completion};
use crate::text::shell_word;
use crate::{Refusal, Result};

/// Runs the program and returns its exit code. `args` are the words of the command line, starting with
/// the program's name.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(shell) = completion::requested_shell(environment) {
        start_threads(environment);
        completion::run(shell, &args, environment, out);
        return ExitCode::SUCCESS;
    }
    if let Err(error) = adr_tools::check(environment) {
        let json = args.iter().any(is_json_option);
        Ui::new(environment, UiOptions::default(), out, err).error(&error, json);
        return ExitCode::from(2);
    }
    match adr_tools::words(&args, environment) {
        Some(words) => run_adr_tools(&words, environment, out, err),
        None => run_command(args, environment, out, err),
    }
}

/// Runs a command the way adr-tools does.
fn run_adr_tools(
    words: &[String],
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let mut ui = Ui::new(environment, UiOptions::default(), out, err);
    match adr_tools::run(words, environment, &mut ui).and_then(|code| ui.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            ui.error(&error, false);
            ExitCode::from(1)
        }
    }
}

fn run_command(
    args: Vec<OsString>,
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let mut definition = command_line();
    let json = args.iter().take_while(|arg| *arg != "--").any(is_json_option);
    let parsed =
        definition.try_get_matches_from_mut(args).and_then(|matches| ParsedLine::new(&matches));
    let ParsedLine { global, entry, command } = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let context = UsageContext { command_line: &definition, environment, json };
            return report_usage_error(error, &context, (out, err));
        }
    };
    let reports_log = global.verbose && entry.reads_log;
    if entry.reads_log {
        start_threads(environment);
    }
    let ui = Ui::new(environment, global.ui_options(), out, err);
    let mut session = Session::new(&global, environment, ui, command_line);
    let result = global
        .change_folder()
        .and_then(|()| check_fields(&global, entry))
        .and_then(|()| {
            session.recover();
            reports_log.then(|| session.report_log());
            command(&mut session)
        })
        .and_then(|outcome| session.ui.flush().map(|()| outcome));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            session.ui.error(&error, global.json);
            ExitCode::from(2)
        }
    }
}

/// The parsed command line.
struct ParsedLine {
    global: Global,
    entry: &'static CommandEntry,
    command: PreparedCommand,
}

impl ParsedLine {
    fn new(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        let global = Global::from_arg_matches(matches)?.completed();
        let command = matches.subcommand().and_then(|(name, command_matches)| {
            let entry = COMMANDS.iter().find(|entry| entry.name == name)?;
            Some((entry, command_matches))
        });
        // Clap has already checked that there is a command.
        let (entry, command_matches) =
            command.ok_or_else(|| clap::Error::new(ErrorKind::MissingSubcommand))?;
        Ok(Self { global, entry, command: (entry.prepare)(command_matches)? })
    }
}

/// Refuses `--json=FIELDS` for all commands but `list`.
fn check_fields(global: &Global, entry: &CommandEntry) -> Result<()> {
    match global.fields() {
        Some(fields) if entry.name != "list" => Err(Refusal::NoUse {
            option: "--json=FIELDS",
            reason: "only `adr list` can print selected fields".to_owned(),
            instead: Some(format!("adr list --json={}", shell_word(fields))),
        }
        .into()),
        _ => Ok(()),
    }
}
