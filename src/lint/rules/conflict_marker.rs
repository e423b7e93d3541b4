//! ADR111 `conflict-marker`

use crate::format::conflict_marker;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// Reports unresolved merge conflicts.
    ///
    /// Markers in a code block, as on this page, are examples and are not reported. No other rule reports
    /// anything about a record with conflict markers, because most findings disappear once the conflict is
    /// resolved.
    ///
    /// ## Why is this bad?
    ///
    /// Both sides of the conflict were committed, and it is unclear which of them was decided.
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
    /// ## Use instead
    ///
    /// ```text
    /// Accepted
    /// ```
    ///
    /// ## References
    ///
    /// - [How git presents conflicts](https://git-scm.com/docs/git-merge#_how_conflicts_are_presented)
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
    if let Some(first_marker) = conflict_marker(record) {
        findings
            .report(
                first_marker,
                format!("{} contains an unresolved merge conflict", record.label()),
            )
            .help("keep what was decided, and remove the conflict markers");
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
                "0001-test.md:{line}:1: error[ADR111]: ADR-0001 contains an unresolved merge conflict\n  help: keep what was decided, and remove the conflict markers\n"
            );
            check_all(&["ALL"], &text, expected);
        }
    }

    #[test]
    fn a_record_without_conflict_markers_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n=======\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn conflict_markers_in_code_pass() {
        check(&RULE, "# A\n\n```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```\n", str![]);
    }

    #[test]
    fn the_first_conflict_marker_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n<<<<<<< HEAD\nAccepted\n=======\nRejected\n>>>>>>> x\n",
            str![[r#"
0001-test.md:5:1: error[ADR111]: ADR-0001 contains an unresolved merge conflict
  help: keep what was decided, and remove the conflict markers

"#]],
        );
        check(
            &RULE,
            "---\n<<<<<<< HEAD\nstatus: accepted\n=======\nstatus: rejected\n>>>>>>> x\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:1: error[ADR111]: ADR-0001 contains an unresolved merge conflict
  help: keep what was decided, and remove the conflict markers

"#]],
        );
    }
}
