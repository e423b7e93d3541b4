//! ADR204 `missing-status`

use super::{unknown_key, wrong_type};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::syntax::NodeKind;

rule! {
    /// ## What it checks
    ///
    /// A record states its status: in front matter, in a `Status` section, in a list or in a table
    /// at its beginning.
    ///
    /// ## Why it matters
    ///
    /// Without a status nobody can tell a decision from a proposal, or one that holds from one
    /// that was given up.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Ship weekly
    ///
    /// ## Context
    /// ```
    ///
    /// Where most records of a log state none, that is reported once, on the log.
    pub(super) static RULE: Rule = {
        code: "ADR204",
        name: "missing-status",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("state no status"),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !record.statuses.is_empty() || is_told_otherwise(record, context) {
        return;
    }
    let title = record.title.as_ref().and_then(|title| title.span).unwrap_or_default();
    findings
        .report(title, format!("{} states no status", record.label()))
        .help("say whether it is proposed, accepted, rejected, deprecated or superseded");
}

/// Whether ADR203 or ADR209 says why no status could be read.
fn is_told_otherwise(record: &Record, context: &Context<'_>) -> bool {
    let Some(front) = &record.document.front_matter else { return false };
    let entry = front.entry(&["status"]);
    if let Some(entry) = entry {
        let is_nested = matches!(entry.value.kind, NodeKind::List(_) | NodeKind::Map(_));
        return is_nested && context.is_on(&wrong_type::RULE);
    }
    let mut keys = front.entries.iter().map(|entry| entry.key.value.as_str());
    context.is_on(&unknown_key::RULE)
        && keys.any(|key| unknown_key::meant(front, key) == Some("status"))
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
0001-test.md:1:3: warning[ADR204]: ADR-0001 states no status
  help: say whether it is proposed, accepted, rejected, deprecated or superseded

"#]],
        );
        check(
            &RULE,
            "---\ndate: 2024-01-01\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:5:3: warning[ADR204]: ADR-0001 states no status
  help: say whether it is proposed, accepted, rejected, deprecated or superseded

"#]],
        );
    }

    #[test]
    fn front_matter_that_cannot_be_read_is_another_matter() {
        check(&RULE, "---\ndeciders: @ada\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn what_most_records_lack_is_said_once() {
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
.: warning[ADR204]: 5 of 6 records state no status
  help: say whether it is proposed, accepted, rejected, deprecated or superseded; run `adr lint --select ADR204` to see which

"#]],
        );
    }

    #[test]
    fn a_slip_in_the_key_is_one_finding() {
        check_all(
            &["ADR203", "ADR204"],
            "---\nstatsu: accepted\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:1: warning[ADR203]: ADR-0001 has the key `statsu`: did you mean `status`?
  fix: call it `status` [unsafe]

"#]],
        );
    }
}
