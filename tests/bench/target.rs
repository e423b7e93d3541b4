//! The targets, and the results of a run. All but the last two are ratios of two programs that ran in turn.

use std::fs;

use super::measure::{self, Runs};
use super::work::Table;

/// A target with its result.
pub(super) struct Target {
    pub(super) what: &'static str,
    pub(super) reached: f64,
    /// The maximum.
    pub(super) limit: f64,
    pub(super) unit: &'static str,
}

/// The targets for the results of one size.
pub(super) fn reached(records: usize, table: &Table) -> Vec<Target> {
    let memory = |what, name: &str| {
        let beyond = table.runs(name)?.peak().saturating_sub(table.text);
        let kilobytes = number(beyond) / 1024.0 / number(u64::try_from(records).unwrap());
        Some(Target { what, reached: kilobytes, limit: 8.0, unit: "KB" })
    };
    let start = table.runs("startup").map(|runs| Target {
        what: "startup, wall time",
        reached: runs.wall().median * 1e3,
        limit: 10.0,
        unit: "ms",
    });
    let binary = fs::metadata(measure::program()).unwrap().len();
    let binary = Target {
        what: "size of the program",
        reached: number(binary) / 1e6,
        limit: 10.0,
        unit: "MB",
    };
    if records < 10_000 {
        return vec![];
    }
    let memory = [
        memory("memory of `list` beyond the text, per record", "`list`"),
        memory("memory of `lint` beyond the text, per record", "`lint`"),
        memory("memory of `build` beyond the text, per record", "`build`"),
    ];
    ratios(table).into_iter().chain(memory).flatten().chain(start).chain([binary]).collect()
}

/// The targets that compare two programs of `table`; `None` for programs that did not run.
fn ratios(table: &Table) -> [Option<Target>; 7] {
    let wall = |runs: &Runs| runs.wall().median;
    let cpu = |runs: &Runs| runs.cpu().median;
    let ratio = |what, limit, one: &str, other: &str, of: fn(&Runs) -> f64| {
        let reached = of(table.runs(one)?) / of(table.runs(other)?);
        Some(Target { what, reached, limit, unit: "×" })
    };
    [
        ratio("`list` / plain read, wall time", 2.5, "`list`", "plain read", wall),
        ratio(
            "`list` / `adrs list`, wall time",
            1.0 / 1.5,
            "`adr list`, all Nygard",
            "`adrs list`",
            wall,
        ),
        ratio("`lint` / `adrs doctor`, CPU", 0.2, "`adr lint`, all Nygard", "`adrs doctor`", cpu),
        ratio(
            "record pages only / plain render, CPU",
            3.0,
            "record pages only",
            "plain render",
            cpu,
        ),
        ratio("`build` / plain render, CPU", 6.0, "`build`", "plain render", cpu),
        ratio("`build` / `hugo`, CPU", 1.0 / 3.0, "`build`", "`hugo`, one-line layout", cpu),
        ratio(
            "`build` without changes / first `build`, wall time",
            0.3,
            "`build`, no changes",
            "`build`",
            wall,
        ),
    ]
}

/// The growth of the time per record from 10,000 to 100,000 records; `tables` contains pairs of size and
/// table.
pub(super) fn growth(tables: &[(usize, Table)]) -> Vec<Target> {
    let of =
        |size: usize| tables.iter().find(|(records, _)| *records == size).map(|(_, table)| table);
    let (Some(small), Some(large)) = (of(10_000), of(100_000)) else { return vec![] };
    let one = |what, name: &str| {
        let wall = |table: &Table| Some(table.runs(name)?.wall().median);
        Some(Target { what, reached: wall(large)? / wall(small)? / 10.0, limit: 1.2, unit: "×" })
    };
    [
        one("`list`: time per record, 100,000 / 10,000 records, wall time", "`list`"),
        one("`list --json`: the same", "`list --json`"),
        one("`lint`: the same", "`lint`"),
        one("`build`: the same", "`build`"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[expect(clippy::cast_precision_loss, reason = "the table shows three digits")]
fn number(value: u64) -> f64 {
    value as f64
}
