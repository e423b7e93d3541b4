//! ADR602 `code-cites-dead-record`

use crate::lint::analysis::Citation;
use crate::lint::analysis::status_place;
use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{Checkout, Lifecycle, RecordId};
use crate::text::Span;

rule! {
    /// Reports code comments that cite superseded or rejected decisions.
    ///
    /// Reads the programs that git tracks, up to one megabyte each, and looks for citations such as
    /// `ADR-0012` or `@adr 0012`. Folders of third-party code (`vendor`, `node_modules`, …) and of test
    /// data (`testdata`, `fixtures`, …) are skipped.
    ///
    /// A line that also cites the successor is not reported. Neither are quoted ids, nor numbers that
    /// another log in the repository uses.
    ///
    /// ## Why is this bad?
    ///
    /// The code is based on a decision that no longer applies, and its readers follow the old decision.
    ///
    /// ## Example
    ///
    /// ADR-0002 is superseded by ADR-0003:
    ///
    /// ```go
    /// // Messages are kept for a day, see ADR-0002.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```go
    /// // Messages are kept for a week, see ADR-0003.
    /// ```
    ///
    /// ## Options
    ///
    /// To exclude files, give their paths from the root of the repository in `adr.toml`:
    ///
    /// ```toml
    /// [lint.per-file-ignores]
    /// "tools/**" = ["ADR602", "ADR603"]
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR602",
        name: "code-cites-dead-record",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Repository(check),
    };
}

fn check(checkout: &Checkout, context: &Context<'_>, findings: &mut Findings<'_>) {
    let citations = context.citations();
    for citation in citations {
        let Some(record_id) = citation.record else { continue };
        let record = context.log.record(record_id);
        let retired_states =
            [(Lifecycle::Superseded, "superseded"), (Lifecycle::Rejected, "rejected")];
        let Some((_, state_name)) = retired_states.iter().find(|(state, _)| record.is(*state))
        else {
            continue;
        };
        let current_ids = context.log.current(record_id);
        if line_also_cites(citations, (citation, citation.line(checkout)), current_ids) {
            continue;
        }
        let message = format!("the comment cites {}, which is {state_name}", record.label());
        let finding =
            findings.report_at(FindingSite::Tracked(citation.text, citation.span), message);
        finding.related(
            record_id,
            status_place(record),
            format!("{} is {state_name}", record.label()),
        );
        let current_labels: Vec<String> =
            current_ids.iter().map(|record_id| context.log.record(*record_id).label()).collect();
        match current_labels.as_slice() {
            [] => finding.help("check whether the code still does what was decided"),
            current_labels => {
                finding.help(format!("follow and cite {} instead", current_labels.join(" and ")))
            }
        };
    }
}

/// Returns whether the line of the citation also cites one of `ids`. `citations` are sorted by file and
/// position.
fn line_also_cites(
    citations: &[Citation],
    (citation, line): (&Citation, Span),
    ids: &[RecordId],
) -> bool {
    let line_start = (citation.text, line.start);
    let first_index =
        citations.partition_point(|other| (other.text, other.span.start) < line_start);
    let mut same_line = citations
        .iter()
        .skip(first_index)
        .take_while(|other| other.text == citation.text && line.contains(other.span));
    same_line.any(|other| other.record.is_some_and(|id| ids.contains(&id)))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_around;

    const LOG: &[(&str, &str)] = &[
        ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
        ("0002-b.md", "# 2. B\n\n## Status\n\nSuperseded by [3. C](0003-c.md)\n"),
        ("0003-c.md", "# 3. C\n\n## Status\n\nAccepted\n\nSupersedes [2. B](0002-b.md)\n"),
        ("0004-d.md", "---\nstatus: rejected\n---\n\n# D\n"),
    ];

    #[test]
    fn decisions_in_force_and_text_outside_comments_pass() {
        let text = "// see ADR-0001, and ADR-0003 in the place of ADR-0002\nlet id = \"ADR-0002\"; // `ADR-0002`\n// docs/adr/ADR-0002.md XADR-0002 ADR-0002-b\n";
        check_around(&RULE, &[("src/a.rs", text), ("notes.md", "ADR-0002\n")], LOG, str![]);
    }

    #[test]
    fn a_citation_of_a_dead_decision_is_reported() {
        let tree = [("src/a.rs", "fn a() {} // see ADR-0002.\n"), ("b.py", "x\n# @adr 4\n")];
        check_around(
            &RULE,
            &tree,
            LOG,
            str![[r#"
b.py:2:3: warning[ADR602]: the comment cites ADR-0004, which is rejected
  0004-d.md:2:9: ADR-0004 is rejected
  help: check whether the code still does what was decided
src/a.rs:1:18: warning[ADR602]: the comment cites ADR-0002, which is superseded
  0002-b.md:5:1: ADR-0002 is superseded
  help: follow and cite ADR-0003 instead

"#]],
        );
    }

    #[test]
    fn a_number_in_another_log_passes() {
        let tree = [("a.rs", "// ADR-0002\n"), ("services/api/docs/adr/0002-x.md", "")];
        check_around(&RULE, &tree, LOG, str![]);
    }
}
