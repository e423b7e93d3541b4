//! ADR502 `illegal-transition`

use crate::lint::analysis::Pair;
use crate::lint::analysis::status_place;
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// Reports status changes that the log does not allow.
    ///
    /// Compares the status of each record with its status on the base branch. Allowed are:
    ///
    /// - draft to proposed or rejected
    /// - proposed to draft, accepted, rejected or superseded
    /// - accepted to deprecated or superseded
    /// - rejected to proposed
    /// - deprecated to superseded
    ///
    /// A custom status word follows the transitions of its meaning.
    ///
    /// ## Why is this bad?
    ///
    /// A decision that was rejected and is accepted a week later has skipped the discussion. A decision that
    /// was superseded and is proposed again has two lives under one number.
    ///
    /// ## Example
    ///
    /// ADR-0003 is rejected on `main`, and a branch sets its status to accepted.
    ///
    /// ## Use instead
    ///
    /// Propose ADR-0003 again first, or write a new record.
    ///
    /// ## Options
    ///
    /// `transitions` in the table `[status]` of `adr.toml` sets other transitions.
    pub(super) static RULE: Rule = {
        code: "ADR502",
        name: "illegal-transition",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Base(check),
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    for Pair { old, new } in context.pairs() {
        let Some(record_id) = new else { continue };
        let record = context.log.record(record_id);
        let (Some(old_status), Some(new_status)) = (old.status(), record.status()) else {
            continue;
        };
        let (Some(old_state), Some(new_state)) = (old_status.meaning, new_status.meaning) else {
            continue;
        };
        if base.transitions.allow(old_state, new_state) || !context.is_sound(record) {
            continue;
        }
        let allowed_states: Vec<&str> =
            base.transitions.after(old_state).iter().map(|state| state.as_str()).collect();
        let help = match allowed_states.as_slice() {
            [] => format!("`{}` is a final status; write a new record", old_state.as_str()),
            allowed_states => format!(
                "it can become {}; for another decision, write a new record",
                allowed_states.join(" or ")
            ),
        };
        findings
            .report_at(
                FindingSite::Record(record_id, status_place(record)),
                format!(
                    "{} is {old_status} on `{}` and cannot become {new_status}",
                    record.label(),
                    base.name
                ),
            )
            .help(help);
    }
}
