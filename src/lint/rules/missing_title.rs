//! ADR301 `missing-title`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Layout, Record};
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
        check: Check::Presence { lack: "have no title", check },
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let stated = record.title.as_ref().filter(|title| {
        !title.value.trim().is_empty() && !matches!(title.layout, Layout::FileName | Layout::Folder)
    });
    if stated.is_some() {
        return;
    }
    findings
        .report(Span::at(record.document.body.start), format!("{} has no title", record.label()))
        .help("begin with a heading that names the decision: `# Use Rust`");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

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
