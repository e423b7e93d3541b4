//! The program `adr`: arguments and environment in, exit code out.

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
    let print = std::env::current_exe().and_then(std::fs::File::open).and_then(print_of);
    format!("{} {}", env!("CARGO_PKG_VERSION"), print.unwrap_or_default())
}

/// The fingerprint of a file, of which a small part is in memory at a time.
fn print_of(mut file: std::fs::File) -> io::Result<Fingerprint> {
    let mut print = Fingerprint::default();
    let mut part = [0; 16 * 1024];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(print),
            read => print.write(part.get(..read).unwrap_or_default()),
        }
    }
}
