//! The script that teaches a shell to ask the program for completions.

use clap_complete::env::Shells;

/// The variable that makes the program print completions. Its value is the name of the shell.
pub(crate) const SHELL_VARIABLE: &str = "COMPLETE";

/// Returns the script that registers the completion with `shell`; empty for an unknown shell.
pub(crate) fn completion_script(shell: &str) -> String {
    let shells = Shells::builtins();
    let mut script = Vec::new();
    if let Some(completer) = shells.completer(shell) {
        // Writing to memory cannot fail.
        drop(completer.write_registration(SHELL_VARIABLE, "adr", "adr", "adr", &mut script));
    }
    if shell == "zsh" {
        // In a folder of `fpath` the script is the body of a function, which has to complete at once.
        script
            .extend(b"\n[[ $funcstack[1] == _adr ]] && _clap_dynamic_completer_adr \"$@\"\ntrue\n");
    }
    String::from_utf8_lossy(&script).into_owned()
}
