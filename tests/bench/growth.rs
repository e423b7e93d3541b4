//! `cargo bench -- --growth`: checks whether the time of every command grows linearly with the input. About
//! 500 fragments are repeated n, 2n and 4n times in a record, and logs of several shapes have n, 2n and 4n
//! records; only ratios within one run are compared. A number after it is the size of the smallest record
//! in bytes, and words select commands.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4;

use super::measure::program;

/// The fragments for the text, a status, and front matter: one per line, with Rust escapes.
const FRAGMENTS: &str = include_str!("fragments.txt");
const YAML: &str = include_str!("fragments-yaml.txt");

/// The bytes of the smallest of three records, and the records of the smallest of three logs.
const BYTES: usize = 32_768;
const RECORDS: usize = 100;

/// Times below this, in seconds, are not judged: they are noise of the process start.
const NOISE: f64 = 0.15;

/// The maximum ratio for twice the input; a case fails if two ratios in a row exceed it.
const MOST: f64 = 2.8;

/// The names of the commands and their arguments; `OUT` is a folder that does not exist.
const COMMANDS: [(&str, &[&str]); 14] = [
    ("list", &["list"]),
    ("json", &["list", "--json"]),
    ("lint", &["lint"]),
    ("fix", &["lint", "--diff"]),
    ("build", &["build", "--out", "OUT"]),
    ("show", &["show", "2"]),
    ("status", &["status", "2", "deprecated", "--dry-run"]),
    ("supersede", &["supersede", "1", "--by", "2", "--dry-run"]),
    ("renumber", &["renumber", "2", "99999", "--dry-run"]),
    ("auto", &["renumber", "--auto", "--dry-run"]),
    ("edit", &["edit", "2", "--title", "Another title", "--dry-run"]),
    ("graph", &["graph", "svg"]),
    ("toc", &["toc"]),
    ("export", &["export"]),
];

/// Runs if the arguments select it; prints the cases that grow too fast, and the number of cases.
pub(super) fn run(arguments: &[String]) -> bool {
    if !arguments.iter().any(|word| word == "--growth") {
        return false;
    }
    let bytes = arguments.iter().find_map(|word| word.parse().ok()).unwrap_or(BYTES);
    let asked = |name: &str| arguments.iter().any(|word| word == name);
    let some = COMMANDS.iter().any(|(name, _)| asked(name));
    let commands: Vec<_> = COMMANDS.iter().filter(|(name, _)| !some || asked(name)).collect();
    let (mut tried, mut broken) = (0, 0);
    let mut judge = |what: &str, logs: &dyn Fn(usize) -> Vec<(String, String)>| {
        let room = tempfile::tempdir().unwrap();
        let folders = [1, 2, 4].map(|times| {
            let folder = room.path().join(times.to_string());
            write(&folder.join("docs/adr"), logs(times));
            folder
        });
        for (name, call) in &commands {
            let times = folders.each_ref().map(|folder| seconds(folder, call));
            let [one, two, four] = times;
            tried += 1;
            if four > NOISE && four > MOST * two && two > MOST * 0.75 * one {
                broken += 1;
                println!("{name} {what:?}: {one:.2}, {two:.2}, {four:.2} s");
            }
        }
    };
    for place in [text as Place, status] {
        for fragment in FRAGMENTS.lines().map(unescaped) {
            judge(&fragment, &|times| with(place(&repeated(&fragment, bytes * times))));
        }
    }
    for fragment in YAML.lines().map(unescaped) {
        judge(&fragment, &|times| with(front_matter(&repeated(&fragment, bytes * times))));
    }
    for (name, record) in SHAPES {
        judge(name, &|times| (1..=RECORDS * times).map(|at| record(at, RECORDS * times)).collect());
    }
    println!("{tried} cases, {broken} grow faster than the input");
    true
}

fn write(folder: &Path, files: Vec<(String, String)>) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// The CPU time of one run.
fn seconds(folder: &Path, call: &[&str]) -> f64 {
    let out = folder.join("OUT");
    drop(fs::remove_dir_all(&out));
    let mut command = Command::new(program());
    command.args(call).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let ended = command.spawn().unwrap().wait4().unwrap();
    assert!(matches!(ended.status.code(), Some(0..=2)), "{call:?}: {:?}", ended.status);
    (ended.rusage.utime + ended.rusage.stime).as_secs_f64()
}

fn repeated(fragment: &str, bytes: usize) -> String {
    fragment.repeat(bytes / fragment.len())
}

/// Resolves `\n`, `\t`, `\r`, `\\` and `\u{…}`.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, code)) = rest.split_once('\\') {
        out.push_str(before);
        let (c, after) = code.split_at(1);
        rest = after;
        match c {
            "n" => out.push('\n'),
            "t" => out.push('\t'),
            "r" => out.push('\r'),
            "u" => {
                let (number, after) = rest[1..].split_once('}').unwrap();
                out.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
                rest = after;
            }
            other => out.push_str(other),
        }
    }
    out + rest
}

/// Creates a record with the repeated fragment in one place.
type Place = fn(&str) -> String;

fn text(repeated: &str) -> String {
    format!("# 2. T\n\n## Status\n\nAccepted\n\n## Context\n\n{repeated}\n\n## Decision\n\nd\n")
}

fn status(repeated: &str) -> String {
    format!(
        "# 2. T\n\n## Status\n\nAccepted\n\n{repeated}\n\n## Context\n\nx\n\n## Decision\n\nd\n"
    )
}

fn front_matter(repeated: &str) -> String {
    format!("---\n{repeated}\n---\n\n# T\n\n## Context\n\nx\n\n## Decision\n\nd\n")
}

/// A log with this record and two ordinary ones.
fn with(hostile: String) -> Vec<(String, String)> {
    let ordinary = |number: usize| (format!("{number:04}-r.md"), record(number, ""));
    vec![ordinary(1), ("0002-t.md".to_owned(), hostile), ordinary(3)]
}

fn record(number: usize, said: &str) -> String {
    format!(
        "# {number}. R {number}\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n\n{said}\n\n## Context\n\nx\n\n\
         ## Decision\n\nd\n\n## Consequences\n\nc\n"
    )
}

/// The record with this number in a log of this size: its file name and its text.
type Shape = fn(usize, usize) -> (String, String);

/// Logs of several shapes.
const SHAPES: [(&str, Shape); 9] = [
    ("twenty relations each", |at, _| linked(at, (1..21).map(|k| (at * 7919 + k * 104_729) % at))),
    ("one record that all others amend", |at, _| linked(at, (at > 1).then_some(1).into_iter())),
    ("each related to the eight before", |at, _| linked(at, (1..9).map(|k| at.saturating_sub(k)))),
    ("a chain of amendments", |at, _| linked(at, std::iter::once(at - 1))),
    ("the same number", |at, _| (format!("0001-r{at}.md"), record(1, "See ADR-1"))),
    ("the same title", |at, _| {
        (format!("{at:04}-r.md"), record(at, "").replace(&format!("R {at}"), "R"))
    }),
    ("a circle of successors", |at, all| {
        let next = at % all + 1;
        let text =
            record(at, "").replace("Accepted", &format!("Superseded by [R]({next:04}-r.md)"));
        (format!("{at:04}-r.md"), text)
    }),
    ("a chain of successors", |at, all| {
        let text = record(at, &format!("Supersedes [R]({:04}-r.md)", at - 1));
        let status = format!("Superseded by [R]({:04}-r.md)", at + 1);
        let text = if at < all { text.replace("Accepted", &status) } else { text };
        (format!("{at:04}-r.md"), text)
    }),
    ("missing anchors", |at, all| {
        let places: Vec<String> = (0..all).map(|place| format!("### Place {place}\n\n")).collect();
        let places = places.concat();
        let link = format!("[x](0001-r.md#lost-{at})");
        (format!("{at:04}-r.md"), record(at, if at == 1 { &places } else { &link }))
    }),
];

/// A record that amends others.
fn linked(number: usize, others: impl Iterator<Item = usize>) -> (String, String) {
    let others = others.filter(|other| *other > 0);
    let said = others.map(|other| format!("Amends [{other}]({other:04}-r.md)\n\n"));
    (format!("{number:04}-r.md"), record(number, &said.collect::<String>()))
}
