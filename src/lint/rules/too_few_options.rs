//! ADR312 `too-few-options`

use crate::lint::analysis::{is_being_written, options};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Record, Role};

rule! {
    /// Reports MADR records with only one considered option.
    ///
    /// In drafts and proposals, which are still being written, this is reported only under the strict preset
    /// or if the rule is selected by its code.
    ///
    /// ## Why is this bad?
    ///
    /// If there was only one option, there was nothing to decide. If the others were forgotten, someone will
    /// propose them again.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Considered Options
    ///
    /// * PostgreSQL
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Considered Options
    ///
    /// * PostgreSQL
    /// * SQLite
    /// ```
    ///
    /// ## References
    ///
    /// - [MADR](https://adr.github.io/madr/)
    pub(super) static RULE: Rule = {
        code: "ADR312",
        name: "too-few-options",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("list fewer than two options"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let is_unfinished = is_being_written(record) && !context.levels.one_by_one(&RULE);
    if record.format.name != "madr" || is_unfinished {
        return;
    }
    let Some(options_section) = record.section(Role::Options) else { return };
    let options = options(record, options_section);
    // No options were found if they are in running text or in a table.
    if options.len() != 1 {
        return;
    }
    findings
        .report(options_section.title_span, format!("{} lists only one option", record.label()))
        .help("add the alternatives, such as doing nothing");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    const HEAD: &str =
        "# A\n\n## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n";
    const TAIL: &str = "\n## Decision Outcome\n\nX.\n";

    #[test]
    fn a_list_above_other_sections_counts() {
        let below =
            "\n### Decision Outcome\n\nX.\n\n### Noticed, but not further considered\n\nZ.\n";
        check(&RULE, &format!("{HEAD}* X\n* Y\n{below}"), str![]);
        check(
            &RULE,
            &format!("{HEAD}* X\n\n### Decision Outcome\n\nX.\n"),
            str![[r#"
0001-test.md:7:4: warning[ADR312]: ADR-0001 lists only one option
  help: add the alternatives, such as doing nothing

"#]],
        );
    }

    #[test]
    fn two_options_pass() {
        check(&RULE, &format!("{HEAD}* X\n  * detail\n* Y\n{TAIL}"), str![]);
        check(&RULE, &format!("{HEAD}### X\n\nText.\n\n### Y\n\nText.\n{TAIL}"), str![]);
    }

    #[test]
    fn nygard_has_no_options() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n* X\n", str![]);
    }

    #[test]
    fn a_single_option_is_reported() {
        check(
            &RULE,
            &format!("{HEAD}* X\n{TAIL}"),
            str![[r#"
0001-test.md:7:4: warning[ADR312]: ADR-0001 lists only one option
  help: add the alternatives, such as doing nothing

"#]],
        );
    }
}
