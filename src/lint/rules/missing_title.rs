//! ADR301 `missing-title`

use crate::lint::analysis::has_title;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// A record has a title: a first heading, or `title:` in its front matter.
    ///
    /// ## Why it matters
    ///
    /// Lists, links and pages name a decision by its title. Without one they show a file name.
    ///
    /// ## Example
    ///
    /// ```markdown
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
    let firsts = record.document.sections.iter().filter(|section| section.level == 1);
    let named = firsts.filter(|section| section.title.contains(char::is_alphabetic)).count();
    let help = match named {
        0 => "begin with a heading that names the decision: `# Use Rust`",
        _ => {
            "begin with a heading that names the decision, `# Use Rust`, and give all others one `#` more"
        }
    };
    findings
        .report(Span::at(record.document.body.start), format!("{} has no title", record.label()))
        .help(help);
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all};

    #[test]
    fn a_number_alone_is_no_title() {
        check_all(
            &["ADR301", "ADR701"],
            "# 1.\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: begin with a heading that names the decision: `# Use Rust`

"#]],
        );
    }

    #[test]
    fn a_first_heading_is_a_title() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn so_is_a_key_of_the_front_matter() {
        check(&RULE, "---\ntitle: Use Rust\nstatus: accepted\n---\n\n## Context\n", str![]);
    }

    #[test]
    fn a_record_without_either_is_reported_at_its_beginning() {
        check(
            &RULE,
            "## Status\n\nAccepted\n\n## Context\n\nWe need speed.\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: begin with a heading that names the decision: `# Use Rust`

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n## Context and Problem Statement\n",
            str![[r#"
0001-test.md:4:1: error[ADR301]: ADR-0001 has no title
  help: begin with a heading that names the decision: `# Use Rust`

"#]],
        );
    }

    #[test]
    fn sections_of_the_first_level_are_none() {
        check(
            &RULE,
            "# Context\n\nIt is so.\n\n# Decision\n\nWe do.\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: begin with a heading that names the decision, `# Use Rust`, and give all others one `#` more

"#]],
        );
    }

    #[test]
    fn an_empty_heading_is_none() {
        check(
            &RULE,
            "#\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:1: error[ADR301]: ADR-0001 has no title
  help: begin with a heading that names the decision: `# Use Rust`

"#]],
        );
    }
}
