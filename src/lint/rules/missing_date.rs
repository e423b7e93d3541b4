//! ADR206 `missing-date`

use super::unknown_key::meant;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;

rule! {
    /// ## What it checks
    ///
    /// A record states when it was decided, or its file's name does.
    ///
    /// ## Why it matters
    ///
    /// A decision is judged by what was known at the time. The date of a file is that of its last
    /// copy.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Ship weekly
    ///
    /// ## Status
    ///
    /// Accepted
    /// ```
    ///
    /// Where most records of a log state none, that is reported once, on the log.
    ///
    /// ## Fix
    ///
    /// The record states the day of its first commit (unsafe: the decision may be older). The history
    /// is looked at with `--unsafe-fixes` only, and says nothing where a clone is shallow.
    pub(super) static RULE: Rule = {
        code: "ADR206",
        name: "missing-date",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("state no date"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let front = record.document.front_matter.as_ref();
    let is_slip = front.is_some_and(|front| {
        front.entries.iter().any(|entry| meant(front, &entry.key.value) == Some("date"))
    });
    if record.date.is_some() || is_slip {
        return; // ADR203 speaks of the slip.
    }
    let title = record.title.as_ref().and_then(|title| title.span).unwrap_or_default();
    findings
        .report(title, format!("{} states no date", record.label()))
        .help("write the day of the decision as YYYY-MM-DD")
        .fix = context.id(record).and_then(|id| context.first_commit_date_fix(id));
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn a_record_with_a_date_passes() {
        check(&RULE, "# 1. Use Rust\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\ndate: 2024-01-01\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_record_without_date_is_reported_at_its_title() {
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:3: warning[ADR206]: ADR-0001 states no date
  help: write the day of the decision as YYYY-MM-DD

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:5:3: warning[ADR206]: ADR-0001 states no date
  help: write the day of the decision as YYYY-MM-DD

"#]],
        );
    }
}
