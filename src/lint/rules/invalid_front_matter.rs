//! ADR201 `invalid-front-matter`

use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::Encoding;

rule! {
    /// Reports front matter that is not valid YAML.
    ///
    /// Front matter consists of keys and values and ends with `---`.
    ///
    /// ## Why is this bad?
    ///
    /// Strict tools see no status, no date and no title in such a record. `adr` reads as much as it can line
    /// by line, but skips all other checks of the front matter until it is fixed.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// deciders: @ada
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// deciders: "@ada"
    /// ---
    /// ```
    ///
    /// A value needs quotes if it contains `: ` or starts with `@`, `{`, `[`, `*`, `&`, `!`, `%` or a
    /// backtick.
    pub(super) static RULE: Rule = {
        code: "ADR201",
        name: "invalid-front-matter",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
        summary_finding: SummaryFinding::OneIn(2, "have invalid front matter"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = &record.document.front_matter else { return };
    let Some(fault) = &front_matter.fault else { return };
    // The invalid byte may be the cause, and ADR110 reports it.
    if let Encoding::Lossy { at } = record.source.encoding()
        && *at < front_matter.span.end
    {
        return;
    }
    let finding = findings.report(
        fault.span,
        format!("the front matter of {} is not valid: {}", record.label(), fault.message),
    );
    let text_before = record.text().get(..fault.span.start).unwrap_or_default();
    let line_start = text_before.rsplit('\n').next().unwrap_or_default();
    let text_after = record.text().get(fault.span.start..).unwrap_or_default();
    let content = front_matter.content.of(record.text());
    let has_no_space =
        |line: &str| line.split_once(':').is_some_and(|(_, value)| !value.is_empty());
    if content.lines().all(|line| !line.contains(": ") && has_no_space(line)) {
        finding.help("add a space after the colon: `key: value`");
    } else if line_start.contains(": ") || text_after.starts_with(['@', '`', '%']) {
        finding.help("put the value in quotes");
    } else {
        finding.help("fix the YAML between the two `---` lines");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn valid_front_matter_passes() {
        check(&RULE, "---\nstatus: accepted\ntags: [a, b]\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_record_without_front_matter_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn an_invalid_value_is_reported() {
        check(
            &RULE,
            "---\nstatus: accepted\ndeciders: @ada\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:3:11: error[ADR201]: the front matter of ADR-0001 is not valid: unexpected character: `@'
  help: put the value in quotes

"#]],
        );
    }

    #[test]
    fn a_list_instead_of_keys_is_reported() {
        check(
            &RULE,
            "---\n- accepted\n- 2024-01-01\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:1: error[ADR201]: the front matter of ADR-0001 is not valid: the front matter is not a list of keys
  help: fix the YAML between the two `---` lines

"#]],
        );
    }

    #[test]
    fn front_matter_that_is_not_closed_is_reported() {
        check(
            &RULE,
            "---\nstatus: accepted\n\n# Use Rust\n",
            str![[r#"
0001-test.md:1:1: error[ADR201]: the front matter of ADR-0001 is not valid: the front matter is not closed with `---`
  help: fix the YAML between the two `---` lines

"#]],
        );
    }
}
