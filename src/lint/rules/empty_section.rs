//! ADR306 `empty-section`

use crate::lint::analysis::{has_title, is_being_written};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Record, Role};
use crate::syntax::Section;

rule! {
    /// ## What it checks
    ///
    /// A section holds text, or sections of its own. A comment is no text.
    ///
    /// A draft or a proposal is still being written: there it is reported under the strict preset
    /// only, or where the rule is selected by its code.
    ///
    /// ## Why it matters
    ///
    /// A heading promises an answer. Without one, nobody can tell whether there was nothing to
    /// say or nobody to say it.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Consequences
    ///
    /// ## Links
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
    let undecided = is_being_written(record);
    if undecided && !context.levels.one_by_one(&RULE) {
        return;
    }
    let severity = findings.severity(if undecided { Level::Warning } else { Level::Form });
    // The first heading is the title: it may stand alone.
    let sections = record.document.sections.iter().zip(&record.roles).skip(1);
    // A line that was never meant as a heading is one title too many: ADR302 says so.
    let is_section = |section: &Section, role: &Option<Role>| {
        section.level > 1 || role.is_some() || !has_title(record)
    };
    let empty: Vec<&Section> = sections
        .filter(|(section, role)| is_section(section, role) && is_empty(record, section))
        .map(|(section, _)| section)
        .collect();
    let Some(first) = empty.first() else { return };
    let label = record.label();
    let message = match empty.len() {
        1 => format!("the section `{}` of {label} is empty", first.title),
        2 => format!("`{}` and one more section of {label} are empty", first.title),
        count => format!("`{}` and {} more sections of {label} are empty", first.title, count - 1),
    };
    findings
        .report(first.title_span, message)
        .severity(severity)
        .help("say what there is to say, or remove the heading");
}

fn is_empty(record: &Record, section: &Section) -> bool {
    let has_sections = section.end > section.body.end;
    let mut rest = section.body.of(record.text()).trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = comment.split_once("-->") else { return true };
        rest = behind.trim();
    }
    rest.is_empty() && !has_sections && !section.title.is_empty()
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
    fn a_line_that_was_never_meant_as_a_heading_is_left_to_another_rule() {
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
  help: say what there is to say, or remove the heading

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n## Decision Outcome\n\n<!-- what -->\n<!-- why -->\n",
            str![[r#"
0001-test.md:7:4: warning[ADR306]: the section `Decision Outcome` of ADR-0001 is empty
  help: say what there is to say, or remove the heading

"#]],
        );
    }
}
