//! Opens files in the user's editor.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use super::Environment;
use crate::text::path_argument;
use crate::{Error, Result};

/// Opens `path` in the editor that `VISUAL` or `EDITOR` names, and waits until it ends. Does nothing
/// without an editor. The variable holds a command line, such as `code --wait`.
///
/// # Errors
///
/// If the editor cannot be started, or exits with an error.
pub(crate) fn open_in_editor(environment: &Environment, path: &Path) -> Result<()> {
    let Some(editor) = editor(environment) else { return Ok(()) };
    let status = wait_for(editor, path)?;
    if status.success() {
        return Ok(());
    }
    Err(editor_error(editor, path, io::Error::other(status.to_string())))
}

/// Opens `path` as [`open_in_editor`] does. Returns the exit code of an editor that exits with an error.
///
/// # Errors
///
/// If the editor cannot be started.
pub(crate) fn editor_exit_code(environment: &Environment, path: &Path) -> Result<Option<u8>> {
    let Some(editor) = editor(environment) else { return Ok(None) };
    let status = wait_for(editor, path)?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok((!status.success()).then_some(code))
}

/// Whether the environment names an editor.
pub(crate) fn has_editor(environment: &Environment) -> bool {
    editor(environment).is_some()
}

fn editor(environment: &Environment) -> Option<&str> {
    environment.variable("VISUAL").or_else(|| environment.variable("EDITOR"))
}

fn wait_for(editor: &str, path: &Path) -> Result<ExitStatus> {
    command(editor, path).status().map_err(|source| editor_error(editor, path, source))
}

fn editor_error(editor: &str, path: &Path, source: io::Error) -> Error {
    Error::Editor { editor: editor.to_owned(), path: path.to_owned(), source }
}

/// Returns the command that runs the editor. The shell splits the command line, so that quotes and
/// variables in it work; the file name is passed in a form that the editor cannot take for an option.
#[cfg(unix)]
fn command(editor: &str, path: &Path) -> Command {
    #[expect(clippy::disallowed_methods, reason = "starts the user's editor")]
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg("adr").arg(&*path_argument(path));
    command
}

#[cfg(not(unix))]
fn command(editor: &str, path: &Path) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words).arg(&*path_argument(path));
    command
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::command;

    #[test]
    fn a_file_name_is_not_an_option_of_the_editor() {
        for (path, expected) in [
            ("+!touch x.md", "./+!touch x.md"),
            ("-c!touch x.md", "./-c!touch x.md"),
            ("docs/adr/0001-a.md", "docs/adr/0001-a.md"),
        ] {
            let command = command("vim -n", Path::new(path));
            let last_argument = command.get_args().last().unwrap().to_str().unwrap();
            assert_eq!(last_argument.replace('\\', "/"), expected);
        }
    }
}
