//! ADR202 `duplicate-key`

use std::collections::BTreeMap;

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::Record;
use crate::text::Span;

rule! {
    /// Reports keys that occur more than once in the front matter.
    ///
    /// Rules that check the fields of a record skip the record until this is fixed.
    ///
    /// ## Why is this bad?
    ///
    /// One of the two values is lost, and which one depends on the tool: readers and sites may see
    /// different statuses.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: proposed
    /// date: 2024-05-01
    /// status: accepted
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// date: 2024-05-01
    /// ---
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR202",
        name: "duplicate-key",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = &record.document.front_matter else { return };
    let mut first_spans: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in &front_matter.entries {
        let key = entry.key.value.as_str();
        let Some(first_span) = first_spans.get(key) else {
            first_spans.insert(key, entry.key.span);
            continue;
        };
        let message = format!(
            "the key `{key}` occurs more than once in the front matter of {}",
            record.label()
        );
        let finding = findings.report(entry.key.span, message);
        if let Some(record_id) = context.id(record) {
            finding.related(record_id, *first_span, "first occurrence");
        }
        finding.help("keep the correct one");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all};

    #[test]
    fn the_values_of_duplicate_keys_are_not_checked() {
        let text = "---\nstatus: proposed\ndate: 2020-01-01\nstatus: accepted\ndate: 2099-01-01\n---\n\n# A\n";
        check_all(
            &["ADR2", "ADR5"],
            text,
            str![[r#"
0001-test.md:4:1: error[ADR202]: the key `status` occurs more than once in the front matter of ADR-0001
  0001-test.md:2:1: first occurrence
  help: keep the correct one
0001-test.md:5:1: error[ADR202]: the key `date` occurs more than once in the front matter of ADR-0001
  0001-test.md:3:1: first occurrence
  help: keep the correct one

"#]],
        );
    }

    #[test]
    fn different_keys_pass() {
        check(&RULE, "---\nstatus: accepted\ndate: 2024-01-01\n---\n\n# Use Rust\n", str![]);
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn the_second_of_two_is_reported() {
        check(
            &RULE,
            "---\nstatus: proposed\nstatus: accepted\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:3:1: error[ADR202]: the key `status` occurs more than once in the front matter of ADR-0001
  0001-test.md:2:1: first occurrence
  help: keep the correct one

"#]],
        );
    }
}
