//! How long `list`, `lint` and `build` take for a log of 1,000 and of 10,000 records, as multiples of
//! merely reading the files in parallel. `cargo bench` runs it; no test depends on time.
//!
//! Whole programs are timed, as users start them; what merely reads is this program, started anew.
//! The best of several runs counts: everything else a machine does only adds to it.

#![expect(clippy::disallowed_methods, reason = "a program of its own: it makes and reads a log")]
#![expect(clippy::print_stdout, reason = "its output is the result")]
#![expect(clippy::unwrap_used, reason = "where a run fails there is no result")]

mod log;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, hint};

use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// What starts this program as the one that merely reads.
const READ: &str = "--merely-read";

const RUNS: usize = 7;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, folder] = arguments.as_slice()
        && flag == READ
    {
        let bytes: usize = read(Path::new(folder));
        hint::black_box(bytes);
        return;
    }
    outline();
    for records in [1_000, 10_000] {
        programs(records);
    }
}

/// Times the commands on a log of so many records.
fn programs(records: usize) {
    let folder = tempfile::tempdir().unwrap();
    let adr = folder.path().join("docs/adr");
    log::write(&adr, records);
    let adr = adr.to_str().unwrap();
    let site = folder.path().join("site");
    let site = site.to_str().unwrap();
    let kilobytes = read(Path::new(adr)) / 1024;
    println!("{records} records, {kilobytes} KB");

    let reads = best(&env::current_exe().unwrap(), &[READ, adr], || {});
    row("merely read", reads, reads);
    let program = Path::new(env!("CARGO_BIN_EXE_adr"));
    for (name, arguments) in [
        ("list", vec!["list", "--dir", adr]),
        ("list --json", vec!["list", "--json", "--dir", adr]),
        ("lint", vec!["lint", "--dir", adr]),
        ("build", vec!["build", "--dir", adr, "--out", site]),
    ] {
        let took = best(program, &arguments, || {
            // Each build begins with nothing, so that none is spared the writing.
            drop(fs::remove_dir_all(site));
        });
        row(name, took, reads);
    }
    println!();
}

fn row(name: &str, took: Duration, reads: Duration) {
    let ratio = took.as_secs_f64() / reads.as_secs_f64();
    println!("  {name:<12} {:>9.1} ms {ratio:>7.1} x", took.as_secs_f64() * 1e3);
}

/// The shortest of several runs of `program`.
fn best(program: &Path, arguments: &[&str], before: impl Fn()) -> Duration {
    let run = || {
        before();
        let mut command = Command::new(program);
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status().unwrap();
        let took = start.elapsed();
        let code = status.code();
        assert!(matches!(code, Some(0 | 1)), "`adr {}` ended with {code:?}", arguments.join(" "));
        took
    };
    (0..RUNS).map(|_| run()).min().unwrap()
}

/// Reads every file of `folder` in parallel, and gives the number of bytes.
fn read(folder: &Path) -> usize {
    let files: Vec<_> = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().collect();
    let sizes = files.into_par_iter().map(|entry| {
        let entry = entry.unwrap();
        if entry.file_type().is_file() { fs::read(entry.path()).unwrap().len() } else { 0 }
    });
    sizes.sum()
}

/// Times how the headings of a record are found: by us, and by the reader of Markdown.
fn outline() {
    const ROUNDS: u32 = 2_000;
    let text = log::record(9).text;
    let time = |find: &dyn Fn() -> usize| {
        let once = || {
            let start = Instant::now();
            for _ in 0..ROUNDS {
                hint::black_box(find());
            }
            start.elapsed() / ROUNDS
        };
        (0..RUNS).map(|_| once()).min().unwrap()
    };
    let ours = time(&|| rationale::syntax::parse(hint::black_box(&text)).sections.len());
    let theirs = time(&|| {
        let events = Parser::new_ext(hint::black_box(&text), Options::ENABLE_TABLES);
        let events = events.into_offset_iter();
        events.filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. }))).count()
    });
    println!("headings of one record of {} bytes", text.len());
    println!("  our outline  {:>9.1} µs", ours.as_secs_f64() * 1e6);
    println!("  all events   {:>9.1} µs\n", theirs.as_secs_f64() * 1e6);
}
