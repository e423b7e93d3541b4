//! The only way to the terminal: colour, width, streams.

use std::collections::HashMap;
use std::error::Error as _;
use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use crate::model::Date;
use crate::{Error, Result};

/// What the program was started in.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The environment variables that are Unicode.
    pub variables: HashMap<String, String>,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// How many columns the terminal has, where there is one.
    pub width: Option<usize>,
    /// The day, in the zone of the system.
    pub today: Date,
}

impl Environment {
    /// The value of a variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal
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
}

impl<'a> Ui<'a> {
    pub(super) fn new(
        environment: &Environment,
        color: ColorChoice,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        let forced = environment.variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let plain = environment.variable("NO_COLOR").is_some();
        let color = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !plain && (forced || environment.out_is_terminal),
        };
        let width = environment.width.unwrap_or(80);
        Self { out, err, color, is_terminal: environment.out_is_terminal, width }
    }

    /// Writes data, as it is.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|source| Error::Output { source })
    }

    /// Writes a line of data.
    pub(super) fn line(&mut self, text: &str) -> Result<()> {
        self.print(text)?;
        self.print("\n")
    }

    /// Says something to the person at the terminal, who may not be there.
    pub(super) fn note(&mut self, text: &str) {
        // Nobody can be told that standard error is closed.
        drop(writeln!(self.err, "{text}"));
    }

    /// `text` in a style, where colour is on.
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Says why a command could not do its work.
    pub(super) fn error(&mut self, error: &Error, json: bool) {
        if json {
            let object = serde_json::json!({ "error": {
                "message": error.to_string(),
                "causes": causes(error),
                "hint": error.hint(),
            }});
            self.note(&object.to_string());
            return;
        }
        let red = self.styled(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), "error");
        self.note(&format!("{red}: {}", visible(&error.to_string())));
        for cause in causes(error) {
            self.note(&format!("  caused by: {}", visible(&cause)));
        }
        if let Some(hint) = error.hint() {
            self.note(&format!("  hint: {}", visible(&hint)));
        }
    }
}

fn causes(error: &Error) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
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

/// Prints what clap has to say about the arguments, help and version included.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    // Help into a closed pipe ends quietly, as all output does.
    drop(error.print());
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
