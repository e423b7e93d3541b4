//! What is measured on a log of one size: the commands of `adr`, the least that they could cost, and
//! what other programs take for the same.

use std::fs;
use std::path::Path;

use super::log::{self, Kind};
use super::measure::{self, Job, Runs};
use super::{bare, peers};

/// The figures of one size.
pub(super) struct Table {
    /// The bytes of the log.
    pub(super) text: u64,
    /// On the log that is half Nygard's form and half MADR's.
    pub(super) mixed: Vec<Runs>,
    /// On a log of Nygard's form alone; nothing where nobody stands beside us.
    pub(super) nygard: Vec<Runs>,
}

impl Table {
    /// The runs of this name.
    pub(super) fn runs(&self, name: &str) -> Option<&Runs> {
        self.mixed.iter().chain(&self.nygard).find(|runs| runs.name == name)
    }
}

/// Runs everything on a log of so many records.
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

/// The least, and the commands of `adr`.
fn ours(log: &Path, room: &Path) -> Vec<Job> {
    let first = log.join(log::record(1, Kind::Mixed).name);
    let text = fs::read_to_string(&first).unwrap();
    let change = move || {
        let old = fs::read_to_string(&first).unwrap();
        // Every run changes it, and it does not grow.
        let mark = "\nOne more word.\n";
        let new = old.strip_suffix(mark).map_or_else(|| format!("{text}{mark}"), str::to_owned);
        fs::write(&first, new).unwrap();
    };
    let again = ["build", "--dir", "mixed", "--out", "out"];
    let changed =
        Job { before: Box::new(change), ..adr("`build`, one record changed", &again, room) };
    let complete =
        adr("completion of a record", &["--", "adr", "--dir", "mixed", "show", ""], room);
    let variables = vec![
        ("COMPLETE", "bash".to_owned()),
        ("_CLAP_COMPLETE_INDEX", "4".to_owned()),
        ("_CLAP_COMPLETE_COMP_TYPE", "9".to_owned()),
    ];
    vec![
        this("merely read", &[bare::READ, "mixed"], room),
        adr("`list`", &["list", "--dir", "mixed"], room),
        adr("`list --json`", &["list", "--json", "--dir", "mixed"], room),
        adr("`show`", &["show", "50", "--dir", "mixed"], room),
        adr("`search`", &["search", "ledger", "--dir", "mixed"], room),
        adr("`lint`", &["lint", "--dir", "mixed"], room),
        Job { variables, ..complete },
        this("merely render", &[bare::RENDER, "mixed", "bare"], room).writing("bare"),
        this("the pages of the records alone", &[bare::PAGES, "mixed", "pages"], room)
            .writing("pages"),
        adr("`build`", &again, room).writing("out"),
        adr("`build`, nothing changed", &again, room),
        changed,
        adr("start", &["--version"], room),
    ]
}

fn adr(name: &'static str, arguments: &[&str], room: &Path) -> Job {
    Job::new(name, measure::program(), room, arguments)
}

/// This program, started anew.
fn this(name: &'static str, arguments: &[&str], room: &Path) -> Job {
    Job::new(name, std::env::current_exe().unwrap(), room, arguments)
}
