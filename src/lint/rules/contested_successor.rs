//! ADR408 `contested-successor`

use crate::lint::analysis::{answers, claims};
use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::RelationKind;

rule! {
    /// ## What it checks
    ///
    /// Where two records claim to supersede a third one, that one names both.
    ///
    /// ## Why it matters
    ///
    /// A decision may be split among several successors; then it says so. Where it names only one
    /// of them, the other claim is a mistake, or the reader misses half of what holds.
    ///
    /// ## Example
    ///
    /// ADR-0007 and ADR-0009 both say "supersedes ADR-0003", which reads "superseded by ADR-0007".
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
        let whole = claim.relation.kind == RelationKind::Supersedes;
        if !whole || answers(context, claim.to, claim.from).next().is_some() {
            continue;
        }
        let named = context.log.relations(claim.to).find_map(|(relation, target)| {
            let by = relation.kind == RelationKind::SupersededBy;
            Some((relation, target.filter(|_| by)?))
        });
        let Some((relation, other)) = named else { continue }; // ADR402
        // The one that it names took the place of this one: the chain was shortened.
        if context
            .log
            .current(claim.from)
            .iter()
            .any(|end| context.log.current(other).binary_search(end).is_ok() || *end == other)
        {
            continue;
        }
        let label = |id| context.log.record(id).label();
        findings
            .report_at(
                FindingSite::Record(claim.from, claim.relation.span),
                format!(
                    "{} supersedes {}, which names only {} as its successor",
                    label(claim.from),
                    label(claim.to),
                    label(other)
                ),
            )
            .related(claim.to, relation.span, format!("{} is named here", label(other)))
            .help("let the old record name both, or take back one of the claims");
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
    fn a_claim_that_is_not_answered_is_reported() {
        let old = "---\nstatus: superseded by ADR-0002\n---\n\n# A\n";
        check_log(
            &RULE,
            &[("0001-a.md", old), ONE, OTHER],
            str![[r#"
0003-c.md:7:1: warning[ADR408]: ADR-0003 supersedes ADR-0001, which names only ADR-0002 as its successor
  0001-a.md:2:9: ADR-0002 is named here
  help: let the old record name both, or take back one of the claims

"#]],
        );
        let old = "# 1. A\n\n## Status\n\nSuperseded by [3](0003-c.md)\n";
        check_log(
            &RULE,
            &[("0001-a.md", old), ONE, OTHER],
            str![[r#"
0002-b.md:3:1: warning[ADR408]: ADR-0002 supersedes ADR-0001, which names only ADR-0003 as its successor
  0001-a.md:5:1: ADR-0003 is named here
  help: let the old record name both, or take back one of the claims

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
