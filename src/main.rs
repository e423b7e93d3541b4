//! The program `adr`. Collects what it was started with, runs [`cli::run`], and returns its exit code.

use std::collections::HashMap;
use std::hash::Hasher as _;
use std::io::{self, BufWriter, IsTerminal, Read as _, Write};
use std::process::ExitCode;

use rationale::cli::{self, Environment};
use rationale::model::Date;
use rationale::text::Fingerprint;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = Environment {
        variables: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect::<HashMap<_, _>>(),
        in_is_terminal: io::stdin().is_terminal(),
        out_is_terminal: io::stdout().is_terminal(),
        err_is_terminal: io::stderr().is_terminal(),
        width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        clock: today,
        program,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let exit_code = cli::run(std::env::args_os(), &environment, &mut out, &mut err);
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => exit_code,
    }
}

#[expect(clippy::disallowed_methods, reason = "the only place that reads the clock")]
fn today() -> Date {
    Date::from(jiff::Zoned::now().date())
}

/// Returns the version and a fingerprint of the executable. Builds between two releases have the same version,
/// and differ only in their fingerprints.
#[expect(clippy::disallowed_methods, reason = "reads the program's own file")]
fn program() -> String {
    let executable = std::env::current_exe().and_then(std::fs::File::open);
    let fingerprint = executable.and_then(file_fingerprint).unwrap_or_default();
    format!("{} {fingerprint}", env!("CARGO_PKG_VERSION"))
}

/// Returns the fingerprint of a file, which is read in small parts to save memory.
fn file_fingerprint(mut file: std::fs::File) -> io::Result<Fingerprint> {
    let mut fingerprint = Fingerprint::default();
    let mut buffer = [0; 16 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(fingerprint),
            length => fingerprint.write(buffer.get(..length).unwrap_or_default()),
        }
    }
}
