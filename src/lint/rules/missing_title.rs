//! ADR301 `missing-title`

use crate::lint::analysis::has_title;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::Span;

rule! {
    /// Reports records without a title.
    ///
    /// The title is the first heading, or `title:` in the front matter.
    ///
    /// ## Why is this bad?
    ///
    /// Lists, links and pages show the title of a decision. Without a title they show a file name.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Accepted
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # Ship weekly
    ///
    /// ## Status
    ///
    /// Accepted
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR301",
        name: "missing-title",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have no title"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    if has_title(record) {
        return;
    }
    let top_sections = record.document.sections.iter().filter(|section| section.level == 1);
    let named_count =
        top_sections.filter(|section| section.title.contains(char::is_alphabetic)).count();
    let hint = match named_count {
        0 => "start with a heading that names the decision: `# Use Rust`",
        _ => {
            "start with a heading that names the decision, `# Use Rust`, and add one `#` to all others"
        }
    };
    findings
        .report(Span::at(record.document.body.start), format!("{} has no title", record.label()))
        .help(hint);
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all};

    #[test]
    fn a_number_alone_is_not_a_title() {
        check_all(
            &["ADR301", "ADR701"],
            "# 1.\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: start with a heading that names the decision: `# Use Rust`

"#]],
        );
    }

    #[test]
    fn a_first_heading_is_a_title() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_key_in_the_front_matter_is_a_title() {
        check(&RULE, "---\ntitle: Use Rust\nstatus: accepted\n---\n\n## Context\n", str![]);
    }

    #[test]
    fn a_record_without_either_is_reported_at_its_start() {
        check(
            &RULE,
            "## Status\n\nAccepted\n\n## Context\n\nWe need speed.\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: start with a heading that names the decision: `# Use Rust`

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n## Context and Problem Statement\n",
            str![[r#"
0001-test.md:4:1: error[ADR301]: ADR-0001 has no title
  help: start with a heading that names the decision: `# Use Rust`

"#]],
        );
    }

    #[test]
    fn level_1_sections_are_not_titles() {
        check(
            &RULE,
            "# Context\n\nIt is so.\n\n# Decision\n\nWe do.\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: start with a heading that names the decision, `# Use Rust`, and add one `#` to all others

"#]],
        );
    }

    #[test]
    fn an_empty_heading_is_not_a_title() {
        check(
            &RULE,
            "#\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: start with a heading that names the decision: `# Use Rust`

"#]],
        );
    }
}
