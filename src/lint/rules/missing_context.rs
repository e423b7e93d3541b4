//! ADR303 `missing-context`

use crate::lint::analysis::{lacks, title_place};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Record, Role};

rule! {
    /// Reports records without a context section.
    ///
    /// Applies to Nygard's format and to MADR. The heading is `Context` or `Context and Problem Statement`,
    /// in any language that `adr` reads.
    ///
    /// ## Why is this bad?
    ///
    /// A decision is judged by the problem that it solves. If the problem is unknown, no one dares to change
    /// the decision.
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
    /// ## Decision
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Context
    ///
    /// ## Decision
    /// ```
    ///
    /// ## References
    ///
    /// - [Documenting architecture decisions, Michael Nygard](https://cognitect.com/blog/2011/11/15/documenting-architecture-decisions)
    /// - [MADR](https://adr.github.io/madr/)
    pub(super) static RULE: Rule = {
        code: "ADR303",
        name: "missing-context",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have no context section"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    if lacks(record, Role::Context) {
        findings
            .report(title_place(record), format!("{} has no context section", record.label()))
            .help("describe the problem that made a decision necessary");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn both_forms_pass_with_their_headings() {
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
    fn a_record_without_context_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Decision\n\nX.\n\n## Consequences\n\nY.\n",
            str![[r#"
0001-test.md:1:3: warning[ADR303]: ADR-0001 has no context section
  help: describe the problem that made a decision necessary

"#]],
        );
        check(
            &RULE,
            "# A\n\n## Considered Options\n\n* X\n* Y\n\n## Decision Outcome\n\nX.\n",
            str![[r#"
0001-test.md:1:3: warning[ADR303]: ADR-0001 has no context section
  help: describe the problem that made a decision necessary

"#]],
        );
    }
}
