//! ADR603 `code-cites-unknown-record`

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::Checkout;

rule! {
    /// Reports code comments that cite decisions that do not exist.
    ///
    /// Looks for citations such as `ADR-0012` or `@adr 0012` in the same files as ADR602. Only ids with
    /// the same prefix and the same number of digits as the ids of the log are checked.
    ///
    /// ## Why is this bad?
    ///
    /// Readers who want to know the reason for the code find nothing.
    ///
    /// ## Example
    ///
    /// ```python
    /// # Retries are the caller's, see ADR-0099.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// # Retries are the caller's, see ADR-0009.
    /// ```
    ///
    /// ## Options
    ///
    /// To exclude files, give their paths from the root of the repository in `adr.toml`:
    ///
    /// ```toml
    /// [lint.per-file-ignores]
    /// "tools/**" = ["ADR602", "ADR603"]
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR603",
        name: "code-cites-unknown-record",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Repository(check),
    };
}

fn check(checkout: &Checkout, context: &Context<'_>, findings: &mut Findings<'_>) {
    for citation in context.citations().iter().filter(|citation| citation.record.is_none()) {
        let message = format!(
            "the comment cites `{}`, which is not a record in this log",
            citation.words(checkout)
        );
        findings
            .report_at(FindingSite::Tracked(citation.text, citation.span), message)
            .help("cite an existing record, or add the missing one");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_around;

    const NYGARD: &[(&str, &str)] = &[("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n")];
    const MADR: &[(&str, &str)] = &[("ARCH-0001-a.md", "---\nstatus: accepted\n---\n\n# A\n")];

    #[test]
    fn existing_records_and_other_ids_pass() {
        let text = "// ADR-0001 ADR-1 ADR-99 RFC-0099 HADR-0099 ADR-0099.md @adrian 0099\n";
        check_around(&RULE, &[("a.ts", text)], NYGARD, str![]);
        check_around(&RULE, &[("a.ts", "// ADR-0099 ARCH-99\n")], MADR, str![]);
    }

    #[test]
    fn a_citation_of_a_missing_record_is_reported() {
        let tree = [("a.ts", "/* see ADR-0099 */\n"), ("b.sql", "-- @adr 0098\n")];
        check_around(
            &RULE,
            &tree,
            NYGARD,
            str![[r#"
a.ts:1:8: warning[ADR603]: the comment cites `ADR-0099`, which is not a record in this log
  help: cite an existing record, or add the missing one
b.sql:1:4: warning[ADR603]: the comment cites `@adr 0098`, which is not a record in this log
  help: cite an existing record, or add the missing one

"#]],
        );
        check_around(
            &RULE,
            &[("a.ts", "// ARCH-0099\n")],
            MADR,
            str![[r#"
a.ts:1:4: warning[ADR603]: the comment cites `ARCH-0099`, which is not a record in this log
  help: cite an existing record, or add the missing one

"#]],
        );
    }
}
