//! The editor of the person at the terminal.

use std::io;
use std::path::Path;
use std::process::Command;

use super::Environment;
use crate::text::path_argument;
use crate::{Error, Result};

/// Opens `path` in the editor that `VISUAL` or `EDITOR` names, and waits for its end; does nothing
/// where neither does. The variable is a command line: `code --wait`.
///
/// # Errors
///
/// Where the editor cannot be started, or says that it failed.
pub(super) fn open(environment: &Environment, path: &Path) -> Result<()> {
    let Some(editor) = environment.variable("VISUAL").or_else(|| environment.variable("EDITOR"))
    else {
        return Ok(());
    };
    let failed =
        |source| Error::Editor { editor: editor.to_owned(), path: path.to_owned(), source };
    let status = command(editor, path).status().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(failed(io::Error::other(status.to_string()))) }
}

/// As [`open`], but for an editor that fails gives its exit code.
///
/// # Errors
///
/// Where the editor cannot be started.
pub(super) fn run(environment: &Environment, path: &Path) -> Result<Option<u8>> {
    let Some(editor) = environment.variable("VISUAL").or_else(|| environment.variable("EDITOR"))
    else {
        return Ok(None);
    };
    let failed =
        |source| Error::Editor { editor: editor.to_owned(), path: path.to_owned(), source };
    let status = command(editor, path).status().map_err(failed)?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok((!status.success()).then_some(code))
}

/// The shell divides the words of the command line, so that quotes and variables in it work. The
/// name of a file is never an option of the editor.
#[cfg(unix)]
fn command(editor: &str, path: &Path) -> Command {
    #[expect(clippy::disallowed_methods, reason = "the editor of the user")]
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
    fn a_name_is_no_option_of_the_editor() {
        for (path, expected) in [
            ("+!touch x.md", "./+!touch x.md"),
            ("-c!touch x.md", "./-c!touch x.md"),
            ("docs/adr/0001-a.md", "docs/adr/0001-a.md"),
        ] {
            let command = command("vim -n", Path::new(path));
            let last = command.get_args().last().unwrap().to_str().unwrap();
            assert_eq!(last.replace('\\', "/"), expected);
        }
    }
}
