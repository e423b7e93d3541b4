//! ADR603 `code-cites-unknown-record`

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::Checkout;

rule! {
    /// ## What it checks
    ///
    /// A decision that a comment in a program names, as `ADR-0012` or `@adr 0012`, is in the log. Only
    /// ids with the prefix and as many digits as those of the log are judged. Read is what ADR602
    /// reads.
    ///
    /// ## Why it matters
    ///
    /// Whoever asks why the code is as it is finds nothing.
    ///
    /// ## Example
    ///
    /// ```python
    /// # Retries are the caller's, see ADR-0099.
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
    for one in context.citations().iter().filter(|one| one.record.is_none()) {
        let message =
            format!("the comment cites `{}`, which is no record of the log", one.words(checkout));
        findings
            .report_at(FindingSite::Tracked(one.text, one.span), message)
            .help("cite the record that is meant, or add the one that is missing");
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
    fn what_is_there_or_may_mean_something_else_passes() {
        let text = "// ADR-0001 ADR-1 ADR-99 RFC-0099 HADR-0099 ADR-0099.md @adrian 0099\n";
        check_around(&RULE, &[("a.ts", text)], NYGARD, str![]);
        check_around(&RULE, &[("a.ts", "// ADR-0099 ARCH-99\n")], MADR, str![]);
    }

    #[test]
    fn a_decision_that_nobody_made_is_reported() {
        let tree = [("a.ts", "/* see ADR-0099 */\n"), ("b.sql", "-- @adr 0098\n")];
        check_around(
            &RULE,
            &tree,
            NYGARD,
            str![[r#"
a.ts:1:8: warning[ADR603]: the comment cites `ADR-0099`, which is no record of the log
  help: cite the record that is meant, or add the one that is missing
b.sql:1:4: warning[ADR603]: the comment cites `@adr 0098`, which is no record of the log
  help: cite the record that is meant, or add the one that is missing

"#]],
        );
        check_around(
            &RULE,
            &[("a.ts", "// ARCH-0099\n")],
            MADR,
            str![[r#"
a.ts:1:4: warning[ADR603]: the comment cites `ARCH-0099`, which is no record of the log
  help: cite the record that is meant, or add the one that is missing

"#]],
        );
    }
}
