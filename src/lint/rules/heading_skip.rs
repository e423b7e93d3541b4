//! ADR309 `heading-skip`

use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;

rule! {
    /// ## What it checks
    ///
    /// A heading is at most one level below the one before it.
    ///
    /// ## Why it matters
    ///
    /// People who listen to a page go by its outline; a level that is left out sounds like a part
    /// that is missing.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Decision
    ///
    /// #### Details
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR309",
        name: "heading-skip",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "skip a level of headings"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let sections = &record.document.sections;
    let steps = sections.iter().zip(sections.iter().skip(1));
    let skips = |(before, section): &(&crate::syntax::Section, &crate::syntax::Section)| {
        section.level > before.level + 1
    };
    let Some((before, section)) = steps.into_iter().find(skips) else { return };
    findings
        .report(
            section.title_span,
            format!(
                "`{}` in {} is a heading of level {} below one of level {}",
                section.title,
                record.label(),
                section.level,
                before.level
            ),
        )
        .help(format!("make it a heading of level {}", before.level + 1));
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn steps_of_one_down_and_any_up_pass() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n### B\n\n#### C\n\n## Context\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n\n## Decision Outcome\n", str![]);
    }

    #[test]
    fn a_level_that_is_left_out_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n#### B\n",
            str![[r#"
0001-test.md:7:6: warning[ADR309]: `B` in ADR-0001 is a heading of level 4 below one of level 2
  help: make it a heading of level 3

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n### Decision Outcome\n",
            str![[r#"
0001-test.md:7:5: warning[ADR309]: `Decision Outcome` in ADR-0001 is a heading of level 3 below one of level 1
  help: make it a heading of level 2

"#]],
        );
    }
}
