//! Standard output and standard error: the only way to the terminal.
//!
//! All text that is written to a terminal or into a pipeline's log is made safe here, so that commands need not
//! do it: [`Ui::print`], [`Ui::data`] and [`Ui::path`] take any text. Colours are added by [`Ui::styled`], around
//! text that is already safe; no other function keeps them.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::Environment;
use super::error_report::ErrorReport;
use super::styled_line::{StyledLine, visible_but_styles};
use crate::export::SCHEMA_VERSION;
use crate::model::{Lifecycle, Status};
use crate::report::{Report, ReportKind};
use crate::text::{
    breaks_line, json_without_commands, path_argument, visible_json, visible_lines, visible_name,
    without_commands,
};
use crate::{Error, Result};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The options that change what is written.
#[derive(Clone, Copy, Default)]
pub(crate) struct UiOptions {
    pub color: ColorChoice,
    pub quiet: bool,
}

/// The two streams and how to write to them.
#[expect(clippy::struct_excessive_bools, reason = "the fields are independent facts")]
pub(crate) struct Ui<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Whether output may be coloured.
    pub color: bool,
    /// Whether standard output is a terminal.
    pub is_terminal: bool,
    /// The width of the terminal in columns.
    pub width: usize,
    /// Whether the reader closed the pipe. Later output is dropped without an error, and the command
    /// still ends with the exit code of its findings.
    pub is_closed: bool,
    /// Whether a runner scans the output for commands.
    is_runner: bool,
    quiet: bool,
    data_stream: DataStream,
}

/// The stream that output is written to.
enum DataStream {
    Out,
    /// Used when standard output must not contain anything but one text.
    Err,
}

impl<'a> Ui<'a> {
    pub(crate) fn new(
        environment: &Environment,
        options: UiOptions,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        let is_terminal = environment.out_is_terminal;
        let color = match options.color {
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
            quiet: options.quiet,
            data_stream: DataStream::Out,
        }
    }

    /// Writes text for people. A pipe without a runner gets it unchanged.
    pub(crate) fn print(&mut self, text: &str) -> Result<()> {
        let must_be_safe = self.is_terminal || self.is_runner;
        let text = if must_be_safe { visible_lines(text) } else { Cow::Borrowed(text) };
        self.bytes(self.without_commands(&text).as_bytes())
    }

    /// Writes a line of text for people.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        self.print(&format!("{text}\n"))
    }

    /// Writes text that a program may read, such as a diff. A pipe gets its bytes, except that commands
    /// are disabled if a runner would execute them.
    pub(crate) fn data(&mut self, text: &str) -> Result<()> {
        let text = if self.is_terminal { visible_lines(text) } else { Cow::Borrowed(text) };
        let safe_text = self.without_commands(&text);
        self.bytes(safe_text.as_bytes())?;
        if safe_text != text {
            self.remark(
                "a space was inserted into text that the runner would take for a command; the files \
                 do not contain it",
            );
        }
        Ok(())
    }

    /// Writes the text of a file. A pipe gets it byte for byte.
    pub(crate) fn raw(&mut self, text: &[u8]) -> Result<()> {
        if self.is_terminal {
            let text = String::from_utf8_lossy(text);
            return self.bytes(visible_lines(&text).as_bytes());
        }
        self.bytes(text)
    }

    /// Writes a report of findings, whose renderer has already made foreign text safe.
    pub(crate) fn report(&mut self, report: &Report, text: &str) -> Result<()> {
        match report.kind {
            ReportKind::People if self.is_terminal => {
                self.bytes(visible_but_styles(text).as_bytes())
            }
            ReportKind::Json => self.document(text),
            ReportKind::Other if self.is_terminal => self.bytes(visible_lines(text).as_bytes()),
            ReportKind::People | ReportKind::Other => self.bytes(text.as_bytes()),
        }
    }

    /// Writes a line that is already safe.
    pub(crate) fn show(&mut self, line: &StyledLine) -> Result<()> {
        let text = self.without_commands(line.as_str()).into_owned();
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Writes a path on a separate line, so that another program finds the file by it. On Unix the bytes
    /// of the path are written. A name that contains line breaks is written with escapes; returns
    /// whether it was.
    pub(crate) fn path(&mut self, path: &Path) -> Result<bool> {
        let path = path_argument(path);
        let name = path.to_string_lossy();
        let has_line_breaks = breaks_line(&name);
        let must_be_safe = self.is_terminal || has_line_breaks;
        let visible_name = if must_be_safe { visible_name(&name) } else { Cow::Borrowed(&*name) };
        let safe_name = self.without_commands(&visible_name);
        if *safe_name == *name {
            self.path_bytes(&path)?;
        } else {
            self.bytes(safe_name.as_bytes())?;
        }
        self.bytes(b"\n")?;
        Ok(has_line_breaks)
    }

    /// Writes a path followed by a NUL byte.
    pub(crate) fn path_null(&mut self, path: &Path) -> Result<()> {
        let path = path_argument(path);
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

    /// Returns `text` with its commands disabled, if a runner scans the output.
    fn without_commands<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_runner { without_commands(text) } else { Cow::Borrowed(text) }
    }

    /// Writes bytes unchanged. A closed pipe is not an error.
    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let stream = match self.data_stream {
            DataStream::Out => &mut self.out,
            DataStream::Err => &mut self.err,
        };
        let result = stream.write_all(bytes);
        self.unless_closed(result)
    }

    /// Converts the result of a write. A closed pipe is remembered and is not an error.
    fn unless_closed(&mut self, result: std::io::Result<()>) -> Result<()> {
        match result {
            Err(source) if source.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            result => result.map_err(|source| Error::Output { source }),
        }
    }

    /// Writes the only text of standard output: all later output is written to standard error.
    pub(crate) fn print_alone(&mut self, text: &[u8]) -> Result<()> {
        let result = self.raw(text);
        self.data_stream = DataStream::Err;
        result
    }

    /// Flushes standard output, before a long wait and at the end of a command.
    pub(crate) fn flush(&mut self) -> Result<()> {
        let result = self.out.flush();
        self.unless_closed(result)
    }

    /// Writes a message to standard error, even with `--quiet`.
    pub(crate) fn note(&mut self, text: &str) {
        self.error_line(&without_commands(&visible_lines(text)));
    }

    /// Writes a line that is already safe to standard error.
    fn error_line(&mut self, line: &str) {
        // Flushed first, so that the two streams appear in order on one terminal. A closed standard output
        // is noticed at the next line of data; a closed standard error cannot be reported.
        drop(self.out.flush());
        drop(writeln!(self.err, "{line}"));
    }

    /// Writes an informational message to standard error, unless `--quiet` is given.
    pub(crate) fn remark(&mut self, text: &str) {
        if !self.quiet {
            self.note(text);
        }
    }

    /// Writes several messages as [`remark`](Self::remark) does.
    pub(crate) fn remarks(&mut self, texts: &[String]) {
        for text in texts {
            self.remark(text);
        }
    }

    /// Writes a JSON document.
    pub(crate) fn json(&mut self, document: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(document).map_err(std::io::Error::from);
        let text = text.map_err(|source| Error::Output { source })?;
        self.document(&(text + "\n"))
    }

    /// Writes a JSON text. For a terminal or a runner, unsafe characters are written as JSON escapes.
    pub(crate) fn document(&mut self, text: &str) -> Result<()> {
        if self.is_terminal || self.is_runner {
            let text = visible_json(text);
            return self.bytes(json_without_commands(&text).as_bytes());
        }
        self.bytes(text.as_bytes())
    }

    /// Returns `text` in the colour of `status`, if colours are on.
    pub(crate) fn in_status_color(&self, status: Option<&Status>, text: &str) -> StyledLine {
        let color = match status.and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted) => AnsiColor::Green,
            Some(Lifecycle::Proposed | Lifecycle::Draft) => AnsiColor::Yellow,
            Some(Lifecycle::Rejected) => AnsiColor::Red,
            Some(Lifecycle::Deprecated | Lifecycle::Superseded) => AnsiColor::BrightBlack,
            None => return StyledLine::text(text),
        };
        self.styled(Style::new().fg_color(Some(color.into())), text)
    }

    /// Returns `text` in `style`, if colours are on.
    pub(crate) fn styled(&self, style: Style, text: &str) -> StyledLine {
        if self.color { StyledLine::styled(style, text) } else { StyledLine::text(text) }
    }

    /// Reports the error that stopped a command.
    pub(crate) fn error(&mut self, error: &Error, json: bool) {
        self.error_report(&ErrorReport::of(error), json);
    }

    /// Reports an error as [`error`](Self::error) does.
    pub(crate) fn error_report(&mut self, report: &ErrorReport, json: bool) {
        if json {
            let object = serde_json::json!({ "schema_version": SCHEMA_VERSION, "error": {
                "code": report.code,
                "message": report.message,
                "causes": report.causes,
                "hint": report.hint,
            }});
            let document = object.to_string();
            self.error_line(&json_without_commands(&visible_json(&document)));
            return;
        }
        let safe_text = |text: &str| without_commands(&visible_lines(text)).into_owned();
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let prefix = self.styled(red, "error");
        self.error_line(&format!("{}: {}", prefix.as_str(), safe_text(&report.message)));
        for cause in &report.causes {
            self.error_line(&format!("  caused by: {}", safe_text(cause)));
        }
        if let Some(hint) = &report.hint {
            self.error_line(&format!("  hint: {}", safe_text(hint)));
        }
    }
}
