//! ADR214 `unreadable-supersession`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Lifecycle, Record, RelationKind};
use crate::text::Span;

rule! {
    /// Reports "superseded by" without a record or a link.
    ///
    /// ## Why is this bad?
    ///
    /// Readers learn that there is a successor but cannot find it.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by the new messaging
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [8. Use NATS](0008-use-nats.md)
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR214",
        name: "unreadable-supersession",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((claim_span, claim)) = unreadable_successor(record) else { return };
    findings
        .report(
            claim_span,
            format!("{} is superseded by `{claim}`, which does not name a record", record.label()),
        )
        .help("write the number of the successor, or link to it");
}

/// Returns the words after "superseded by" in a record that names no successor, unless they contain a link.
pub(super) fn unreadable_successor(record: &Record) -> Option<(Span, &str)> {
    let status = record.statuses.first().filter(|status| status.value.is(Lifecycle::Superseded))?;
    let names_successor = |kind| record.relations.iter().any(|relation| relation.kind == kind);
    if names_successor(RelationKind::SupersededBy)
        || names_successor(RelationKind::PartiallySupersededBy)
    {
        return None;
    }
    let text = record.text();
    let status_start = status.span?.start;
    let status_line = text.get(status_start..)?.lines().next()?;
    // An explanation of a status is not a statement of one.
    if status_line.starts_with('`') {
        return None;
    }
    // ASCII case folding does not move any bytes.
    let words_start = status_line.to_ascii_lowercase().find(" by ")? + " by ".len();
    let words_span =
        Span::new(status_start + words_start, status_start + status_line.len()).trim(text);
    let words =
        words_span.of(text).trim_matches(|c: char| matches!(c, '"' | '\'' | '*' | '.' | '_'));
    let has_link = words.contains("](") || words.contains("://") || words.contains("][");
    let is_empty = !words.contains(char::is_alphanumeric);
    (!has_link && !is_empty).then_some((words_span, words))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn a_readable_successor_passes() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n", str![]);
        check(&RULE, "---\nstatus: superseded by ADR-0002\n---\n\n# A\n", str![]);
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [this](https://example.org)\n", str![]);
    }

    #[test]
    fn a_status_without_by_is_left_to_another_rule() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded\n", str![]);
    }

    #[test]
    fn words_that_do_not_name_a_record_are_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nSuperseded by the new messaging\n",
            str![[r#"
0001-test.md:5:15: error[ADR214]: ADR-0001 is superseded by `the new messaging`, which does not name a record
  help: write the number of the successor, or link to it

"#]],
        );
        check(
            &RULE,
            "---\nstatus: superseded by the new messaging\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:23: error[ADR214]: ADR-0001 is superseded by `the new messaging`, which does not name a record
  help: write the number of the successor, or link to it

"#]],
        );
    }

    #[test]
    fn an_explanation_of_a_status_is_not_a_claim() {
        let text = "# A\n\n## Status\n\n- `replaced`: it was later replaced by another one.\n";
        check(&RULE, text, str![]);
    }
}
