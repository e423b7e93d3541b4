//! ADR408 `contested-successor`

use crate::lint::analysis::{answers, claims};
use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::RelationKind;

rule! {
    /// Reports successors that the superseded record does not name.
    ///
    /// Applies if the superseded record names another successor. If it names none, ADR402 reports it.
    ///
    /// ## Why is this bad?
    ///
    /// A decision may be split among several successors, and then it must name all of them. If it names
    /// only one, either the other claim is a mistake, or readers miss half of what applies.
    ///
    /// ## Example
    ///
    /// ADR-0007 and ADR-0009 both state "supersedes ADR-0003", and ADR-0003 states "superseded by
    /// ADR-0007".
    ///
    /// ## Use instead
    ///
    /// Name both successors in ADR-0003, or remove the wrong claim from ADR-0009:
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [7. Use NATS](0007-use-nats.md) and [9. Use Redis](0009-use-redis.md)
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR408",
        name: "contested-successor",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for claim in claims(context) {
        let is_whole = claim.relation.kind == RelationKind::Supersedes;
        if !is_whole || answers(context, claim.to, claim.from).next().is_some() {
            continue;
        }
        let named_successor = context.log.relations(claim.to).find_map(|(relation, target)| {
            let is_successor = relation.kind == RelationKind::SupersededBy;
            Some((relation, target.filter(|_| is_successor)?))
        });
        let Some((relation, other_successor)) = named_successor else { continue }; // ADR402 reports it.
        // The named successor in turn supersedes this record: the chain was only shortened.
        if context.log.current(claim.from).iter().any(|final_id| {
            context.log.current(other_successor).binary_search(final_id).is_ok()
                || *final_id == other_successor
        }) {
            continue;
        }
        let label_of = |id| context.log.record(id).label();
        findings
            .report_at(
                FindingSite::Record(claim.from, claim.relation.span),
                format!(
                    "{} supersedes {}, which names only {} as its successor",
                    label_of(claim.from),
                    label_of(claim.to),
                    label_of(other_successor)
                ),
            )
            .related(
                claim.to,
                relation.span,
                format!("{} is named here", label_of(other_successor)),
            )
            .help("name both successors in the old record, or remove one of the claims");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    const ONE: (&str, &str) =
        ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n");
    const OTHER: (&str, &str) =
        ("0003-c.md", "# 3. C\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-a.md)\n");

    #[test]
    fn a_record_that_names_both_successors_passes() {
        let old = "---\nstatus: superseded\nsuperseded-by: [ADR-0002, ADR-0003]\n---\n\n# A\n";
        check_log(&RULE, &[("0001-a.md", old), ONE, OTHER], str![]);
    }

    #[test]
    fn a_claim_without_an_answer_is_reported() {
        let old = "---\nstatus: superseded by ADR-0002\n---\n\n# A\n";
        check_log(
            &RULE,
            &[("0001-a.md", old), ONE, OTHER],
            str![[r#"
0003-c.md:7:1: warning[ADR408]: ADR-0003 supersedes ADR-0001, which names only ADR-0002 as its successor
  0001-a.md:2:9: ADR-0002 is named here
  help: name both successors in the old record, or remove one of the claims

"#]],
        );
        let old = "# 1. A\n\n## Status\n\nSuperseded by [3](0003-c.md)\n";
        check_log(
            &RULE,
            &[("0001-a.md", old), ONE, OTHER],
            str![[r#"
0002-b.md:3:1: warning[ADR408]: ADR-0002 supersedes ADR-0001, which names only ADR-0003 as its successor
  0001-a.md:5:1: ADR-0003 is named here
  help: name both successors in the old record, or remove one of the claims

"#]],
        );
    }

    #[test]
    fn a_shortened_chain_passes() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: superseded by ADR-0003\n---\n\n# A\n"),
                (
                    "0002-b.md",
                    "---\nstatus: superseded by ADR-0003\nsupersedes: ADR-0001\n---\n\n# B\n",
                ),
                ("0003-c.md", "---\nstatus: accepted\nsupersedes: ADR-0002\n---\n\n# C\n"),
            ],
            str![],
        );
    }
}
