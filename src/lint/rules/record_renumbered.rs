//! ADR504 `record-renumbered`

use crate::lint::analysis::title_place;
use crate::lint::analysis::{Pair, is_decided, status_word};
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// ## What it checks
    ///
    /// A record that was decided on the base branch keeps its number.
    ///
    /// ## Why it matters
    ///
    /// People, commits and other records name a decision by its number. Moved, the old name leads
    /// nowhere, or to another decision. Where two branches took one number, the record that is not
    /// on the base yet moves.
    ///
    /// ## Example
    ///
    /// A branch renames `0003-use-mysql.md`, which is accepted on `main`, to `0004-use-mysql.md`.
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
        let Some(id) = new.filter(|_| is_decided(old)) else { continue };
        let record = context.log.record(id);
        let numbers = [old, record].map(|one| one.number.as_ref().map(|number| number.value.value));
        let [Some(was), Some(is)] = numbers else { continue };
        if was == is {
            continue;
        }
        let (status, was, is) = (status_word(old), old.label(), record.label());
        findings
            .report_at(
                FindingSite::Record(id, title_place(record)),
                format!("{was} is {status} on `{}`, and is now called {is}", base.name),
            )
            .help(format!("call it `{}` again", old.file));
    }
}
