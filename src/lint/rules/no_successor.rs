//! ADR404 `no-successor`

use super::unreadable_supersession::unreadable_successor;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Lifecycle, Record, RelationKind};

rule! {
    /// Reports superseded records that do not name their successor.
    ///
    /// A link elsewhere in the text does not count.
    ///
    /// ## Why is this bad?
    ///
    /// Readers learn that the decision no longer applies, but not what applies instead.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [8. Use NATS](0008-use-nats.md)
    /// ```
    ///
    /// If nothing replaced the decision, use the status *deprecated*.
    pub(super) static RULE: Rule = {
        code: "ADR404",
        name: "no-successor",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !record.is(Lifecycle::Superseded) || unreadable_successor(record).is_some() {
        return; // ADR214 reports it.
    }
    let successor_kinds = [RelationKind::SupersededBy, RelationKind::PartiallySupersededBy];
    let names_successor =
        record.relations.iter().any(|relation| successor_kinds.contains(&relation.kind));
    // If another record claims to be the successor, ADR402 asks for the back link.
    let is_claimed = context.id(record).is_some_and(|id| !context.log.successors(id).is_empty());
    let status_span = record.statuses.first().and_then(|status| status.span);
    let has_link = status_span.is_some_and(|status_span| has_link_on_line(record, status_span));
    if names_successor || is_claimed || has_link {
        return;
    }
    findings
        .report(
            status_span.unwrap_or_default(),
            format!("{} is superseded but names no successor", record.label()),
        )
        .help("name the successor, or write \"deprecated\" if there is none");
}

/// Returns whether the line of the status contains any link.
fn has_link_on_line(record: &Record, status: crate::text::Span) -> bool {
    let text_from_status = record.text().get(status.start..).unwrap_or_default();
    let status_line = text_from_status.lines().next().unwrap_or_default();
    status_line.contains("](") || status_line.contains("://")
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_log};

    #[test]
    fn a_record_that_names_its_successor_passes() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n", str![]);
        check(&RULE, "---\nstatus: superseded\nsuperseded-by: ADR-0002\n---\n\n# A\n", str![]);
    }

    #[test]
    fn a_record_named_by_its_successor_passes() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: superseded\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
            ],
            str![],
        );
    }

    #[test]
    fn a_record_without_a_successor_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nSuperseded\n\n## Context\n\nSee [this](0002-b.md).\n",
            str![[r#"
0001-test.md:5:1: warning[ADR404]: ADR-0001 is superseded but names no successor
  help: name the successor, or write "deprecated" if there is none

"#]],
        );
        check(
            &RULE,
            "---\nstatus: superseded\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:9: warning[ADR404]: ADR-0001 is superseded but names no successor
  help: name the successor, or write "deprecated" if there is none

"#]],
        );
    }
}
