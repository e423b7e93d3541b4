//! ADR103 `number-taken-on-base`

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::numbering::{next_number, prefix};
use crate::lint::structure::title_place;
use crate::lint::{Base, Check, Context, Findings, Level, Site, rule};
use crate::model::Record;

rule! {
    /// ## What it checks
    ///
    /// The number of a new record has not been taken on the base branch since the change began.
    ///
    /// ## Why it matters
    ///
    /// Git sees two files with different names and merges them without a word. Afterwards the log
    /// has two decisions under one number.
    ///
    /// ## Example
    ///
    /// A branch adds `0007-use-nats.md`. Meanwhile `main` got `0007-ship-weekly.md`.
    ///
    /// ## Fix
    ///
    /// The new record gets the next free number: its file, its heading, its id, and whatever in
    /// the change names it (unsafe: other branches may name it too).
    pub(super) static RULE: Rule = {
        code: "ADR103",
        name: "number-taken-on-base",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Base(check),
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let here: BTreeSet<&str> =
        context.log.records().iter().map(|record| record.file.as_str()).collect();
    let arrived = base.tip.iter().filter(|(file, _)| {
        // What is here too is ADR102's matter, and what was there before has been renamed.
        !here.contains(*file) && !base.before.contains_key(*file)
    });
    let mut taken: BTreeMap<(String, u32), &Record> = BTreeMap::new();
    for (_, record) in arrived {
        if let Some(key) = key(record) {
            taken.entry(key).or_insert(record);
        }
    }
    for (id, record) in context.log.iter() {
        let known = base.tip.contains_key(record.file.as_str()) || !base.is_new(record);
        let other = key(record).filter(|_| !known).and_then(|key| taken.get(&key));
        let Some(other) = other else { continue };
        let next = next_number(context, id);
        let finding = findings.report_at(
            Site::Record(id, title_place(record)),
            format!("{} is the number of `{}` on `{}`", record.label(), other.file, base.name),
        );
        finding
            .label("new in this change")
            .help(format!("take the next free number, {next}, and mend the links"));
        finding.fix = context.renumbered(id);
    }
}

/// The folder, with the prefix of the id, and the number.
fn key(record: &Record) -> Option<(String, u32)> {
    let number = record.number.as_ref()?.value.value;
    let folder = record.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some((format!("{folder}/{}", prefix(record)), number))
}
