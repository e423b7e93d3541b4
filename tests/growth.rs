//! Hostile records and logs, given to the real program under a limit of CPU time and memory: a backstop
//! against endless work. No test depends on time, so growth is not measured here: unit tests count the work
//! of the algorithms, and `cargo bench -- --growth` compares times within one run.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The limits of a command: seconds of CPU time, and kilobytes of address space. An unoptimised program
/// uses a hundredth to a tenth of them; a quadratic algorithm would take hours.
const SECONDS: u32 = 300;
const KILOBYTES: u32 = 4_000_000;

fn adr(folder: &Path, args: &[&str]) -> Output {
    let limits = format!("ulimit -t {SECONDS} && ulimit -v {KILOBYTES} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limits, env!("CARGO_BIN_EXE_adr")]).args(args);
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    let output = command.env("PATH", std::env::var_os("PATH").unwrap()).output().unwrap();
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{args:?}: {:?} {}", output.status, said(&output));
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A log of these files.
fn log(files: impl IntoIterator<Item = (String, String)>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("docs/adr")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("docs/adr").join(name), text).unwrap();
    }
    folder
}

fn record(number: usize, said: &str) -> String {
    format!(
        "# {number}. R {number}\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n\n{said}\n\n## Context\n\nx\n\n\
         ## Decision\n\nd\n\n## Consequences\n\nc\n"
    )
}

/// A record that amends five older ones, which do not mention it.
fn amending(number: usize) -> (String, String) {
    let olds = (1..6).map(|k| (number * 7919 + k * 104_729) % number).filter(|old| *old > 0);
    let said: Vec<String> = olds.map(|old| format!("Amends [{old}]({old:04}-r.md)\n\n")).collect();
    let said = said.concat();
    (format!("{number:04}-r.md"), record(number, &said))
}

/// Input that once took time quadratic in its length.
const HOSTILE: [&str; 26] = [
    "#\n",
    "## Pros\n\n",
    "a\n===\n",
    "a\n---\n",
    "https://a.example/)",
    "http://-",
    "http://a.b...",
    "<div>",
    "<ul><li>",
    "<div>\n\n",
    "<details><summary>",
    "<b><i><u><s></b></i>",
    "<table>a",
    "<b id=\"a\">",
    "<div data-adr ",
    "<p><a href=",
    "<!",
    "<!-->",
    "--!>",
    "![",
    "[x](#lost)\n# a\n",
    "[x](0009-lost.md) ",
    "![x](lost.png) ",
    "<a@b.c>",
    "[^1] ",
    "Amends [9](0099-x.md)\n\n",
];

#[test]
fn records_that_repeat_what_is_hostile_are_read_checked_and_published() {
    let hostile = |(at, unit): (usize, &&str)| {
        let text = unit.repeat(60_000 / unit.len());
        (format!("{:04}-r.md", at + 1), record(at + 1, &text))
    };
    let folder = log(HOSTILE.iter().enumerate().map(hostile));
    for command in [&["list"] as &[&str], &["lint"], &["graph"], &["build", "--out", "site"]] {
        adr(folder.path(), command);
    }
}

#[test]
fn fixes_of_many_relations_are_made_in_one_run() {
    let folder = log((1..=60).map(amending));
    let output = said(&adr(folder.path(), &["lint", "--fix"]));
    assert!(output.contains("Fixed ") && !output.contains("Stopped"), "{output}");
    let again = said(&adr(folder.path(), &["lint", "--fix"]));
    assert!(again.starts_with("Nothing to fix."), "{again}");
}

#[test]
fn one_record_learns_of_all_that_amend_it() {
    let claims = |number: usize| {
        let said = if number == 1 { "" } else { "Amends [1](0001-r.md)" };
        (format!("{number:04}-r.md"), record(number, said))
    };
    let front = |number: usize| {
        let claim = if number == 1 { "" } else { "amends: ADR-0001\n" };
        let text = format!(
            "---\nstatus: accepted\ndate: 2024-01-01\n{claim}---\n\n# R {number}\n\n\
             ## Context and Problem Statement\n\nx\n\n## Considered Options\n\n* A\n* B\n\n\
             ## Decision Outcome\n\nChosen option: \"A\", because x\n"
        );
        (format!("{number:04}-r.md"), text)
    };
    for folder in [log((1..=230).map(claims)), log((1..=60).map(front))] {
        let output = said(&adr(folder.path(), &["lint", "--fix"]));
        assert!(output.contains("Fixed ") && !output.contains("Stopped"), "{output}");
        let again = said(&adr(folder.path(), &["lint", "--fix"]));
        assert!(again.starts_with("Nothing to fix."), "{again}");
    }
}

#[test]
fn records_of_one_number_all_get_numbers_of_their_own() {
    let count = 120;
    let equal = |at: usize| {
        let said = format!("See ADR-1, [it](0001-r{}.md) and `0001-r{}.md`.", at % count + 1, 7);
        (format!("0001-r{at}.md"), record(1, &said))
    };
    let folder = log((1..=count).map(equal));
    let output = adr(folder.path(), &["renumber", "--auto"]);
    let files = fs::read_dir(folder.path().join("docs/adr")).unwrap();
    let mut numbers: Vec<String> =
        files.map(|file| file.unwrap().file_name().to_string_lossy()[..4].to_owned()).collect();
    numbers.sort();
    let expected: Vec<String> = (1..=count).map(|number| format!("{number:04}")).collect();
    assert_eq!(numbers, expected);
    // Ambiguous references are reported, but not all of them for every record.
    assert!(said(&output).lines().count() < 100, "{}", said(&output));
}

#[test]
fn a_log_of_many_relations_is_drawn_and_checked() {
    let many = |number: usize| {
        let olds = (1..31).map(|k| (number * 7919 + k * 104_729) % number).filter(|old| *old > 0);
        let said: Vec<String> =
            olds.map(|old| format!("Amends [{old}]({old:04}-r.md)\n\n")).collect();
        let said = said.concat();
        (format!("{number:04}-r.md"), record(number, &said))
    };
    let folder = log((1..=150).map(many));
    for command in [&["graph", "svg"] as &[&str], &["lint"]] {
        adr(folder.path(), command);
    }
}
