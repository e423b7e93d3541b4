//! The measurements for a log of one size: the commands of `adr`, their minimum cost, and the same work
//! with other programs.

use std::fs;
use std::path::Path;

use super::log::{self, Kind};
use super::measure::{self, Job, Runs};
use super::{bare, peers};

/// The results for one size.
pub(super) struct Table {
    /// The size of the log in bytes.
    pub(super) text: u64,
    /// On the log that is half in Nygard's format and half in MADR's.
    pub(super) mixed: Vec<Runs>,
    /// On a log in Nygard's format only; empty if there is no other program to compare with.
    pub(super) nygard: Vec<Runs>,
}

impl Table {
    /// The runs with this name.
    pub(super) fn runs(&self, name: &str) -> Option<&Runs> {
        self.mixed.iter().chain(&self.nygard).find(|runs| runs.name == name)
    }
}

/// Runs everything on a log with this number of records.
pub(super) fn table(records: usize) -> Table {
    let room = tempfile::tempdir().unwrap();
    let (mixed, nygard) = (room.path().join("mixed"), room.path().join("nygard"));
    let text = log::write(&mixed, records, Kind::Mixed);
    let rounds = match records {
        0..1_000 => 15,
        1_000..10_000 => 11,
        10_000..100_000 => 5,
        _ => 3,
    };
    let mut jobs = ours(&mixed, room.path());
    jobs.extend(peers::jobs(records, Kind::Mixed, &mixed, room.path()));
    let mixed = measure::rounds(&jobs, rounds);
    log::write(&nygard, records, Kind::Nygard);
    let mut beside = vec![
        adr("`adr list`, all Nygard", &["list", "--dir", "nygard"], room.path()),
        adr("`adr lint`, all Nygard", &["lint", "--dir", "nygard"], room.path()),
        adr("`adr build`, all Nygard", &["build", "--dir", "nygard", "--out", "out"], room.path())
            .writing("out"),
    ];
    beside.extend(peers::jobs(records, Kind::Nygard, &nygard, room.path()));
    let nygard = if beside.len() > 3 { measure::rounds(&beside, rounds) } else { vec![] };
    Table { text, mixed, nygard }
}

/// The minimum cost, and the commands of `adr`.
fn ours(log: &Path, room: &Path) -> Vec<Job> {
    let first = log.join(log::record(1, Kind::Mixed).name);
    let text = fs::read_to_string(&first).unwrap();
    let change = move || {
        let old = fs::read_to_string(&first).unwrap();
        // Every run changes the file, but does not make it grow.
        let mark = "\nOne more word.\n";
        let new = old.strip_suffix(mark).map_or_else(|| format!("{text}{mark}"), str::to_owned);
        fs::write(&first, new).unwrap();
    };
    let again = ["build", "--dir", "mixed", "--out", "out"];
    let changed =
        Job { before: Box::new(change), ..adr("`build`, one record changed", &again, room) };
    let complete =
        adr("completion of record names", &["--", "adr", "--dir", "mixed", "show", ""], room);
    let variables = vec![
        ("COMPLETE", "bash".to_owned()),
        ("_CLAP_COMPLETE_INDEX", "4".to_owned()),
        ("_CLAP_COMPLETE_COMP_TYPE", "9".to_owned()),
    ];
    vec![
        this("plain read", &[bare::READ, "mixed"], room),
        adr("`list`", &["list", "--dir", "mixed"], room),
        adr("`list --json`", &["list", "--json", "--dir", "mixed"], room),
        adr("`show`", &["show", "50", "--dir", "mixed"], room),
        adr("`search`", &["search", "ledger", "--dir", "mixed"], room),
        adr("`lint`", &["lint", "--dir", "mixed"], room),
        Job { variables, ..complete },
        this("plain render", &[bare::RENDER, "mixed", "bare"], room).writing("bare"),
        this("record pages only", &[bare::PAGES, "mixed", "pages"], room).writing("pages"),
        adr("`build`", &again, room).writing("out"),
        adr("`build`, no changes", &again, room),
        changed,
        adr("startup", &["--version"], room),
    ]
}

fn adr(name: &'static str, arguments: &[&str], room: &Path) -> Job {
    Job::new(name, measure::program(), room, arguments)
}

/// Runs this program again in another mode.
fn this(name: &'static str, arguments: &[&str], room: &Path) -> Job {
    Job::new(name, std::env::current_exe().unwrap(), room, arguments)
}
