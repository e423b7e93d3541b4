//! ADR302 `several-titles`

use crate::format::Fact;
use crate::lint::analysis::has_title;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::Edit;

rule! {
    /// ## What it checks
    ///
    /// A record has one heading of the first level: its title.
    ///
    /// ## Why it matters
    ///
    /// Pages and tables of contents show every first-level heading as a document of its own.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # Ship weekly
    ///
    /// # Context
    /// ```
    ///
    /// ## Fix
    ///
    /// The second title and every heading behind it go one level down (unsafe, because it changes
    /// what people see).
    pub(super) static RULE: Rule = {
        code: "ADR302",
        name: "several-titles",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have several headings of the first level"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    // ADR301 says it where none of them is the title.
    if !has_title(record) {
        return;
    }
    let sections = &record.document.sections;
    let Some(first) = sections.iter().position(|section| section.level == 1) else { return };
    let behind = sections.get(first + 1..).unwrap_or_default();
    let Some(at) = behind.iter().position(|section| section.level == 1) else { return };
    // What stands below the title already stands on the right level.
    let moved = behind.get(at..).unwrap_or_default();
    let Some(second) = moved.first() else { return };
    let finding = findings.report(
        second.title_span,
        format!("{} has a second title: `{}`", record.label(), second.title),
    );
    let is_atx = |section: &crate::syntax::Section| {
        section.heading.of(record.text()).trim_start().starts_with('#')
    };
    if moved.iter().all(|section| section.level < 6 && is_atx(section)) {
        let deeper = moved.iter().map(|section| {
            let written = section.heading.of(record.text());
            let indent = written.len() - written.trim_start().len();
            Edit::insert(section.heading.start + indent, "#")
        });
        let fix = Fix::guess(
            "move the second title and the headings behind it one level down",
            &record.source,
            deeper.collect(),
        )
        .changing(&[Fact::Sections, Fact::Options]);
        finding.fix(fix);
    } else {
        finding.help("make it a heading of the second level");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn what_stands_below_the_title_stays_on_its_level() {
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
    fn without_a_title_another_rule_speaks() {
        check(&RULE, "# Context\n\nIt is so.\n\n# Decision\n\nWe do.\n", str![]);
    }

    #[test]
    fn a_second_one_is_reported_and_goes_down() {
        let text = "# 1. A\n\n# Status\n\nAccepted\n\n## Since\n\nToday\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:3:3: warning[ADR302]: ADR-0001 has a second title: `Status`
  fix: move the second title and the headings behind it one level down [unsafe]

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
  help: make it a heading of the second level

"#]],
        );
    }
}
