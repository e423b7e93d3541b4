//! ADR602 `code-cites-dead-record`

use crate::lint::analysis::Citation;
use crate::lint::analysis::status_place;
use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{Checkout, Lifecycle, RecordId};
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// A comment in a program names no decision that is superseded or rejected, as `ADR-0012` or
    /// `@adr 0012`. Read are the programs that git tracks, up to a megabyte each; not read are folders of
    /// what others wrote (`vendor`, `node_modules`, …) and of what tests are given (`testdata`,
    /// `fixtures`, …).
    ///
    /// A line that names the successor too knows of it. Quoted ids, and numbers that another log of
    /// the repository has, are left alone.
    ///
    /// ## Why it matters
    ///
    /// The code rests on a decision that no longer holds, and whoever reads it follows the old one.
    ///
    /// ## Example
    ///
    /// ```go
    /// // Messages are kept for a day, see ADR-0002.
    /// ```
    ///
    /// where ADR-0002 is superseded by ADR-0003. Files are left out by their paths from the root of
    /// the repository:
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
    let all = context.citations();
    for one in all {
        let Some(id) = one.record else { continue };
        let record = context.log.record(id);
        let dead = [(Lifecycle::Superseded, "superseded"), (Lifecycle::Rejected, "rejected")];
        let Some((_, word)) = dead.iter().find(|(state, _)| record.is(*state)) else { continue };
        let current = context.log.current(id);
        if names_one_of(all, (one, one.line(checkout)), current) {
            continue;
        }
        let message = format!("the comment cites {}, which is {word}", record.label());
        let finding = findings.report_at(FindingSite::Tracked(one.text, one.span), message);
        finding.related(id, status_place(record), format!("{} is {word}", record.label()));
        let labels: Vec<String> =
            current.iter().map(|id| context.log.record(*id).label()).collect();
        match labels.as_slice() {
            [] => finding.help("see whether the code still does what was decided"),
            labels => finding
                .help(format!("in force is {}: follow it, and cite it", labels.join(" and "))),
        };
    }
}

/// Whether the `line` of `one` also cites one of `ids`; `all` are in the order of files and texts.
fn names_one_of(all: &[Citation], (one, line): (&Citation, Span), ids: &[RecordId]) -> bool {
    let first =
        all.partition_point(|other| (other.text, other.span.start) < (one.text, line.start));
    let behind = all.iter().skip(first);
    let beside = behind.take_while(|other| other.text == one.text && line.contains(other.span));
    beside.filter_map(|other| other.record).any(|id| ids.contains(&id))
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
    fn decisions_in_force_pass_and_so_does_what_is_no_comment() {
        let text = "// see ADR-0001, and ADR-0003 in the place of ADR-0002\nlet id = \"ADR-0002\"; // `ADR-0002`\n// docs/adr/ADR-0002.md XADR-0002 ADR-0002-b\n";
        check_around(&RULE, &[("src/a.rs", text), ("notes.md", "ADR-0002\n")], LOG, str![]);
    }

    #[test]
    fn a_dead_decision_is_reported_where_it_is_cited() {
        let tree = [("src/a.rs", "fn a() {} // see ADR-0002.\n"), ("b.py", "x\n# @adr 4\n")];
        check_around(
            &RULE,
            &tree,
            LOG,
            str![[r#"
b.py:2:3: warning[ADR602]: the comment cites ADR-0004, which is rejected
  0004-d.md:2:9: ADR-0004 is rejected
  help: see whether the code still does what was decided
src/a.rs:1:18: warning[ADR602]: the comment cites ADR-0002, which is superseded
  0002-b.md:5:1: ADR-0002 is superseded
  help: in force is ADR-0003: follow it, and cite it

"#]],
        );
    }

    #[test]
    fn a_number_that_another_log_has_may_mean_that() {
        let tree = [("a.rs", "// ADR-0002\n"), ("services/api/docs/adr/0002-x.md", "")];
        check_around(&RULE, &tree, LOG, str![]);
    }
}
