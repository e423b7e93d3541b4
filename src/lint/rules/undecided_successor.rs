//! ADR407 `undecided-successor`

use std::collections::BTreeSet;

use crate::lint::analysis::{is_undecided, status_place, status_words};
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Lifecycle, Record, RecordId, RelationKind};

rule! {
    /// Reports records superseded by a record that is not decided.
    ///
    /// ## Why is this bad?
    ///
    /// If the successor was rejected, nothing is in force (error). If it is a draft or a proposal, the old
    /// decision was abandoned too early (warning).
    ///
    /// ## Example
    ///
    /// ADR-0003 is superseded by ADR-0007, but the status of ADR-0007 is "rejected".
    ///
    /// ## Use instead
    ///
    /// Accept ADR-0007, or keep ADR-0003 in force.
    pub(super) static RULE: Rule = {
        code: "ADR407",
        name: "undecided-successor",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(record_id) = context.id(record).filter(|_| record.is(Lifecycle::Superseded)) else {
        return;
    };
    let named_successors: Vec<_> = context
        .log
        .relations(record_id)
        .filter(|(relation, _)| relation.kind == RelationKind::SupersededBy)
        .filter_map(|(relation, target)| {
            Some((relation, target.filter(|successor_id| *successor_id != record_id)?))
        })
        .collect();
    // One decided successor is enough.
    let is_decided = |id: &RecordId| !is_undecided(context.log.record(*id));
    if named_successors.iter().any(|(_, successor_id)| is_decided(successor_id)) {
        return;
    }
    let mut reported_ids = BTreeSet::new();
    for (relation, successor_id) in named_successors {
        let successor = context.log.record(successor_id);
        if !reported_ids.insert(successor_id) || !context.is_sound(successor) {
            continue;
        }
        let is_rejected = successor.is(Lifecycle::Rejected);
        let severity = findings.severity(if is_rejected { Level::Error } else { Level::Warning });
        let successor_status = status_words(successor);
        findings
            .report(
                relation.span,
                format!(
                    "{} is superseded by {}, but {successor_status}",
                    record.label(),
                    successor.label()
                ),
            )
            .severity(severity)
            .related(successor_id, status_place(successor), successor_status)
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
