//! ADR504 `record-renumbered`

use crate::lint::analysis::title_place;
use crate::lint::analysis::{Pair, is_decided, status_word};
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// Reports decided records whose number changed.
    ///
    /// Compares the log with the base branch.
    ///
    /// ## Why is this bad?
    ///
    /// People, commits and other records refer to a decision by its number. After the change, the old number
    /// refers to nothing, or to another decision. If two branches use the same number, renumber the record
    /// that is not on the base branch yet.
    ///
    /// ## Example
    ///
    /// A branch renames `0003-use-mysql.md`, which is accepted on `main`, to `0004-use-mysql.md`.
    ///
    /// ## Use instead
    ///
    /// Keep the name `0003-use-mysql.md`.
    pub(super) static RULE: Rule = {
        code: "ADR504",
        name: "record-renumbered",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Base(check),
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    for Pair { old, new } in context.pairs() {
        let Some(record_id) = new.filter(|_| is_decided(old)) else { continue };
        let record = context.log.record(record_id);
        let numbers = [old, record]
            .map(|either_record| either_record.number.as_ref().map(|number| number.value.value));
        let [Some(old_number), Some(new_number)] = numbers else { continue };
        if old_number == new_number {
            continue;
        }
        let (status, old_label, new_label) = (status_word(old), old.label(), record.label());
        findings
            .report_at(
                FindingSite::Record(record_id, title_place(record)),
                format!(
                    "{old_label} is {status} on `{}`, but is now called {new_label}",
                    base.name
                ),
            )
            .help(format!("rename it back to `{}`", old.file));
    }
}
