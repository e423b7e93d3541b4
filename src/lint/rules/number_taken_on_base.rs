//! ADR103 `number-taken-on-base`

use crate::lint::analysis::next_number;
use crate::lint::analysis::title_place;
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// Reports new records whose number is already used on the base branch.
    ///
    /// ## Why is this bad?
    ///
    /// Git sees two files with different names and merges them without a conflict. Afterwards two decisions
    /// in the log have the same number.
    ///
    /// ## Example
    ///
    /// A branch adds `0007-use-nats.md`. Meanwhile `0007-ship-weekly.md` was added on `main`.
    ///
    /// ## Use instead
    ///
    /// Rename the new record to `0008-use-nats.md`.
    ///
    /// ## Fix
    ///
    /// The new record gets the next free number in its file name, its heading, its id and all places in the
    /// change that refer to it (unsafe, because other branches may refer to it too).
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
    for (record_id, base_record) in base.number_collisions(context.log, context.counterparts()) {
        let record = context.log.record(record_id);
        let next_free = next_number(context, record_id);
        let finding = findings.report_at(
            FindingSite::Record(record_id, title_place(record)),
            format!(
                "{} is already used by `{}` on `{}`",
                record.label(),
                base_record.file,
                base.name
            ),
        );
        finding
            .label("new in this change")
            .help(format!("use the next free number, {next_free}, and update the links"));
        finding.fix = context.renumber_fix(record_id);
    }
}
