//! ADR407 `undecided-successor`

use std::collections::BTreeSet;

use crate::lint::analysis::{is_undecided, status_place, status_words};
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Lifecycle, Record, RelationKind};

rule! {
    /// ## What it checks
    ///
    /// The record that took the place of a superseded one was decided.
    ///
    /// ## Why it matters
    ///
    /// Where the successor was rejected, nothing is in force (error). Where it is a draft or a
    /// proposal, the old decision was given up too early (warning).
    ///
    /// ## Example
    ///
    /// ADR-0003 reads "superseded by ADR-0007", and ADR-0007 reads "rejected".
    pub(super) static RULE: Rule = {
        code: "ADR407",
        name: "undecided-successor",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(id) = context.id(record).filter(|_| record.is(Lifecycle::Superseded)) else { return };
    let named: Vec<_> = context
        .log
        .relations(id)
        .filter(|(relation, _)| relation.kind == RelationKind::SupersededBy)
        .filter_map(|(relation, target)| Some((relation, target.filter(|to| *to != id)?)))
        .collect();
    // One decided successor is enough.
    if named.iter().any(|(_, to)| !is_undecided(context.log.record(*to))) {
        return;
    }
    let mut told = BTreeSet::new();
    for (relation, to) in named {
        if !told.insert(to) {
            continue;
        }
        let successor = context.log.record(to);
        if !context.is_sound(successor) {
            continue;
        }
        let rejected = successor.is(Lifecycle::Rejected);
        let severity = findings.severity(if rejected { Level::Error } else { Level::Warning });
        let words = status_words(successor);
        findings
            .report(
                relation.span,
                format!("{} is superseded by {}, but {words}", record.label(), successor.label()),
            )
            .severity(severity)
            .related(to, status_place(successor), words)
            .help("decide on the successor, or keep the old decision in force");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    const OLD: (&str, &str) =
        ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n");

    #[test]
    fn a_decided_successor_passes() {
        check_log(&RULE, &[OLD, ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n")], str![]);
        check_log(&RULE, &[OLD, ("0002-b.md", "---\nstatus: accepted\n---\n\n# B\n")], str![]);
    }

    #[test]
    fn a_rejected_successor_is_an_error() {
        check_log(
            &RULE,
            &[OLD, ("0002-b.md", "# 2. B\n\n## Status\n\nRejected\n")],
            str![[r#"
0001-a.md:5:1: error[ADR407]: ADR-0001 is superseded by ADR-0002, but ADR-0002 reads "rejected"
  0002-b.md:5:1: ADR-0002 reads "rejected"
  help: decide on the successor, or keep the old decision in force

"#]],
        );
    }

    #[test]
    fn a_proposed_successor_is_a_warning() {
        check_log(
            &RULE,
            &[OLD, ("0002-b.md", "---\nstatus: proposed\n---\n\n# B\n")],
            str![[r#"
0001-a.md:5:1: warning[ADR407]: ADR-0001 is superseded by ADR-0002, but ADR-0002 reads "proposed"
  0002-b.md:2:9: ADR-0002 reads "proposed"
  help: decide on the successor, or keep the old decision in force

"#]],
        );
    }
}
