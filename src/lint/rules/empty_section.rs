//! ADR306 `empty-section`

use crate::lint::analysis::{has_title, is_being_written};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Record, Role};
use crate::syntax::Section;

rule! {
    /// Reports sections without any text.
    ///
    /// A section with subsections is not empty. A section with only a comment is. In drafts and proposals,
    /// which are still being written, empty sections are reported only under the strict preset or if the
    /// rule is selected by its code.
    ///
    /// ## Why is this bad?
    ///
    /// Readers expect an answer below a heading. If there is none, it is unclear whether there was nothing
    /// to write or whether the text was forgotten.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Consequences
    ///
    /// ## Links
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Consequences
    ///
    /// Consumers have to handle duplicate messages.
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR306",
        name: "empty-section",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "have empty sections"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let is_unfinished = is_being_written(record);
    if is_unfinished && !context.levels.one_by_one(&RULE) {
        return;
    }
    let severity = findings.severity(if is_unfinished { Level::Warning } else { Level::Form });
    // The first heading is the title, which needs no text.
    let sections = record.document.sections.iter().zip(&record.roles).skip(1);
    // ADR302 reports other level-1 headings, which may be lines that are not meant as headings.
    let is_section = |section: &Section, role: &Option<Role>| {
        section.level > 1 || role.is_some() || !has_title(record)
    };
    let empty_sections: Vec<&Section> = sections
        .filter(|(section, role)| is_section(section, role) && is_empty(record, section))
        .map(|(section, _)| section)
        .collect();
    let Some(first_section) = empty_sections.first() else { return };
    let record_label = record.label();
    let message = match empty_sections.len() {
        1 => format!("the section `{}` of {record_label} is empty", first_section.title),
        2 => format!("`{}` and one more section of {record_label} are empty", first_section.title),
        section_count => format!(
            "`{}` and {} more sections of {record_label} are empty",
            first_section.title,
            section_count - 1
        ),
    };
    findings
        .report(first_section.title_span, message)
        .severity(severity)
        .help("fill in the section, or remove the heading");
}

fn is_empty(record: &Record, section: &Section) -> bool {
    let has_sections = section.end > section.body.end;
    let mut remaining_text = section.body.of(record.text()).trim();
    while let Some(comment) = remaining_text.strip_prefix("<!--") {
        let Some((_, text_after_comment)) = comment.split_once("-->") else { return true };
        remaining_text = text_after_comment.trim();
    }
    remaining_text.is_empty() && !has_sections && !section.title.is_empty()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn sections_with_text_or_sections_pass() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n### Now\n\nIt.\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n\n## Decision Outcome\n\nX.\n", str![]);
    }

    #[test]
    fn a_line_that_is_not_meant_as_a_heading_is_left_to_another_rule() {
        let table = "a | b\n--|--\n# one | two\n# three | four\n\n## Decision\n\nWe do.\n";
        check(&RULE, &format!("# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n{table}"), str![]);
    }

    #[test]
    fn an_empty_section_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n\nX.\n",
            str![[r#"
0001-test.md:7:4: warning[ADR306]: the section `Context` of ADR-0001 is empty
  help: fill in the section, or remove the heading

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n## Decision Outcome\n\n<!-- what -->\n<!-- why -->\n",
            str![[r#"
0001-test.md:7:4: warning[ADR306]: the section `Decision Outcome` of ADR-0001 is empty
  help: fill in the section, or remove the heading

"#]],
        );
    }
}
