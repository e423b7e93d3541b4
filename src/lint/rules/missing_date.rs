//! ADR206 `missing-date`

use super::unknown_key::intended_field;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;

rule! {
    /// Reports records without a date.
    ///
    /// The date may be in the text, in the front matter or in the file name. If most records of a log have
    /// no date, this is reported once for the log.
    ///
    /// ## Why is this bad?
    ///
    /// A decision is judged by what was known at the time. The date of a file only shows when it was last
    /// copied.
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
    /// ## Use instead
    ///
    /// ```markdown
    /// # 7. Ship weekly
    ///
    /// Date: 2024-05-01
    ///
    /// ## Status
    ///
    /// Accepted
    /// ```
    ///
    /// ## Fix
    ///
    /// The date of the first commit of the record is added (unsafe, because the decision may be older). The
    /// history is read only with `--unsafe-fixes`, and is not available in a shallow clone.
    pub(super) static RULE: Rule = {
        code: "ADR206",
        name: "missing-date",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have no date"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let front_matter = record.document.front_matter.as_ref();
    let is_misspelled = front_matter.is_some_and(|front_matter| {
        front_matter
            .entries
            .iter()
            .any(|entry| intended_field(front_matter, &entry.key.value) == Some("date"))
    });
    if record.date.is_some() || is_misspelled {
        return; // ADR203 reports the misspelled key.
    }
    let title_span = record.title.as_ref().and_then(|title| title.span).unwrap_or_default();
    findings
        .report(title_span, format!("{} has no date", record.label()))
        .help("write the date of the decision as YYYY-MM-DD")
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
0001-test.md:1:3: warning[ADR206]: ADR-0001 has no date
  help: write the date of the decision as YYYY-MM-DD

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:5:3: warning[ADR206]: ADR-0001 has no date
  help: write the date of the decision as YYYY-MM-DD

"#]],
        );
    }
}
