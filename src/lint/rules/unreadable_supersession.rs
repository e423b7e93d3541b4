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
    let Some((span, claim)) = claim(record) else { return };
    findings
        .report(
            span,
            format!("{} is superseded by `{claim}`, which does not name a record", record.label()),
        )
        .help("write the number of the successor, or link to it");
}

/// What follows "superseded by" in a record that names no successor, where it leads nowhere.
pub(super) fn claim(record: &Record) -> Option<(Span, &str)> {
    let stated = record.statuses.first().filter(|stated| stated.value.is(Lifecycle::Superseded))?;
    let names = |kind| record.relations.iter().any(|relation| relation.kind == kind);
    if names(RelationKind::SupersededBy) || names(RelationKind::PartiallySupersededBy) {
        return None;
    }
    let text = record.text();
    let start = stated.span?.start;
    let line = text.get(start..)?.lines().next()?;
    // An explanation of what a status means is no statement of one.
    if line.starts_with('`') {
        return None;
    }
    // Case folding of ASCII keeps every byte in its place.
    let at = line.to_ascii_lowercase().find(" by ")? + " by ".len();
    let span = Span::new(start + at, start + line.len()).trim(text);
    let words = span.of(text).trim_matches(|c: char| matches!(c, '"' | '\'' | '*' | '.' | '_'));
    let leads = words.contains("](") || words.contains("://") || words.contains("][");
    let stands_for_nothing = !words.contains(char::is_alphanumeric);
    (!leads && !stands_for_nothing).then_some((span, words))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn a_successor_that_can_be_read_passes() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n", str![]);
        check(&RULE, "---\nstatus: superseded by ADR-0002\n---\n\n# A\n", str![]);
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [this](https://example.org)\n", str![]);
    }

    #[test]
    fn a_status_without_by_is_another_matter() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded\n", str![]);
    }

    #[test]
    fn words_that_name_no_record_are_reported() {
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
    fn an_explanation_of_a_status_is_no_claim() {
        let text = "# A\n\n## Status\n\n- `replaced`: it was later replaced by another one.\n";
        check(&RULE, text, str![]);
    }
}
