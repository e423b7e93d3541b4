//! ADR505 `stale-proposal`

use crate::lint::analysis::status_place;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};

rule! {
    /// Reports proposals that have waited too long for a decision.
    ///
    /// A proposal may be 30 days old, counted from its date. If a base branch is known, records that are not
    /// on it yet are ignored. If most records of a log are stale proposals, this is reported once for the
    /// log.
    ///
    /// ## Why is this bad?
    ///
    /// Either the proposal was carried out and the log does not show it, or it was forgotten.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: proposed
    /// date: 2023-01-05
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// Accept or reject the proposal, or explain what it is waiting for and update its date.
    ///
    /// ## Options
    ///
    /// `stale-days` in the table `[lint]` of `adr.toml` sets another number of days.
    pub(super) static RULE: Rule = {
        code: "ADR505",
        name: "stale-proposal",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "have been proposed for too long"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let is_not_on_base = context.id(record).is_some_and(|id| context.is_new(id));
    if !record.is(Lifecycle::Proposed) || is_not_on_base {
        return;
    }
    let Some(date) = record.date() else { return };
    let age_in_days = date.days_until(context.today).and_then(|days| u32::try_from(days).ok());
    let max_days = context.config.stale_days;
    if age_in_days.is_none_or(|days| days <= max_days) {
        return;
    }
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    findings
        .report(
            status_place(record),
            // The number of days is left out, so that the text does not change every day.
            format!(
                "{} has been `{status}` since {date}, for more than {max_days} days",
                record.label()
            ),
        )
        .help("decide it, or explain what it is waiting for and update its date");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn a_new_proposal_and_an_old_decision_pass() {
        check(&RULE, "---\nstatus: proposed\ndate: 2026-10-20\n---\n\n# A\n", str![]);
        check(&RULE, "# 1. A\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn an_old_proposal_is_reported_at_its_status() {
        check(
            &RULE,
            "---\nstatus: proposed\ndate: 2026-10-02\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:9: warning[ADR505]: ADR-0001 has been `proposed` since 2026-10-02, for more than 30 days
  help: decide it, or explain what it is waiting for and update its date

"#]],
        );
        check(
            &RULE,
            "# 1. A\n\nDate: 2026-01-01\n\n## Status\n\nProposed\n",
            str![[r#"
0001-test.md:7:1: warning[ADR505]: ADR-0001 has been `proposed` since 2026-01-01, for more than 30 days
  help: decide it, or explain what it is waiting for and update its date

"#]],
        );
    }
}
