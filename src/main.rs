//! The program `adr`: arguments and environment in, exit code out.

use std::collections::HashMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use rationale::cli::{self, Environment};
use rationale::model::Date;
use rationale::text::Fingerprint;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = Environment {
        variables: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect::<HashMap<_, _>>(),
        in_is_terminal: io::stdin().is_terminal(),
        out_is_terminal: io::stdout().is_terminal(),
        width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        clock: today,
        program,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let code = cli::run(std::env::args_os(), &environment, &mut out, &mut err);
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => code,
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn today() -> Date {
    Date::from(jiff::Zoned::now().date())
}

/// The version, and what stands in the program's file: between two releases only that tells one
/// from another.
#[expect(clippy::disallowed_methods, reason = "the program's own file")]
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::read);
    let print = file.map_or_else(|_| Fingerprint::default(), |file| Fingerprint::of(&file));
    format!("{} {print}", env!("CARGO_PKG_VERSION"))
}
