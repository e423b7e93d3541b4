//! The only way to the terminal: colour, width, streams.
//!
//! Whatever is written to a terminal or into the log of a pipeline is made safe here, so that no
//! command has to think of it: [`Ui::print`], [`Ui::data`] and [`Ui::path`] take any text. Colours
//! are put around text that is safe already, by [`Ui::styled`], and nothing else keeps them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::Global;
use super::fault::Fault;
use super::line::{Line, visible_but_styles};
use crate::export::SCHEMA_VERSION;
use crate::model::{Date, Lifecycle, Status};
use crate::project::StateFolders;
use crate::report::{Report, ReportKind};
use crate::text::{
    argument, breaks_line, json_without_commands, visible_json, visible_lines, visible_name,
    without_commands,
};
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
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
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

    /// Whether the output is the log of a pipeline, in which a runner looks for commands.
    fn is_runner(&self) -> bool {
        let runners = ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "GITLAB_CI"];
        runners.iter().any(|name| self.variable(name).is_some())
    }

    /// Whether colour is wanted on a stream, by default on a terminal alone.
    pub(super) fn wants_color(&self, is_terminal: bool) -> bool {
        let forced = self.variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        self.variable("NO_COLOR").is_none() && (forced || is_terminal)
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
#[expect(clippy::struct_excessive_bools, reason = "every one is a fact of its own")]
pub(super) struct Ui<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Whether what is printed may be coloured.
    pub color: bool,
    /// Whether people look at it.
    pub is_terminal: bool,
    /// How many columns a line may take, on a terminal.
    pub width: usize,
    /// Whether the reader closed the pipe. What is printed after that is lost, and no fault: the
    /// command goes on, and ends with what it has found.
    pub is_closed: bool,
    /// Whether a runner reads along.
    is_runner: bool,
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
        let is_terminal = environment.out_is_terminal;
        let color = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => environment.wants_color(is_terminal),
        };
        Self {
            out,
            err,
            color,
            is_terminal,
            width: environment.width.unwrap_or(80),
            is_closed: false,
            is_runner: environment.is_runner(),
            quiet: global.quiet,
            data: Stream::Out,
        }
    }

    /// Writes text for people. Into a pipe without a runner it goes as it is.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        let is_read = self.is_terminal || self.is_runner;
        let text = if is_read { visible_lines(text) } else { Cow::Borrowed(text) };
        self.bytes(self.without_commands(&text).as_bytes())
    }

    /// Writes a line of text for people.
    pub(super) fn line(&mut self, text: &str) -> Result<()> {
        self.print(&format!("{text}\n"))
    }

    /// Writes text that a program may read, such as a diff: a pipe gets its bytes, but for the
    /// commands of a runner that would obey them.
    pub(super) fn data(&mut self, text: &str) -> Result<()> {
        let text = if self.is_terminal { visible_lines(text) } else { Cow::Borrowed(text) };
        let safe = self.without_commands(&text);
        self.bytes(safe.as_bytes())?;
        if safe != text {
            self.remark(
                "text that the runner would take for a command is broken by a space, and is not \
                 what the files hold",
            );
        }
        Ok(())
    }

    /// Writes the text of a file, which a pipe gets byte for byte.
    pub(super) fn raw(&mut self, text: &[u8]) -> Result<()> {
        if self.is_terminal {
            let text = String::from_utf8_lossy(text);
            return self.bytes(visible_lines(&text).as_bytes());
        }
        self.bytes(text)
    }

    /// Writes a report of findings, which has made the words of strangers safe in its own way.
    pub(super) fn report(&mut self, report: &Report, text: &str) -> Result<()> {
        match report.kind {
            ReportKind::People if self.is_terminal => {
                self.bytes(visible_but_styles(text).as_bytes())
            }
            ReportKind::Json => self.document(text),
            ReportKind::Other if self.is_terminal => self.bytes(visible_lines(text).as_bytes()),
            ReportKind::People | ReportKind::Other => self.bytes(text.as_bytes()),
        }
    }

    /// Writes a line that is safe already.
    pub(super) fn show(&mut self, line: &Line) -> Result<()> {
        let text = self.without_commands(line.as_str()).into_owned();
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Writes a path on a line of its own, so that another program finds the file by it: where the
    /// system knows bytes only, these bytes are written. A name that would be several lines is
    /// written with escapes: whether it was.
    pub(super) fn path(&mut self, path: &Path) -> Result<bool> {
        let path = argument(path);
        let name = path.to_string_lossy();
        let breaks = breaks_line(&name);
        let safe =
            if self.is_terminal || breaks { visible_name(&name) } else { Cow::Borrowed(&*name) };
        let safe = self.without_commands(&safe);
        if *safe == *name {
            self.path_bytes(&path)?;
        } else {
            self.bytes(safe.as_bytes())?;
        }
        self.bytes(b"\n")?;
        Ok(breaks)
    }

    /// Writes a path and a NUL byte behind it.
    pub(super) fn path_null(&mut self, path: &Path) -> Result<()> {
        let path = argument(path);
        if self.is_terminal {
            self.bytes(visible_name(&path.to_string_lossy()).as_bytes())?;
        } else {
            self.path_bytes(&path)?;
        }
        self.bytes(b"\0")
    }

    fn path_bytes(&mut self, path: &Path) -> Result<()> {
        #[cfg(unix)]
        return self.bytes(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()));
        #[cfg(not(unix))]
        self.bytes(path.to_string_lossy().as_bytes())
    }

    /// `text` without commands, where a runner looks for them.
    fn without_commands<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_runner { without_commands(text) } else { Cow::Borrowed(text) }
    }

    /// Writes bytes as they are. A closed pipe is no fault.
    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let stream = match self.data {
            Stream::Out => &mut self.out,
            Stream::Err => &mut self.err,
        };
        let written = stream.write_all(bytes);
        self.unless_closed(written)
    }

    /// How writing ended; a closed pipe is remembered, and is no fault.
    fn unless_closed(&mut self, written: std::io::Result<()>) -> Result<()> {
        match written {
            Err(source) if source.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            written => written.map_err(|source| Error::Output { source }),
        }
    }

    /// Writes a text that standard output is to hold alone: what is printed after it goes to
    /// standard error.
    pub(super) fn print_alone(&mut self, text: &[u8]) -> Result<()> {
        let written = self.raw(text);
        self.data = Stream::Err;
        written
    }

    /// Lets what was written be seen at once, by a command that does not end soon, or that ends.
    pub(super) fn flush(&mut self) -> Result<()> {
        let written = self.out.flush();
        self.unless_closed(written)
    }

    /// Says something to the person at the terminal, who may not be there.
    pub(super) fn note(&mut self, text: &str) {
        self.tell(&without_commands(&visible_lines(text)));
    }

    /// Writes a line that is safe already to standard error.
    fn tell(&mut self, line: &str) {
        // In the order in which things happened, also where both streams are one terminal. A
        // closed output shows at the next line of data; a closed standard error nobody can be told.
        drop(self.out.flush());
        drop(writeln!(self.err, "{line}"));
    }

    /// Says what is good to know, unless `--quiet` is given.
    pub(super) fn remark(&mut self, text: &str) {
        if !self.quiet {
            self.note(text);
        }
    }

    /// The same for several texts.
    pub(super) fn remarks(&mut self, texts: &[String]) {
        for text in texts {
            self.remark(text);
        }
    }

    /// Writes a JSON document.
    pub(super) fn json(&mut self, document: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(document).map_err(std::io::Error::from);
        let text = text.map_err(|source| Error::Output { source })?;
        self.document(&(text + "\n"))
    }

    /// Writes a text in JSON. For a terminal or a runner, unsafe characters in it are written in
    /// another way, which is the same to every reader of JSON.
    pub(super) fn document(&mut self, text: &str) -> Result<()> {
        if self.is_terminal || self.is_runner {
            let text = visible_json(text);
            return self.bytes(json_without_commands(&text).as_bytes());
        }
        self.bytes(text.as_bytes())
    }

    /// `text` in the colour of `status`, where colour is on.
    pub(super) fn in_status_color(&self, status: Option<&Status>, text: &str) -> Line {
        let color = match status.and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted) => AnsiColor::Green,
            Some(Lifecycle::Proposed | Lifecycle::Draft) => AnsiColor::Yellow,
            Some(Lifecycle::Rejected) => AnsiColor::Red,
            Some(Lifecycle::Deprecated | Lifecycle::Superseded) => AnsiColor::BrightBlack,
            None => return Line::text(text),
        };
        self.styled(Style::new().fg_color(Some(color.into())), text)
    }

    /// `text` in a style, where colour is on.
    pub(super) fn styled(&self, style: Style, text: &str) -> Line {
        if self.color { Line::styled(style, text) } else { Line::text(text) }
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
            let text = object.to_string();
            self.tell(&json_without_commands(&visible_json(&text)));
            return;
        }
        let safe = |text: &str| without_commands(&visible_lines(text)).into_owned();
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let red = self.styled(red, "error");
        self.tell(&format!("{}: {}", red.as_str(), safe(&fault.message)));
        for cause in &fault.causes {
            self.tell(&format!("  caused by: {}", safe(cause)));
        }
        if let Some(hint) = &fault.hint {
            self.tell(&format!("  hint: {}", safe(hint)));
        }
    }
}
