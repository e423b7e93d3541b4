//! Completes a command line. Never fails and prints only values, since a shell that completes cannot show an error.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::Arg;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, ValueCompleter};
use clap_complete::env::Shells;

use super::context::CompletionContext;
use super::sources::{ValueSource, value_source};
use crate::cli::command_line::command_line;
use crate::cli::terminal::{Environment, SHELL_VARIABLE, completion_script};

/// Returns the shell that asks for a completion; `None` if the command line is to be run.
pub(crate) fn requested_shell(environment: &Environment) -> Option<&str> {
    let shell = environment.variable(SHELL_VARIABLE)?;
    Shells::builtins().completer(shell).map(|_| shell)
}

/// Prints the values for the word at the cursor; without a command line, the completion script. `args` are the
/// program's name, `--`, and the words of the command line.
pub(crate) fn run(shell: &str, args: &[OsString], environment: &Environment, out: &mut dyn Write) {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else { return };
    let line: Vec<OsString> = args.iter().skip_while(|arg| *arg != "--").skip(1).cloned().collect();
    let mut output = Vec::new();
    if line.is_empty() {
        output = completion_script(shell).into_bytes();
    } else {
        let index = environment.variable("_CLAP_COMPLETE_INDEX").and_then(|text| text.parse().ok());
        let cursor_index = index.unwrap_or(line.len() - 1);
        let context = CompletionContext::new(&line, cursor_index, shell);
        let mut command_line = command_line_with_values(&Arc::new(context));
        // After an error there is nothing to offer.
        let folder = Path::new(".");
        drop(completer.write_complete(&mut command_line, line, Some(folder), &mut output));
    }
    drop(out.write_all(&output));
}

/// Returns the command line, with a completer for every argument that has a source of values.
fn command_line_with_values(context: &Arc<CompletionContext>) -> clap::Command {
    let mut command_line = command_line();
    let names: Vec<String> =
        command_line.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names {
        command_line = command_line
            .mut_subcommand(name, |command| command.mut_args(|arg| with_values(arg, context)));
    }
    command_line
}

fn with_values(arg: Arg, context: &Arc<CompletionContext>) -> Arg {
    let Some(source) = value_source(&arg) else { return arg };
    let (id, context) = (arg.get_id().to_string(), Arc::clone(context));
    arg.add(ArgValueCompleter::new(ArgumentCompleter { source, id, context }))
}

/// Completes the values of one argument.
struct ArgumentCompleter {
    source: ValueSource,
    /// The name of the argument within its command.
    id: String,
    context: Arc<CompletionContext>,
}

impl ValueCompleter for ArgumentCompleter {
    // Not `complete_at`, which counts the first two values of an argument as one.
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let Some(typed) = current.to_str() else { return vec![] };
        let values_before = self.context.given_values(&self.id).count();
        let candidates = match &*self.id {
            "by" => self.context.successors(typed),
            _ => (self.source)(&self.context, values_before, typed),
        };
        candidates.into_iter().map(|candidate| self.context.for_shell(candidate)).collect()
    }
}
