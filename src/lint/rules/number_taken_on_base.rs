//! ADR103 `number-taken-on-base`

use crate::lint::analysis::next_number;
use crate::lint::analysis::title_place;
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

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
        reports_conflicted: true,
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, other) in base.number_collisions(context.log, context.counterparts()) {
        let record = context.log.record(id);
        let next = next_number(context, id);
        let finding = findings.report_at(
            FindingSite::Record(id, title_place(record)),
            format!("{} is the number of `{}` on `{}`", record.label(), other.file, base.name),
        );
        finding
            .label("new in this change")
            .help(format!("take the next free number, {next}, and mend the links"));
        finding.fix = context.renumber_fix(id);
    }
}
