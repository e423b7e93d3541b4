//! Prints clap's output: help, the version, and usage errors, which repeat words of the command line.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};

use super::Environment;
use super::error_code::USAGE;
use super::styled_line::visible_but_styles;
use crate::export::SCHEMA_VERSION;
use crate::text::{json_without_commands, visible, visible_json, visible_lines, without_commands};

/// What the output depends on.
pub(crate) struct UsageContext<'a> {
    pub command_line: &'a clap::Command,
    pub environment: &'a Environment,
    /// Whether errors are printed as JSON.
    pub json: bool,
}

/// Prints help and the version to `out` and errors to `err`. Returns the exit code.
pub(crate) fn report_usage_error(
    mut error: clap::Error,
    context: &UsageContext<'_>,
    (out, err): (&mut dyn Write, &mut dyn Write),
) -> ExitCode {
    let UsageContext { command_line, environment, json } = *context;
    suggest_command(&mut error, command_line);
    if !error.use_stderr() {
        let text = rendered(&error, environment.wants_color(environment.out_is_terminal));
        return match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // A closed pipe is not an error, as for all other output.
            Err(source) if source.kind() != ErrorKind::BrokenPipe => {
                drop(writeln!(err, "error: cannot write the output\n  caused by: {source}"));
                ExitCode::from(2)
            }
            _ => ExitCode::SUCCESS,
        };
    }
    if json {
        let text = as_json(&error).to_string();
        drop(writeln!(err, "{}", json_without_commands(&visible_json(&text))));
    } else {
        make_visible(&mut error);
        let text = rendered(&error, environment.wants_color(environment.err_is_terminal));
        drop(err.write_all(without_commands(&text).as_bytes()));
    }
    ExitCode::from(2)
}

/// Returns the text to print. Only clap's own colours act on a terminal.
fn rendered(error: &clap::Error, color: bool) -> String {
    let text = error.render();
    if color {
        visible_but_styles(&text.ansi().to_string())
    } else {
        visible_lines(&text.to_string()).into_owned()
    }
}

/// Escapes the words of the command line before clap's colours are added around them.
fn make_visible(error: &mut clap::Error) {
    let escaped = |text: &String| visible(text).into_owned();
    let values = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(escaped(text)))),
        ContextValue::Strings(texts) => {
            Some((kind, ContextValue::Strings(texts.iter().map(escaped).collect())))
        }
        _ => None,
    });
    for (kind, value) in values.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
}

/// Returns a usage error in the JSON form of all errors. The hint is clap's tip, else how to get help.
fn as_json(error: &clap::Error) -> serde_json::Value {
    let text = error.render().to_string();
    let message_lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let message = message_lines.join("\n");
    let tip = text.lines().find_map(|line| line.trim_start().strip_prefix("tip: "));
    serde_json::json!({ "schema_version": SCHEMA_VERSION, "error": {
        "code": USAGE,
        "message": message.strip_prefix("error: ").unwrap_or(&message),
        "causes": [],
        "hint": tip.unwrap_or("run `adr help`, or the command with `--help`"),
    }})
}

/// Adds the nearest command to an error about an unknown command, unless clap has suggested one. Two
/// swapped letters count as one mistake here, and as two in clap.
fn suggest_command(error: &mut clap::Error, command_line: &clap::Command) {
    let has_suggestion = error.get(ContextKind::SuggestedSubcommand).is_some();
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidSubcommand) else {
        return;
    };
    let distances = command_line
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(clap::Command::get_name)
        .map(|name| (strsim::damerau_levenshtein(name, given), name.to_owned()));
    let nearest =
        distances.filter(|(distance, _)| *distance <= 2).min_by_key(|(distance, _)| *distance);
    if let Some((_, nearest)) = nearest.filter(|_| !has_suggestion) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![nearest]));
    }
}
