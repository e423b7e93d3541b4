//! What clap has to say about the arguments: help, the version, and usage errors, which echo what
//! was typed.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};

use super::Environment;
use super::code::USAGE;
use super::line::visible_but_styles;
use crate::export::SCHEMA_VERSION;
use crate::text::{json_without_commands, visible, visible_json, visible_lines, without_commands};

/// Prints what clap has to say: help and the version to `out`, errors to `err`, as JSON where that
/// is asked for.
pub(super) fn usage(
    mut error: clap::Error,
    command: &clap::Command,
    (environment, json): (&Environment, bool),
    (out, err): (&mut dyn Write, &mut dyn Write),
) -> ExitCode {
    suggest_command(&mut error, command);
    if !error.use_stderr() {
        let text = text(&error, environment.wants_color(environment.out_is_terminal));
        return match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // Help into a closed pipe ends quietly, as all output does.
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
        let text = text(&error, environment.wants_color(environment.err_is_terminal));
        drop(err.write_all(without_commands(&text).as_bytes()));
    }
    ExitCode::from(2)
}

/// What is printed, of which nothing acts on a terminal but clap's own colours.
fn text(error: &clap::Error, color: bool) -> String {
    let text = error.render();
    if color {
        visible_but_styles(&text.ansi().to_string())
    } else {
        visible_lines(&text.to_string()).into_owned()
    }
}

/// Makes the words of the command line visible before they are put among clap's colours.
fn make_visible(error: &mut clap::Error) {
    let shown = |text: &String| visible(text).into_owned();
    let values = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(shown(text)))),
        ContextValue::Strings(all) => {
            Some((kind, ContextValue::Strings(all.iter().map(shown).collect())))
        }
        _ => None,
    });
    for (kind, value) in values.collect::<Vec<_>>() {
        error.insert(kind, value);
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
