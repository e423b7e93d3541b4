//! ADR305 `missing-consequences`

use crate::lint::analysis::{lacks, title_place};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record, Role};

rule! {
    /// Reports records in Nygard's format without consequences.
    ///
    /// MADR does not require this section, and drafts may omit it.
    ///
    /// ## Why is this bad?
    ///
    /// The next decision starts from the consequences of this one.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Ship weekly
    ///
    /// ## Status
    ///
    /// Accepted
    ///
    /// ## Context
    ///
    /// ## Decision
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Decision
    ///
    /// ## Consequences
    /// ```
    ///
    /// ## References
    ///
    /// - [Documenting architecture decisions, Michael Nygard](https://cognitect.com/blog/2011/11/15/documenting-architecture-decisions)
    pub(super) static RULE: Rule = {
        code: "ADR305",
        name: "missing-consequences",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have no consequences section"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    if lacks(record, Role::Consequences) && !record.is(Lifecycle::Draft) {
        findings
            .report(title_place(record), format!("{} has no consequences section", record.label()))
            .help("describe what becomes easier and what becomes harder");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn nygard_with_and_madr_without_consequences_pass() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nIt.\n\n## Decision\n\nX.\n\n## Consequences\n\nY.\n",
            str![],
        );
        check(
            &RULE,
            "# A\n\n## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* X\n* Y\n\n## Decision Outcome\n\nX.\n",
            str![],
        );
    }

    #[test]
    fn nygard_without_consequences_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nIt.\n\n## Decision\n\nX.\n",
            str![[r#"
0001-test.md:1:3: warning[ADR305]: ADR-0001 has no consequences section
  help: describe what becomes easier and what becomes harder

"#]],
        );
    }
}
