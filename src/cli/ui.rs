//! The only way to the terminal: colour, width, streams.

use std::collections::HashMap;
use std::error::Error as _;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::error::{ContextKind, ContextValue};

use super::Global;
use super::code::{USAGE, code};
use crate::export::SCHEMA_VERSION;
use crate::model::{Date, Lifecycle, Status};
use crate::project::StateFolders;
use crate::{Error, Result};

/// What the program was started in.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The environment variables that are Unicode.
    pub variables: HashMap<String, String>,
    /// Whether somebody can type: standard input is a terminal.
    pub in_is_terminal: bool,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// How many columns the terminal has, where there is one.
    pub width: Option<usize>,
    /// The day, in the zone of the system. Asked only when it is needed: to find the zone takes
    /// longer than to start the program.
    pub clock: fn() -> Date,
    /// What the program is: another text for every one that may work in another way.
    pub program: fn() -> String,
}

impl Environment {
    /// The value of a variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The day that the environment gives out for today.
    ///
    /// # Errors
    ///
    /// Where a variable that sets it holds no date.
    pub(super) fn today(&self) -> Result<Date> {
        if let Some(given) = self.variable("ADR_DATE") {
            let expected = "a date of the form YYYY-MM-DD";
            let given = given.to_owned();
            let date = Date::parse_iso(&given);
            return date.ok_or(Error::Variable { name: "ADR_DATE", given, expected });
        }
        if let Some(given) = self.variable("SOURCE_DATE_EPOCH") {
            let seconds = given.parse().ok();
            let time = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            let date = time.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date().into());
            return date.ok_or_else(|| Error::Variable {
                name: "SOURCE_DATE_EPOCH",
                given: given.to_owned(),
                expected: "a number of seconds since 1970",
            });
        }
        Ok((self.clock)())
    }

    /// Where files go that belong to no repository.
    pub(super) fn state_folders(&self) -> StateFolders {
        StateFolders::new(|name| self.variable(name))
    }

    /// Whether a person is there to type and to look, and does not mind being asked.
    pub(super) fn is_interactive(&self) -> bool {
        let quiet = ["CI", "ADR_NO_INPUT"].iter().any(|name| self.variable(name).is_some());
        self.in_is_terminal && self.out_is_terminal && !quiet
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The two streams, and how to write to them.
pub(super) struct Ui<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Whether what is printed may be coloured.
    pub color: bool,
    /// Whether people look at it.
    pub is_terminal: bool,
    /// How many columns a line may take, on a terminal.
    pub width: usize,
    quiet: bool,
    data: Stream,
}

/// Where data goes.
enum Stream {
    Out,
    /// Standard output holds a text, and nothing else may go there.
    Err,
}

impl<'a> Ui<'a> {
    pub(super) fn new(
        environment: &Environment,
        global: &Global,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        let forced = environment.variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let plain = environment.variable("NO_COLOR").is_some();
        let color = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !plain && (forced || environment.out_is_terminal),
        };
        let width = environment.width.unwrap_or(80);
        let is_terminal = environment.out_is_terminal;
        let quiet = global.quiet;
        Self { out, err, color, is_terminal, width, quiet, data: Stream::Out }
    }

    /// Writes data, as it is.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Writes a path and what ends it. Another program has to find the file by it: where the system
    /// knows bytes only, these bytes are written.
    pub(super) fn path(&mut self, path: &Path, end: &str) -> Result<()> {
        #[cfg(unix)]
        self.bytes(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()))?;
        #[cfg(not(unix))]
        self.print(&path.to_string_lossy())?;
        self.print(end)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let stream = match self.data {
            Stream::Out => &mut self.out,
            Stream::Err => &mut self.err,
        };
        stream.write_all(bytes).map_err(|source| Error::Output { source })
    }

    /// Writes a text that standard output is to hold alone: what is printed after it goes to
    /// standard error.
    pub(super) fn print_alone(&mut self, text: &[u8]) -> Result<()> {
        self.data = Stream::Err;
        self.out.write_all(text).map_err(|source| Error::Output { source })
    }

    /// Writes a line of data.
    pub(super) fn line(&mut self, text: &str) -> Result<()> {
        self.print(text)?;
        self.print("\n")
    }

    /// Lets what was written be seen at once, by a command that does not end soon.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(|source| Error::Output { source })
    }

    /// Writes what is left to write. Whoever closed the pipe has seen enough, and whatever the
    /// command has found stays found.
    pub(super) fn end(&mut self) -> Result<()> {
        match self.flush() {
            Err(Error::Output { source }) if source.kind() == ErrorKind::BrokenPipe => Ok(()),
            ended => ended,
        }
    }

    /// Says something to the person at the terminal, who may not be there.
    pub(super) fn note(&mut self, text: &str) {
        // In the order in which things happened, also where both streams are one terminal. A
        // closed output shows at the next line of data; a closed standard error nobody can be told.
        drop(self.out.flush());
        drop(writeln!(self.err, "{text}"));
    }

    /// Says what is good to know, unless `--quiet` is given.
    pub(super) fn remark(&mut self, text: &str) {
        if !self.quiet {
            self.note(&visible(text));
        }
    }

    /// Writes a JSON document.
    pub(super) fn json(&mut self, document: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(document).map_err(std::io::Error::from);
        self.line(&text.map_err(|source| Error::Output { source })?)
    }

    /// `text` in the colour of `status`, where colour is on.
    pub(super) fn in_status_color(&self, status: Option<&Status>, text: &str) -> String {
        let color = match status.and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted) => AnsiColor::Green,
            Some(Lifecycle::Proposed | Lifecycle::Draft) => AnsiColor::Yellow,
            Some(Lifecycle::Rejected) => AnsiColor::Red,
            Some(Lifecycle::Deprecated | Lifecycle::Superseded) => AnsiColor::BrightBlack,
            None => return text.to_owned(),
        };
        self.styled(Style::new().fg_color(Some(color.into())), text)
    }

    /// `text` in a style, where colour is on.
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Says why a command could not do its work.
    pub(super) fn error(&mut self, error: &Error, json: bool) {
        self.fault(&Fault::of(error), json);
    }

    /// As [`error`](Self::error).
    pub(super) fn fault(&mut self, fault: &Fault, json: bool) {
        if json {
            let object = serde_json::json!({ "schema_version": SCHEMA_VERSION, "error": {
                "code": fault.code,
                "message": fault.message,
                "causes": fault.causes,
                "hint": fault.hint,
            }});
            self.note(&object.to_string());
            return;
        }
        let red = self.styled(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), "error");
        self.note(&format!("{red}: {}", visible(&fault.message)));
        for cause in &fault.causes {
            self.note(&format!("  caused by: {}", visible(cause)));
        }
        if let Some(hint) = &fault.hint {
            self.note(&format!("  hint: {}", visible(hint)));
        }
    }
}

/// An error as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fault {
    /// For programs.
    pub code: &'static str,
    /// What could not be done.
    pub message: String,
    /// What the system, or whatever else was asked, answered; the nearest first.
    pub causes: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Fault {
    pub(super) fn of(error: &Error) -> Self {
        Self {
            code: code(error),
            message: error.to_string(),
            causes: causes(error),
            hint: error.hint(),
        }
    }
}

/// The error and what caused it, in one line, with what to do about it.
pub(super) fn chain(error: &Error) -> String {
    let fault = Fault::of(error);
    let parts = std::iter::once(fault.message).chain(fault.causes).collect::<Vec<_>>();
    let hint = fault.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    parts.join(": ") + &hint
}

fn causes(error: &Error) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        // The template engine begins its reports like a program of its own.
        let cause_text = cause.to_string();
        causes.push(cause_text.strip_prefix("error: ").unwrap_or(&cause_text).to_owned());
        next = cause.source();
    }
    causes
}

/// `text` with control characters made visible, so that no file can steer the terminal.
pub(super) fn visible(text: &str) -> String {
    let show = |c: char| match c {
        '\n' | '\t' => c.to_string(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    text.chars().map(show).collect()
}

/// Prints what clap has to say about the arguments, help and version included; errors as JSON to
/// `json`, where that is asked for.
pub(super) fn usage(
    mut error: clap::Error,
    command: &clap::Command,
    (err, json): (&mut dyn Write, bool),
) -> ExitCode {
    suggest_command(&mut error, command);
    if json && error.use_stderr() {
        drop(writeln!(err, "{}", as_json(&error)));
        return ExitCode::from(2);
    }
    match error.print() {
        // Help into a closed pipe ends quietly, as all output does.
        Err(source) if source.kind() != ErrorKind::BrokenPipe => {
            drop(writeln!(err, "error: cannot write the output\n  caused by: {source}"));
            ExitCode::from(2)
        }
        _ if error.use_stderr() => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

/// A usage error as all errors are in JSON: what is wrong, and clap's tip, else where help is.
fn as_json(error: &clap::Error) -> serde_json::Value {
    let text = error.render().to_string();
    let message: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let message = message.join("\n");
    let tip = text.lines().find_map(|line| line.trim_start().strip_prefix("tip: "));
    serde_json::json!({ "schema_version": SCHEMA_VERSION, "error": {
        "code": USAGE,
        "message": message.strip_prefix("error: ").unwrap_or(&message),
        "causes": [],
        "hint": tip.unwrap_or("run `adr help`, or the command with `--help`"),
    }})
}

/// Adds the nearest command to an error about one that does not exist, where clap has not found
/// it: two letters in the wrong order are one slip, and not two.
fn suggest_command(error: &mut clap::Error, command: &clap::Command) {
    let known = error.get(ContextKind::SuggestedSubcommand).is_some();
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidSubcommand) else {
        return;
    };
    let near = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .map(|sub| (strsim::damerau_levenshtein(sub.get_name(), given), sub.get_name().to_owned()));
    let nearest = near.filter(|(far, _)| *far <= 2).min_by_key(|(far, _)| *far);
    if let Some((_, nearest)) = nearest.filter(|_| !known) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![nearest]));
    }
}
