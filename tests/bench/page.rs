//! The results as Markdown, and their place in `docs/benchmarks.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::measure::{Runs, Spread};
use super::peers::Peer;
use super::target::Target;
use super::work::Table;

/// `--write` replaces the text between these lines; the rest of the page is written by hand.
const MARKS: [&str; 2] = ["<!-- begin: cargo bench -->\n", "<!-- end: cargo bench -->\n"];

/// The machine, and the installed and missing programs.
pub(super) fn head(peers: &[Peer]) -> String {
    let cores = std::thread::available_parallelism().unwrap();
    let (here, missing): (Vec<_>, Vec<_>) = peers.iter().partition(|peer| peer.program().is_some());
    let names = |peers: &[&Peer]| {
        let name = |peer: &&Peer| format!("{} ({})", peer.name, peer.from);
        let names: Vec<String> = peers.iter().map(name).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    format!(
        "\n{cores} cores, {}. Compared with: {}. Not installed: {}.\n",
        std::env::consts::OS,
        names(&here),
        names(&missing),
    )
}

/// The tables of one size.
pub(super) fn table(records: usize, table: &Table) -> String {
    let megabytes = table.text / 1_000_000;
    let mut text = format!("\n## {} records, {megabytes} MB\n\n", thousands(records));
    rows(&mut text, "half Nygard's format, half MADR's", &table.mixed);
    if !table.nygard.is_empty() {
        text += "\n";
        rows(&mut text, "all in Nygard's format", &table.nygard);
    }
    text
}

fn rows(text: &mut String, title: &str, all: &[Runs]) {
    writeln!(text, "| {title} | wall time, median | min to max | CPU | memory | output |").unwrap();
    text.push_str("|---|--:|--:|--:|--:|--:|\n");
    for runs in all {
        let (name, Spread { least, median, most }) = (runs.name, runs.wall());
        let output = runs.output.map_or_else(String::new, bytes);
        let (spread, cpu) = (format!("{} to {}", seconds(least), seconds(most)), runs.cpu().median);
        let (wall, cpu, peak) = (seconds(median), seconds(cpu), bytes(runs.peak()));
        writeln!(text, "| {name} | {wall} | {spread} | {cpu} | {peak} | {output} |").unwrap();
    }
}

/// The targets and their results; empty if there are none for this size.
pub(super) fn targets(targets: &[Target]) -> String {
    if targets.is_empty() {
        return String::new();
    }
    let mut text = "\n| target | measured | limit | |\n|---|--:|--:|---|\n".to_owned();
    for Target { what, reached, limit, unit } in targets {
        let met = if reached <= limit { "met" } else { "**missed**" };
        writeln!(text, "| {what} | {reached:.2} {unit} | {limit:.2} {unit} | {met} |").unwrap();
    }
    text
}

/// The cost of one record.
pub(super) fn record(times: &[(String, f64)]) -> String {
    let mut text = "\n## One record\n\n| | shortest time |\n|---|--:|\n".to_owned();
    for (what, took) in times {
        writeln!(text, "| {what} | {:.1} µs |", took * 1e6).unwrap();
    }
    println!("{text}");
    text
}

/// Writes `text` to its place in `docs/benchmarks.md`.
pub(super) fn write(text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/benchmarks.md");
    let old = fs::read_to_string(&path).unwrap();
    let [begin, end] = MARKS;
    let (before, rest) = old.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    fs::write(path, format!("{before}{begin}{text}\n{end}{after}")).unwrap();
}

fn seconds(seconds: f64) -> String {
    if seconds < 1.0 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") }
}

fn bytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},000", number / 1_000) }
}
