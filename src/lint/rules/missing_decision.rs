//! ADR304 `missing-decision`

use crate::lint::analysis::{lacks, title_place};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record, Role};

rule! {
    /// Reports records without a decision section.
    ///
    /// Applies to Nygard's format and to MADR. The heading is `Decision` or `Decision Outcome`, in any
    /// language that `adr` reads. Drafts may omit the section.
    ///
    /// ## Why is this bad?
    ///
    /// The decision is the purpose of the record.
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
    /// ## Consequences
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Context
    ///
    /// ## Decision
    ///
    /// ## Consequences
    /// ```
    ///
    /// ## References
    ///
    /// - [Documenting architecture decisions, Michael Nygard](https://cognitect.com/blog/2011/11/15/documenting-architecture-decisions)
    /// - [MADR](https://adr.github.io/madr/)
    pub(super) static RULE: Rule = {
        code: "ADR304",
        name: "missing-decision",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have no decision section"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    if lacks(record, Role::Decision) && !record.is(Lifecycle::Draft) {
        findings
            .report(title_place(record), format!("{} has no decision section", record.label()))
            .help("state the decision in one sentence that starts with \"We will\"");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn a_heading_that_names_the_decision_among_other_words_passes() {
        for heading in
            ["Decision Outcomes", "Decision-1", "Chosen Solution", "Decisions that we made"]
        {
            let text = format!(
                "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nIt.\n\n## {heading}\n\nIt.\n\n## Consequences\n\nIt.\n"
            );
            check(&RULE, &text, str![]);
        }
    }

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
    fn a_record_without_decision_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nX.\n\n## Consequences\n\nY.\n",
            str![[r#"
0001-test.md:1:3: warning[ADR304]: ADR-0001 has no decision section
  help: state the decision in one sentence that starts with "We will"

"#]],
        );
        check(
            &RULE,
            "# A\n\n## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* X\n* Y\n",
            str![[r#"
0001-test.md:1:3: warning[ADR304]: ADR-0001 has no decision section
  help: state the decision in one sentence that starts with "We will"

"#]],
        );
    }
}
