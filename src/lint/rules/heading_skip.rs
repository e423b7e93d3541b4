//! ADR309 `heading-skip`

use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;

rule! {
    /// Reports headings that skip a level.
    ///
    /// A heading may be at most one level below the heading before it.
    ///
    /// ## Why is this bad?
    ///
    /// People who use a screen reader navigate by the outline of a page. A skipped level sounds like a
    /// missing section.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Decision
    ///
    /// #### Details
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Decision
    ///
    /// ### Details
    /// ```
    ///
    /// ## References
    ///
    /// - [Headings, W3C Web Accessibility Initiative](https://www.w3.org/WAI/tutorials/page-structure/headings/)
    pub(super) static RULE: Rule = {
        code: "ADR309",
        name: "heading-skip",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "skip a heading level"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let sections = &record.document.sections;
    let neighbors = sections.iter().zip(sections.iter().skip(1));
    let skips_level = |(previous, section): &(&crate::syntax::Section, &crate::syntax::Section)| {
        section.level > previous.level + 1
    };
    let Some((previous, section)) = neighbors.into_iter().find(skips_level) else { return };
    findings
        .report(
            section.title_span,
            format!(
                "the heading `{}` in {} skips from level {} to level {}",
                section.title,
                record.label(),
                previous.level,
                section.level
            ),
        )
        .help(format!("make it a heading of level {}", previous.level + 1));
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
    fn a_skipped_level_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n#### B\n",
            str![[r#"
0001-test.md:7:6: warning[ADR309]: the heading `B` in ADR-0001 skips from level 2 to level 4
  help: make it a heading of level 3

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n### Decision Outcome\n",
            str![[r#"
0001-test.md:7:5: warning[ADR309]: the heading `Decision Outcome` in ADR-0001 skips from level 1 to level 3
  help: make it a heading of level 2

"#]],
        );
    }
}
