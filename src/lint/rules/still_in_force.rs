//! ADR403 `still-in-force`

use crate::lint::analysis::{answers, claims, in_status, status_place, status_words};
use crate::lint::{BackLink, Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{Lifecycle, Record, RecordId, Relation, RelationKind};

rule! {
    /// Reports accepted records that name a successor.
    ///
    /// ## Why is this bad?
    ///
    /// The record contradicts itself. People and agents that read only the status, for example in a list or
    /// a badge, follow a decision that was replaced.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// superseded-by: ADR-0007
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: superseded
    /// superseded-by: ADR-0007
    /// ---
    /// ```
    ///
    /// ## Fix
    ///
    /// The status is set to superseded in the style of the record (safe). Records that cannot be changed
    /// safely are not fixed.
    pub(super) static RULE: Rule = {
        code: "ADR403",
        name: "still-in-force",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (record_id, record) in context.log.iter() {
        // If another statement is "superseded", ADR210 reports the contradiction.
        let has_superseded =
            record.statuses.iter().any(|statement| statement.value.is(Lifecycle::Superseded));
        if !record.is(Lifecycle::Accepted) || has_superseded || !context.is_sound(record) {
            continue;
        }
        let successor_relation = context.log.relations(record_id).find(|(relation, target)| {
            let other_target = target.filter(|target| *target != record_id);
            relation.kind == RelationKind::SupersededBy
                && other_target.is_some()
                && !in_status(record, relation) // ADR211 reports it.
        });
        if let Some((relation, Some(successor))) = successor_relation {
            let is_sure = relation.is_direct;
            report(context, NamedSuccessor { record_id, relation, successor, is_sure }, findings);
        }
    }
    check_claims(context, findings);
}

/// A record in force that names its successor.
#[derive(Clone, Copy)]
struct NamedSuccessor<'a> {
    record_id: RecordId,
    relation: &'a Relation,
    successor: RecordId,
    /// Whether the relation is a field or a whole sentence.
    is_sure: bool,
}

/// Reports records that name the record which supersedes them, but not as their successor.
fn check_claims(context: &Context<'_>, findings: &mut Findings<'_>) {
    for claim in claims(context) {
        let old_record = context.log.record(claim.to);
        if claim.relation.kind != RelationKind::Supersedes || !old_record.is(Lifecycle::Accepted) {
            continue;
        }
        let mut answers = answers(context, claim.to, claim.from).peekable();
        let is_vague = |relation: &Relation| {
            matches!(relation.kind, RelationKind::RelatesTo | RelationKind::Other)
        };
        let Some(first_answer) = answers.peek().copied() else { continue }; // ADR402 reports it.
        if answers.all(is_vague) {
            let is_sure = claim.is_sure;
            let named_successor = NamedSuccessor {
                record_id: claim.to,
                relation: first_answer,
                successor: claim.from,
                is_sure,
            };
            report(context, named_successor, findings);
        }
    }
}

/// Returns the part of the message about the status of the old record.
fn still_reads(old: &Record) -> String {
    old.status().map_or(String::new(), |status| format!("still reads \"{status}\""))
}

fn report(context: &Context<'_>, named: NamedSuccessor<'_>, findings: &mut Findings<'_>) {
    let old_record = context.log.record(named.record_id);
    let (old_label, new_label) = (old_record.label(), context.log.record(named.successor).label());
    let answer = BackLink {
        record: named.record_id,
        kind: RelationKind::SupersededBy,
        other: named.successor,
        is_superseded: true,
    };
    let fix = context.back_link_fix(answer, named.is_sure);
    let finding = findings
        .report_at(
            FindingSite::Record(named.record_id, named.relation.span),
            format!("{old_label} is superseded by {new_label}, but {}", still_reads(old_record)),
        )
        .label("successor named here")
        .related(named.record_id, status_place(old_record), status_words(old_record));
    match fix {
        Some(fix) => finding.help(fix.title.clone()).fix(fix),
        None => {
            finding.help(format!("set the status of {old_label} to \"superseded by {new_label}\""))
        }
    };
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    const SUCCESSOR: (&str, &str) =
        ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n");

    #[test]
    fn a_record_marked_as_superseded_passes() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: superseded\nsuperseded-by: ADR-0002\n---\n\n# A\n"),
                SUCCESSOR,
            ],
            str![],
        );
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2. B](0002-b.md)\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n"),
            ],
            str![],
        );
    }

    #[test]
    fn a_record_that_names_its_successor_in_another_field_is_reported() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: accepted\nsuperseded-by: ADR-0002\n---\n\n# A\n"),
                SUCCESSOR,
            ],
            str![[r#"
0001-a.md:3:1: error[ADR403]: ADR-0001 is superseded by ADR-0002, but still reads "accepted"
  here: successor named here
  0001-a.md:2:9: ADR-0001 reads "accepted"
  help: set the status of ADR-0001 to "superseded by ADR-0002"

"#]],
        );
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n* Status: accepted\n* Superseded by: [2](0002-b.md)\n"),
                ("0002-b.md", "# 2. B\n\n* Status: accepted\n"),
            ],
            str![[r#"
0001-a.md:4:1: error[ADR403]: ADR-0001 is superseded by ADR-0002, but still reads "accepted"
  here: successor named here
  0001-a.md:3:11: ADR-0001 reads "accepted"
  help: set the status of ADR-0001 to "superseded by ADR-0002"

"#]],
        );
    }

    #[test]
    fn a_successor_named_as_related_is_reported() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: accepted\nrelates-to: ADR-0002\n---\n\n# A\n"),
                SUCCESSOR,
            ],
            str![[r#"
0001-a.md:3:1: error[ADR403]: ADR-0001 is superseded by ADR-0002, but still reads "accepted"
  here: successor named here
  0001-a.md:2:9: ADR-0001 reads "accepted"
  help: set the status of ADR-0001 to "superseded by ADR-0002"

"#]],
        );
    }

    #[test]
    fn two_values_in_one_status_are_left_to_another_rule() {
        check_log(
            &RULE,
            &[
                (
                    "0001-a.md",
                    "# 1. A\n\n## Status\n\nAccepted\n\nSuperseded by [2. B](0002-b.md)\n",
                ),
                ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n"),
            ],
            str![],
        );
    }

    #[test]
    fn a_partially_superseded_record_stays_in_force() {
        check_log(
            &RULE,
            &[
                (
                    "0001-a.md",
                    "---\nstatus: accepted\npartially-superseded-by: ADR-0002\n---\n\n# A\n",
                ),
                ("0002-b.md", "---\nstatus: accepted\n---\n\n# B\n"),
            ],
            str![""],
        );
    }
}
