//! ADR506 `review-overdue`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// Reports decisions whose review date has passed.
    ///
    /// Checks `review-by` and `expires` of records that are proposed or in force, in the front matter or in
    /// a line such as `* Review by: 2024-01-31`.
    ///
    /// ## Why is this bad?
    ///
    /// The team promised to review the decision, and no one did.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// review-by: 2024-01-31
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// Review the decision, then set the next date or change the status.
    pub(super) static RULE: Rule = {
        code: "ADR506",
        name: "review-overdue",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(date_span) = record.review.as_ref().and_then(|review| review.span) else { return };
    if let Some(due_date) = record.overdue(context.today) {
        findings
            .report(date_span, format!("{} was due for review by {due_date}", record.label()))
            .help("review the decision, then set the next date or change the status");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    // In the tests of rules, today is 2 November 2026.

    #[test]
    fn no_date_and_future_dates_pass() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\nreview-by: 2026-11-02\n---\n\n# A\n", str![]);
    }

    #[test]
    fn a_record_no_longer_in_force_needs_no_review() {
        check(&RULE, "---\nstatus: deprecated\nreview-by: 2024-01-31\n---\n\n# A\n", str![]);
    }

    #[test]
    fn a_date_in_the_past_is_reported() {
        check(
            &RULE,
            "---\nstatus: accepted\nreview-by: 2024-01-31\n---\n\n# A\n",
            str![[r#"
0001-test.md:3:12: warning[ADR506]: ADR-0001 was due for review by 2024-01-31
  help: review the decision, then set the next date or change the status

"#]],
        );
        check(
            &RULE,
            "---\nexpires: 2026-11-01\n---\n\n# 1. A\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:2:10: warning[ADR506]: ADR-0001 was due for review by 2026-11-01
  help: review the decision, then set the next date or change the status

"#]],
        );
        check(
            &RULE,
            "# 1. A\n\n* Status: accepted\n* Review by: 2026-11-01\n",
            str![[r#"
0001-test.md:4:14: warning[ADR506]: ADR-0001 was due for review by 2026-11-01
  help: review the decision, then set the next date or change the status

"#]],
        );
    }
}
