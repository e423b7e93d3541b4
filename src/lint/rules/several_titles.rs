//! ADR302 `several-titles`

use crate::format::Fact;
use crate::lint::analysis::has_title;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::Edit;

rule! {
    /// Reports records with more than one level-1 heading.
    ///
    /// ## Why is this bad?
    ///
    /// Sites and tables of contents treat every level-1 heading as a separate document.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # Ship weekly
    ///
    /// # Context
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # Ship weekly
    ///
    /// ## Context
    /// ```
    ///
    /// ## Fix
    ///
    /// The second title and all headings after it are moved one level down (unsafe, because it changes the
    /// visible text).
    pub(super) static RULE: Rule = {
        code: "ADR302",
        name: "several-titles",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have several level-1 headings"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    // Without a title, ADR301 reports the record.
    if !has_title(record) {
        return;
    }
    let sections = &record.document.sections;
    let Some(first_index) = sections.iter().position(|section| section.level == 1) else { return };
    let later_sections = sections.get(first_index + 1..).unwrap_or_default();
    let Some(second_index) = later_sections.iter().position(|section| section.level == 1) else {
        return;
    };
    // Headings between the two titles already have the right level.
    let moved_sections = later_sections.get(second_index..).unwrap_or_default();
    let Some(second_title) = moved_sections.first() else { return };
    let finding = findings.report(
        second_title.title_span,
        format!("{} has a second title: `{}`", record.label(), second_title.title),
    );
    let is_atx = |section: &crate::syntax::Section| {
        section.heading.of(record.text()).trim_start().starts_with('#')
    };
    if moved_sections.iter().all(|section| section.level < 6 && is_atx(section)) {
        let level_edits = moved_sections.iter().map(|section| {
            let heading_text = section.heading.of(record.text());
            let indent = heading_text.len() - heading_text.trim_start().len();
            Edit::insert(section.heading.start + indent, "#")
        });
        let fix = Fix::guess(
            "move the second title and the headings after it one level down",
            &record.source,
            level_edits.collect(),
        )
        .changing(&[Fact::Sections, Fact::Options]);
        finding.fix(fix);
    } else {
        finding.help("make it a level-2 heading");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn headings_below_the_title_keep_their_level() {
        check_fix(
            &RULE,
            "# A\n\n## Context\n\nIt.\n\n# Appendix\n\n## Costs\n\nNone.\n",
            str![[r#"
# A

## Context

It.

## Appendix

### Costs

None.

"#]],
        );
    }

    #[test]
    fn one_title_passes() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n```\n# comment\n```\n", str![]);
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n## Context and Problem Statement\n",
            str![],
        );
    }

    #[test]
    fn a_record_without_a_title_is_left_to_another_rule() {
        check(&RULE, "# Context\n\nIt is so.\n\n# Decision\n\nWe do.\n", str![]);
    }

    #[test]
    fn a_second_title_is_reported_and_moved_down() {
        let text = "# 1. A\n\n# Status\n\nAccepted\n\n## Since\n\nToday\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:3:3: warning[ADR302]: ADR-0001 has a second title: `Status`
  fix: move the second title and the headings after it one level down [unsafe]

"#]],
        );
        check_fix(
            &RULE,
            text,
            str![[r#"
# 1. A

## Status

Accepted

### Since

Today

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\nA\n=\n\nContext\n=======\n\nIt.\n",
            str![[r#"
0001-test.md:8:1: warning[ADR302]: ADR-0001 has a second title: `Context`
  help: make it a level-2 heading

"#]],
        );
    }
}
