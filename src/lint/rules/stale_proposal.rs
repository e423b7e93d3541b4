//! ADR505 `stale-proposal`

use crate::lint::analysis::status_place;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};

rule! {
    /// ## What it checks
    ///
    /// No record has been proposed for more than 30 days, counted from its date; `stale-days` in
    /// `[lint]` of `adr.toml` sets another number. A record that is not on the base branch yet is
    /// left out where a base is known.
    ///
    /// ## Why it matters
    ///
    /// A proposal that nobody decides is either done, and the log does not say so, or forgotten.
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
    /// Where most records of a log are so, that is reported once, on the log.
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
    let is_new = context.id(record).is_some_and(|id| context.is_new(id));
    if !record.is(Lifecycle::Proposed) || is_new {
        return;
    }
    let Some(date) = record.date() else { return };
    let days = date.days_until(context.today).and_then(|days| u32::try_from(days).ok());
    let most = context.config.stale_days;
    if days.is_none_or(|days| days <= most) {
        return;
    }
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    findings
        .report(
            status_place(record),
            // The same every day, for pages that show it.
            format!(
                "{} has been `{status}` since {date}, for more than {most} days",
                record.label()
            ),
        )
        .help("decide it, or say in its text what it waits for and set the date anew");
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
  help: decide it, or say in its text what it waits for and set the date anew

"#]],
        );
        check(
            &RULE,
            "# 1. A\n\nDate: 2026-01-01\n\n## Status\n\nProposed\n",
            str![[r#"
0001-test.md:7:1: warning[ADR505]: ADR-0001 has been `proposed` since 2026-01-01, for more than 30 days
  help: decide it, or say in its text what it waits for and set the date anew

"#]],
        );
    }
}
