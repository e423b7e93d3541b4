//! ADR111 `conflict-marker`

use crate::format::conflict_marker;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// ## What it checks
    ///
    /// A record holds no marks that git leaves where a merge did not succeed.
    ///
    /// ## Why it matters
    ///
    /// Somebody committed both sides, and a reader cannot tell which of them was decided.
    ///
    /// ## Example
    ///
    /// ```text
    /// <<<<<<< HEAD
    /// Accepted
    /// =======
    /// Rejected
    /// >>>>>>> topic
    /// ```
    ///
    /// Marks within a code block, as here, are examples. No other rule says anything about a record
    /// with marks: most of what it would say is gone when the conflict is solved.
    pub(super) static RULE: Rule = {
        code: "ADR111",
        name: "conflict-marker",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
        reports_conflicted: true,
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    if let Some(first) = conflict_marker(record) {
        findings
            .report(first, format!("{} holds an unsolved merge conflict", record.label()))
            .help("keep what was decided, and remove the marks");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all};

    #[test]
    fn a_conflict_is_the_only_finding_of_its_record() {
        let conflict = |ours: &str, theirs: &str| {
            format!("<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> x\n")
        };
        let body = "## Context\n\nIt.\n\n## Decision\n\nWe.\n\n## Consequences\n\nIt.\n";
        let paragraph = conflict("We will.", "We will not.");
        let status = conflict("Accepted", "Rejected");
        for text in [
            format!("# 1. A\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n\n{paragraph}\n{body}"),
            format!("# 1. A\n\nDate: 2024-01-01\n\n## Status\n\n{status}\n{body}"),
            format!(
                "---\n{}date: 2024-01-01\n---\n\n# A\n\n{body}",
                conflict("status: accepted", "status: x")
            ),
        ] {
            let line = text.lines().position(|line| line.starts_with('<')).unwrap() + 1;
            let expected = format!(
                "0001-test.md:{line}:1: error[ADR111]: ADR-0001 holds an unsolved merge conflict\n  help: keep what was decided, and remove the marks\n"
            );
            check_all(&["ALL"], &text, expected);
        }
    }

    #[test]
    fn a_record_without_marks_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n=======\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn marks_in_code_are_examples() {
        check(&RULE, "# A\n\n```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```\n", str![]);
    }

    #[test]
    fn marks_are_reported_where_they_begin() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n<<<<<<< HEAD\nAccepted\n=======\nRejected\n>>>>>>> x\n",
            str![[r#"
0001-test.md:5:1: error[ADR111]: ADR-0001 holds an unsolved merge conflict
  help: keep what was decided, and remove the marks

"#]],
        );
        check(
            &RULE,
            "---\n<<<<<<< HEAD\nstatus: accepted\n=======\nstatus: rejected\n>>>>>>> x\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:1: error[ADR111]: ADR-0001 holds an unsolved merge conflict
  help: keep what was decided, and remove the marks

"#]],
        );
    }
}
