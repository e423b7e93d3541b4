//! ADR204 `missing-status`

use super::{unknown_key, wrong_type};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::syntax::NodeKind;

rule! {
    /// Reports records without a status.
    ///
    /// The status may be in the front matter, in a `Status` section, or in a list or a table at the start of
    /// the record. If most records of a log have no status, this is reported once for the log.
    ///
    /// ## Why is this bad?
    ///
    /// Without a status, readers cannot distinguish a decision from a proposal, or a decision in force from
    /// an abandoned one.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Ship weekly
    ///
    /// ## Context
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # 7. Ship weekly
    ///
    /// ## Status
    ///
    /// Accepted
    ///
    /// ## Context
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR204",
        name: "missing-status",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have no status"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !record.statuses.is_empty() || is_explained_elsewhere(record, context) {
        return;
    }
    let title_span = record.title.as_ref().and_then(|title| title.span).unwrap_or_default();
    findings
        .report(title_span, format!("{} has no status", record.label()))
        .help("set it to proposed, accepted, rejected, deprecated or superseded");
}

/// Returns whether ADR203 or ADR209 reports why no status could be read.
fn is_explained_elsewhere(record: &Record, context: &Context<'_>) -> bool {
    let Some(front_matter) = &record.document.front_matter else { return false };
    let status_entry = front_matter.entry(&["status"]);
    if let Some(status_entry) = status_entry {
        let is_nested = matches!(status_entry.value.kind, NodeKind::List(_) | NodeKind::Map(_));
        return is_nested && context.is_on(&wrong_type::RULE);
    }
    let mut keys = front_matter.entries.iter().map(|entry| entry.key.value.as_str());
    context.is_on(&unknown_key::RULE)
        && keys.any(|key| unknown_key::intended_field(front_matter, key) == Some("status"))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all, check_log};

    #[test]
    fn a_nygard_record_with_a_status_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![""]);
    }

    #[test]
    fn a_madr_record_with_a_status_passes() {
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![""]);
    }

    #[test]
    fn a_record_without_status_is_reported_at_its_title() {
        check(
            &RULE,
            "# 1. Use Rust\n\n## Context\n\nWe need speed.\n",
            str![[r#"
0001-test.md:1:3: warning[ADR204]: ADR-0001 has no status
  help: set it to proposed, accepted, rejected, deprecated or superseded

"#]],
        );
        check(
            &RULE,
            "---\ndate: 2024-01-01\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:5:3: warning[ADR204]: ADR-0001 has no status
  help: set it to proposed, accepted, rejected, deprecated or superseded

"#]],
        );
    }

    #[test]
    fn unreadable_front_matter_is_left_to_another_rule() {
        check(&RULE, "---\ndeciders: @ada\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_status_missing_from_most_records_is_reported_once() {
        let none = "# A\n";
        check_log(
            &RULE,
            &[
                ("0001-a.md", none),
                ("0002-b.md", none),
                ("0003-c.md", none),
                ("0004-d.md", none),
                ("0005-e.md", none),
                ("0006-f.md", "# F\n\n## Status\n\nAccepted\n"),
            ],
            str![[r#"
.: warning[ADR204]: 5 of 6 records have no status
  help: set it to proposed, accepted, rejected, deprecated or superseded; run `adr lint --select ADR204` to see which

"#]],
        );
    }

    #[test]
    fn a_misspelled_key_is_one_finding() {
        check_all(
            &["ADR203", "ADR204"],
            "---\nstatsu: accepted\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:1: warning[ADR203]: ADR-0001 has the unknown key `statsu`; did you mean `status`?
  fix: rename it to `status` [unsafe]

"#]],
        );
    }
}
