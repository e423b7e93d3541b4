//! ADR208 `future-date`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// Reports dates in the future.
    ///
    /// Tomorrow is allowed, because it may already be tomorrow in another time zone.
    ///
    /// ## Why is this bad?
    ///
    /// A future date is a mistake, usually in the year, and sorts the record to the wrong end of every
    /// list.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Date: 2206-03-01
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// Date: 2026-03-01
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR208",
        name: "future-date",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(date) = record.date() else { return };
    let tomorrow = context.today.next_day().unwrap_or(context.today);
    if date <= tomorrow {
        return;
    }
    let date_span = record.date.as_ref().and_then(|date| date.span).unwrap_or_default();
    findings
        .report(
            date_span,
            format!("{} has the date {date}, which is in the future", record.label()),
        )
        .help(format!("today is {}", context.today));
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    // In the tests of rules, today is 2 November 2026.

    #[test]
    fn the_past_today_and_tomorrow_pass() {
        check(&RULE, "# 1. A\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\ndate: 2026-11-02\n---\n\n# A\n", str![]);
        check(&RULE, "---\ndate: 2026-11-03\n---\n\n# A\n", str![]);
        check(&RULE, "---\ndate: 2026-11\n---\n\n# A\n", str![]);
    }

    #[test]
    fn later_dates_are_reported() {
        check(
            &RULE,
            "# 1. A\n\nDate: 2206-01-01\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: warning[ADR208]: ADR-0001 has the date 2206-01-01, which is in the future
  help: today is 2026-11-02

"#]],
        );
        check(
            &RULE,
            "---\ndate: 2026-11-04\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:7: warning[ADR208]: ADR-0001 has the date 2026-11-04, which is in the future
  help: today is 2026-11-02

"#]],
        );
    }
}
