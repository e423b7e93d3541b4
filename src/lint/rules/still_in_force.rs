//! ADR403 `still-in-force`

use crate::lint::analysis::{answers, claims, in_status, status_place, status_words};
use crate::lint::{BackLink, Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{Lifecycle, Record, RecordId, Relation, RelationKind};

rule! {
    /// ## What it checks
    ///
    /// A record that names its successor does not read as accepted any more.
    ///
    /// ## Why it matters
    ///
    /// The record says two things at once. Whoever reads its status alone, as lists, badges and
    /// agents do, follows a decision that another one replaced.
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
    /// ## Fix
    ///
    /// The status becomes superseded, in the style of the record (safe). A record that is written in
    /// a way that cannot be changed safely is left to you.
    pub(super) static RULE: Rule = {
        code: "ADR403",
        name: "still-in-force",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, record) in context.log.iter() {
        // Where another statement says superseded, ADR210 speaks of the two.
        let disagrees = record.statuses.iter().any(|one| one.value.is(Lifecycle::Superseded));
        if !record.is(Lifecycle::Accepted) || disagrees || !context.is_sound(record) {
            continue;
        }
        let own = context.log.relations(id).find(|(relation, target)| {
            let other = target.filter(|target| *target != id);
            relation.kind == RelationKind::SupersededBy
                && other.is_some()
                && !in_status(record, relation) // ADR211 speaks of that
        });
        if let Some((relation, Some(successor))) = own {
            let is_sure = relation.is_direct;
            report(context, Names { id, relation, successor, is_sure }, findings);
        }
    }
    by_claim(context, findings);
}

/// A record in force that names the record which claims its place.
#[derive(Clone, Copy)]
struct Names<'a> {
    id: RecordId,
    relation: &'a Relation,
    successor: RecordId,
    /// Whether a field or a whole sentence says so.
    is_sure: bool,
}

/// Records that name the record which claims their place, but not as their successor.
fn by_claim(context: &Context<'_>, findings: &mut Findings<'_>) {
    for claim in claims(context) {
        let old = context.log.record(claim.to);
        if claim.relation.kind != RelationKind::Supersedes || !old.is(Lifecycle::Accepted) {
            continue;
        }
        let mut answers = answers(context, claim.to, claim.from).peekable();
        let vague = |relation: &Relation| {
            matches!(relation.kind, RelationKind::RelatesTo | RelationKind::Other)
        };
        let Some(first) = answers.peek().copied() else { continue }; // ADR402
        if answers.all(vague) {
            let is_sure = claim.is_sure;
            let names = Names { id: claim.to, relation: first, successor: claim.from, is_sure };
            report(context, names, findings);
        }
    }
}

/// What the old record still says.
fn still(old: &Record) -> String {
    old.status().map_or(String::new(), |status| format!("still reads \"{status}\""))
}

fn report(context: &Context<'_>, names: Names<'_>, findings: &mut Findings<'_>) {
    let old = context.log.record(names.id);
    let (label, new) = (old.label(), context.log.record(names.successor).label());
    let answer = BackLink {
        record: names.id,
        kind: RelationKind::SupersededBy,
        other: names.successor,
        is_superseded: true,
    };
    let fix = context.back_link_fix(answer, names.is_sure);
    let finding = findings
        .report_at(
            FindingSite::Record(names.id, names.relation.span),
            format!("{label} is superseded by {new}, but {}", still(old)),
        )
        .label("names its successor here")
        .related(names.id, status_place(old), status_words(old));
    match fix {
        Some(fix) => finding.help(fix.title.clone()).fix(fix),
        None => finding.help(format!("set the status of {label} to \"superseded by {new}\"")),
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
    fn a_superseded_record_that_says_so_passes() {
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
  here: names its successor here
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
  here: names its successor here
  0001-a.md:3:11: ADR-0001 reads "accepted"
  help: set the status of ADR-0001 to "superseded by ADR-0002"

"#]],
        );
    }

    #[test]
    fn so_is_one_that_names_it_as_a_relative() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: accepted\nrelates-to: ADR-0002\n---\n\n# A\n"),
                SUCCESSOR,
            ],
            str![[r#"
0001-a.md:3:1: error[ADR403]: ADR-0001 is superseded by ADR-0002, but still reads "accepted"
  here: names its successor here
  0001-a.md:2:9: ADR-0001 reads "accepted"
  help: set the status of ADR-0001 to "superseded by ADR-0002"

"#]],
        );
    }

    #[test]
    fn two_values_in_one_status_are_another_matter() {
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
    fn a_part_that_was_replaced_leaves_the_rest_in_force() {
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
