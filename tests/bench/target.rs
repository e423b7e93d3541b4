//! What we want to reach, and what a run reached of it. All but the last two are ratios of two
//! programs that ran in turn.

use std::fs;

use super::measure::{self, Runs};
use super::work::Table;

/// A goal that a size has figures for.
pub(super) struct Target {
    pub(super) what: &'static str,
    pub(super) reached: f64,
    /// At most this.
    pub(super) limit: f64,
    pub(super) unit: &'static str,
}

/// The goals that the figures of one size speak of.
pub(super) fn reached(records: usize, table: &Table) -> Vec<Target> {
    let memory = |what, name: &str| {
        let beyond = table.runs(name)?.peak().saturating_sub(table.text);
        let kilobytes = number(beyond) / 1024.0 / number(u64::try_from(records).unwrap());
        Some(Target { what, reached: kilobytes, limit: 8.0, unit: "KB" })
    };
    let start = table.runs("start").map(|runs| Target {
        what: "start, wall time",
        reached: runs.wall().median * 1e3,
        limit: 10.0,
        unit: "ms",
    });
    let binary = fs::metadata(measure::program()).unwrap().len();
    let binary =
        Target { what: "the program", reached: number(binary) / 1e6, limit: 10.0, unit: "MB" };
    if records < 10_000 {
        return vec![];
    }
    let memory = [
        memory("memory of `list` beyond the text, a record", "`list`"),
        memory("memory of `lint` beyond the text, a record", "`lint`"),
        memory("memory of `build` beyond the text, a record", "`build`"),
    ];
    ratios(table).into_iter().chain(memory).flatten().chain(start).chain([binary]).collect()
}

/// The goals that compare two programs of `table`; none for one that did not run.
fn ratios(table: &Table) -> [Option<Target>; 7] {
    let wall = |runs: &Runs| runs.wall().median;
    let cpu = |runs: &Runs| runs.cpu().median;
    let ratio = |what, limit, one: &str, other: &str, of: fn(&Runs) -> f64| {
        let reached = of(table.runs(one)?) / of(table.runs(other)?);
        Some(Target { what, reached, limit, unit: "×" })
    };
    [
        ratio("`list` to merely reading, wall time", 2.5, "`list`", "merely read", wall),
        ratio(
            "`list` to `adrs list`, wall time",
            1.0 / 1.5,
            "`adr list`, all Nygard",
            "`adrs list`",
            wall,
        ),
        ratio("`lint` to `adrs doctor`, CPU", 0.2, "`adr lint`, all Nygard", "`adrs doctor`", cpu),
        ratio(
            "the pages alone to merely rendering, CPU",
            3.0,
            "the pages of the records alone",
            "merely render",
            cpu,
        ),
        ratio("`build` to merely rendering, CPU", 6.0, "`build`", "merely render", cpu),
        ratio("`build` to `hugo`, CPU", 1.0 / 3.0, "`build`", "`hugo`, a layout of one line", cpu),
        ratio(
            "`build` with nothing changed to the first, wall time",
            0.3,
            "`build`, nothing changed",
            "`build`",
            wall,
        ),
    ]
}

/// How much longer a record takes in a log of 100,000 than in one of 10,000, of `tables` with their sizes.
pub(super) fn growth(tables: &[(usize, Table)]) -> Vec<Target> {
    let of =
        |size: usize| tables.iter().find(|(records, _)| *records == size).map(|(_, table)| table);
    let (Some(small), Some(large)) = (of(10_000), of(100_000)) else { return vec![] };
    let one = |what, name: &str| {
        let wall = |table: &Table| Some(table.runs(name)?.wall().median);
        Some(Target { what, reached: wall(large)? / wall(small)? / 10.0, limit: 1.2, unit: "×" })
    };
    [
        one("`list`: a record of 100,000 to one of 10,000, wall time", "`list`"),
        one("`list --json`: the same", "`list --json`"),
        one("`lint`: the same", "`lint`"),
        one("`build`: the same", "`build`"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[expect(clippy::cast_precision_loss, reason = "for a table of three digits")]
fn number(value: u64) -> f64 {
    value as f64
}
