//! Runs the program inside the fuzzer.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;

use rationale::cli::{self, Environment};
use rationale::model::Date;

/// The output and the exit code of a command.
pub struct Done {
    pub code: u8,
    pub out: String,
    pub err: String,
}

/// Runs `adr` in a folder.
pub fn run(folder: &Path, args: &[&str]) -> Done {
    let state = folder.join(".state").display().to_string();
    let environment = Environment {
        variables: HashMap::from([("XDG_STATE_HOME".to_owned(), state)]),
        in_is_terminal: false,
        out_is_terminal: false,
        err_is_terminal: false,
        width: None,
        clock: || Date::day(2026, 3, 1).unwrap(),
        program: || "fuzz".to_owned(),
    };
    let start = ["adr".into(), "-C".into(), folder.as_os_str().to_owned()];
    let args = start.into_iter().chain(args.iter().map(OsString::from));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    // The option changes the working directory, which contains the fuzzer's corpus.
    let here = std::env::current_dir().unwrap();
    let code = cli::run(args, &environment, &mut out, &mut err);
    std::env::set_current_dir(here).unwrap();
    // Only the `Debug` output of an exit code shows its value.
    let code =
        ["(0)", "(1)"].iter().position(|end| format!("{code:?}").ends_with(&format!("{end})")));
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Done {
        code: code.map_or(2, |code| u8::try_from(code).unwrap()),
        out: text(out),
        err: text(err),
    }
}
