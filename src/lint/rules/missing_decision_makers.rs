//! ADR216 `missing-decision-makers`

use super::unknown_key::meant;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};

rule! {
    /// ## What it checks
    ///
    /// An accepted MADR record with front matter names who decided.
    ///
    /// ## Why it matters
    ///
    /// Later readers know whom to ask, and whether the right people agreed. Nygard's form has no
    /// place for names, and MADR without front matter does without them too: neither is asked.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// date: 2024-05-01
    /// ---
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR216",
        name: "missing-decision-makers",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("do not name who decided"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front) = &record.document.front_matter else { return };
    let named = !record.decision_makers.is_empty();
    if named || record.format.name != "madr" || !record.is(Lifecycle::Accepted) {
        return;
    }
    let keys = ["decision-makers", "deciders"];
    let is_slip = |key: &str| meant(front, key).is_some_and(|word| keys.contains(&word));
    if front.entries.iter().any(|entry| is_slip(&entry.key.value)) {
        return; // ADR203
    }
    let place = front.entry(&keys).map(|entry| entry.key.span);
    let status = record.statuses.first().and_then(|status| status.span);
    findings
        .report(
            place.or(status).unwrap_or_default(),
            format!("{} is accepted, and names nobody who decided", record.label()),
        )
        .help("list them under `decision-makers`");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all};

    const BODY: &str = "# Use Rust\n\n## Context and Problem Statement\n\nSpeed.\n\n## Considered Options\n\n* Rust\n* Go\n\n## Decision Outcome\n\nChosen option: \"Rust\".\n";

    #[test]
    fn a_key_with_a_slip_in_it_is_one_finding() {
        let body = "## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* A\n* B\n\n## Decision Outcome\n\nA.\n";
        check_all(
            &["ADR203", "ADR206", "ADR216"],
            &format!(
                "---\nstatus: accepted\ndaet: 2024-01-01\ndecison-makers: Ann\n---\n\n# A\n\n{body}"
            ),
            str![[r#"
0001-test.md:3:1: warning[ADR203]: ADR-0001 has the key `daet`: did you mean `date`?
  fix: call it `date` [unsafe]
0001-test.md:4:1: warning[ADR203]: ADR-0001 has the key `decison-makers`: did you mean `decision-makers`?
  fix: call it `decision-makers` [unsafe]

"#]],
        );
    }

    #[test]
    fn a_record_that_names_them_passes() {
        let front = "---\nstatus: accepted\ndecision-makers: [Ada, Grace]\n---\n\n";
        check(&RULE, &format!("{front}{BODY}"), str![]);
    }

    #[test]
    fn a_proposal_and_a_form_without_names_pass() {
        check(&RULE, &format!("---\nstatus: proposed\n---\n\n{BODY}"), str![]);
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n\n## Context\n\nSpeed.\n", str![]);
    }

    #[test]
    fn an_accepted_record_without_names_is_reported() {
        check(
            &RULE,
            &format!("---\nstatus: accepted\n---\n\n{BODY}"),
            str![[r#"
0001-test.md:2:9: warning[ADR216]: ADR-0001 is accepted, and names nobody who decided
  help: list them under `decision-makers`

"#]],
        );
        check(
            &RULE,
            &format!("---\nstatus: accepted\ndecision-makers:\n---\n\n{BODY}"),
            str![[r#"
0001-test.md:3:1: warning[ADR216]: ADR-0001 is accepted, and names nobody who decided
  help: list them under `decision-makers`

"#]],
        );
    }
}
