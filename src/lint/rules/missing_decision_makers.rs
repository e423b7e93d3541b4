//! ADR216 `missing-decision-makers`

use super::unknown_key::intended_field;
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};

rule! {
    /// Reports accepted MADR records that do not name the decision makers.
    ///
    /// Applies only to MADR records with front matter. Nygard's format has no place for names, and MADR
    /// records without front matter often omit them.
    ///
    /// ## Why is this bad?
    ///
    /// Later readers do not know whom to ask, or whether the right people agreed.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// date: 2024-05-01
    /// decision-makers: [Ada, Grace]
    /// ---
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR216",
        name: "missing-decision-makers",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("name no decision makers"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = &record.document.front_matter else { return };
    let has_names = !record.decision_makers.is_empty();
    if has_names || record.format.name != "madr" || !record.is(Lifecycle::Accepted) {
        return;
    }
    let known_keys = ["decision-makers", "deciders"];
    let is_misspelled = |key: &str| {
        intended_field(front_matter, key).is_some_and(|known_key| known_keys.contains(&known_key))
    };
    if front_matter.entries.iter().any(|entry| is_misspelled(&entry.key.value)) {
        return; // ADR203 reports the misspelled key.
    }
    let key_span = front_matter.entry(&known_keys).map(|entry| entry.key.span);
    let status_span = record.statuses.first().and_then(|status| status.span);
    findings
        .report(
            key_span.or(status_span).unwrap_or_default(),
            format!("{} is accepted but names no decision makers", record.label()),
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
    fn a_misspelled_key_is_one_finding() {
        let body = "## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* A\n* B\n\n## Decision Outcome\n\nA.\n";
        check_all(
            &["ADR203", "ADR206", "ADR216"],
            &format!(
                "---\nstatus: accepted\ndaet: 2024-01-01\ndecison-makers: Ann\n---\n\n# A\n\n{body}"
            ),
            str![[r#"
0001-test.md:3:1: warning[ADR203]: ADR-0001 has the unknown key `daet`; did you mean `date`?
  fix: rename it to `date` [unsafe]
0001-test.md:4:1: warning[ADR203]: ADR-0001 has the unknown key `decison-makers`; did you mean `decision-makers`?
  fix: rename it to `decision-makers` [unsafe]

"#]],
        );
    }

    #[test]
    fn a_record_with_decision_makers_passes() {
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
0001-test.md:2:9: warning[ADR216]: ADR-0001 is accepted but names no decision makers
  help: list them under `decision-makers`

"#]],
        );
        check(
            &RULE,
            &format!("---\nstatus: accepted\ndecision-makers:\n---\n\n{BODY}"),
            str![[r#"
0001-test.md:3:1: warning[ADR216]: ADR-0001 is accepted but names no decision makers
  help: list them under `decision-makers`

"#]],
        );
    }
}
