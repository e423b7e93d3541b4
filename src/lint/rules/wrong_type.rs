//! ADR209 `wrong-type`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::Record;
use crate::syntax::{Node, NodeKind};
use crate::text::Edit;

rule! {
    /// Reports lists and mappings in the front matter instead of plain values.
    ///
    /// `status`, `date` and `title` have one value. `decision-makers`, `consulted`, `informed` and `tags`
    /// have one value or a list of values.
    ///
    /// ## Why is this bad?
    ///
    /// A tool that expects a word and finds a list reads nothing, or the wrong value.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: [accepted]
    /// decision-makers:
    ///   lead: Ann
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// decision-makers: Ann
    /// ---
    /// ```
    ///
    /// ## Fix
    ///
    /// A list of one value is replaced by that value (safe).
    pub(super) static RULE: Rule = {
        code: "ADR209",
        name: "wrong-type",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

/// Keys with a single value.
const SINGLE: [&str; 3] = ["status", "date", "title"];

/// Keys with a single value or a list of values.
const LISTS: [&str; 7] =
    ["decision-makers", "decision-maker", "deciders", "consulted", "informed", "tags", "authors"];

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = &record.document.front_matter else { return };
    for entry in SINGLE.iter().filter_map(|key| front_matter.entry(&[*key])) {
        let Some(nested_kind) = kind_of_nested(&entry.value) else { continue };
        let key = &entry.key.value;
        let message = format!("`{key}` of {} is {nested_kind}, not a single value", record.label());
        let finding = findings.report(entry.value.span, message);
        finding.help("write a single value after the colon");
        if let Some(item) = only_value(&entry.value) {
            let item_text = item.span.of(record.text());
            // A block list starts on the line after the key, so the edit covers both.
            let edits = vec![Edit::replace(
                entry.key.span.to(entry.value.span),
                format!("{key}: {item_text}"),
            )];
            finding.fix(
                Fix::safe(format!("write `{item_text}` without the list"), &record.source, edits)
                    .changing(&[Fact::Keys, Fact::Status, Fact::Title, Fact::Date]),
            );
        }
    }
    // These keys are still read name by name, so a nested value is only a matter of form.
    let severity = findings.severity(Level::Form);
    for entry in LISTS.iter().filter_map(|key| front_matter.entry(&[*key])) {
        let items = match &entry.value.kind {
            NodeKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        let nested_item = items.iter().find(|item| kind_of_nested(item).is_some());
        let Some((item, nested_kind)) =
            nested_item.and_then(|item| Some((item, kind_of_nested(item)?)))
        else {
            continue;
        };
        let message = format!("`{}` of {} contains {nested_kind}", entry.key.value, record.label());
        findings.report(item.span, message).severity(severity).help("write a list of plain values");
    }
}

/// Returns what the node is, if it is not a single value.
fn kind_of_nested(node: &Node) -> Option<&'static str> {
    match &node.kind {
        NodeKind::Null | NodeKind::Scalar(_) => None,
        NodeKind::List(_) => Some("a list"),
        NodeKind::Map(_) => Some("a mapping"),
    }
}

/// Returns the only value of a list.
fn only_value(node: &Node) -> Option<&Node> {
    match &node.kind {
        NodeKind::List(items) => match items.as_slice() {
            [item] => item.scalar().map(|_| item),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all, check_fix};

    #[test]
    fn values_and_lists_of_values_pass() {
        check(
            &RULE,
            "---\nstatus: accepted\ndate:\ndecision-makers: [Ann, Bob]\ntags:\n  - a\n---\n\n# A\n",
            str![],
        );
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn a_list_of_one_status_is_reported_once_and_fixed() {
        let text = "---\nstatus: [accepted]\ndate:\n  - 2026-01-05\n---\n\n# A\n";
        check_all(
            &["ADR2"],
            text,
            str![[r#"
0001-test.md:2:9: error[ADR209]: `status` of ADR-0001 is a list, not a single value
  help: write a single value after the colon
  fix: write `accepted` without the list [safe]
0001-test.md:4:3: error[ADR209]: `date` of ADR-0001 is a list, not a single value
  help: write a single value after the colon
  fix: write `2026-01-05` without the list [safe]

"#]],
        );
        check_fix(
            &RULE,
            text,
            str![[r#"
---
status: accepted
date: 2026-01-05
---

# A

"#]],
        );
    }

    #[test]
    fn nested_values_are_reported() {
        check(
            &RULE,
            "---\nstatus:\n  was: proposed\n  is: accepted\ndecision-makers:\n  - name: Ann\n---\n\n# A\n",
            str![[r#"
0001-test.md:3:3: error[ADR209]: `status` of ADR-0001 is a mapping, not a single value
  help: write a single value after the colon
0001-test.md:6:5: warning[ADR209]: `decision-makers` of ADR-0001 contains a mapping
  help: write a list of plain values

"#]],
        );
    }
}
