//! ADR402 `missing-back-link`

use std::collections::{BTreeSet, HashMap};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::unreadable_supersession::unreadable_successor;
use crate::lint::analysis::{RelationClaim, answers, claims, phrase, status_place, status_words};
use crate::lint::{BackLink, Check, Context, FindingSite, Findings, Fix, Level, rule};
use crate::model::{Lifecycle, RecordId, RelationKind};

rule! {
    /// Reports supersessions and amendments without a back link.
    ///
    /// If a record supersedes or amends another one, the other record must name it. A finding is an error
    /// if the old record is still marked as accepted although it was superseded as a whole: the log
    /// contradicts itself. Otherwise it is a warning. Claims in drafts, proposals and rejected records are
    /// ignored.
    ///
    /// ## Why is this bad?
    ///
    /// Readers reach the old record from a search or from a comment in the code. If it does not mention its
    /// successor, they follow a decision that no longer applies.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Use NATS
    ///
    /// ## Status
    ///
    /// Accepted. Supersedes [ADR-0003](0003-use-kafka.md)
    /// ```
    ///
    /// The status in `0003-use-kafka.md` is only "Accepted".
    ///
    /// ## Use instead
    ///
    /// In `0003-use-kafka.md`:
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [ADR-0007](0007-use-nats.md)
    /// ```
    ///
    /// ## Fix
    ///
    /// The relation is added to the other record in the style of its status. An accepted record that was
    /// superseded as a whole also gets that status. The fix is safe, or unsafe if the status contains more
    /// than its word. Records that cannot be changed safely are not fixed.
    pub(super) static RULE: Rule = {
        code: "ADR402",
        name: "missing-back-link",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut link_targets = LinkTargets::default();
    let mut claims = claims(context);
    let rival_claims = RivalClaims::new(context, &claims);
    claims.retain(|claim| is_unanswered(context, *claim, &mut link_targets));
    // Planning a fix reads the other record again, so this runs in parallel.
    let plan_fix = |claim: &RelationClaim<'_>| {
        let is_clear = !contradicts(context, *claim) || rival_claims.agree(context, *claim);
        is_clear.then(|| context.back_link_fix(answer(context, *claim), claim.is_sure))?
    };
    let fixes: Vec<Option<Fix>> = claims.par_iter().map(plan_fix).collect();
    for (claim, plan_fix) in claims.into_iter().zip(fixes) {
        report(context, claim, plan_fix, findings);
    }
}

/// For each superseded record, the records that claim to supersede it as a whole, grouped by the ends of
/// their own chains of successors, with the number of claimants in each group.
struct RivalClaims<'c>(HashMap<RecordId, HashMap<&'c [RecordId], usize>>);

/// The maximum number of groups that are compared. With more groups, the claimants do not agree.
const MAX_GROUPS: usize = 16;

impl<'c> RivalClaims<'c> {
    fn new(context: &'c Context<'_>, claims: &[RelationClaim<'_>]) -> Self {
        let mut groups_by_record: HashMap<RecordId, HashMap<&[RecordId], usize>> = HashMap::new();
        let full_claims =
            claims.iter().filter(|claim| claim.relation.kind == RelationKind::Supersedes);
        for claim in full_claims {
            let groups = groups_by_record.entry(claim.to).or_default();
            *groups.entry(context.log.current(claim.from)).or_default() += 1;
        }
        Self(groups_by_record)
    }

    /// Returns whether all other claimants were superseded by this one, so that the old record can name it
    /// alone. Otherwise ADR408 would report the result.
    fn agree(&self, context: &Context<'_>, claim: RelationClaim<'_>) -> bool {
        let claimant_ends = context.log.current(claim.from);
        let Some(groups) = self.0.get(&claim.to).filter(|groups| groups.len() <= MAX_GROUPS) else {
            return false;
        };
        let leads_here =
            |end: &RecordId| *end == claim.from || claimant_ends.binary_search(end).is_ok();
        groups.iter().all(|(rival_ends, count)| {
            rival_ends.iter().any(leads_here) || *rival_ends == claimant_ends && *count == 1
        })
    }
}

/// Returns the relation that the other record has to state.
fn answer(context: &Context<'_>, claim: RelationClaim<'_>) -> BackLink {
    BackLink {
        record: claim.to,
        kind: claim.relation.kind.inverse(),
        other: claim.from,
        is_superseded: contradicts(context, claim),
    }
}

/// Returns whether the other record is still accepted although it was superseded as a whole.
fn contradicts(context: &Context<'_>, claim: RelationClaim<'_>) -> bool {
    let is_full = claim.relation.kind == RelationKind::Supersedes;
    is_full && context.log.record(claim.to).is(Lifecycle::Accepted)
}

/// The records that the links of a superseded record lead to. Computed once per record.
type LinkTargets = HashMap<RecordId, BTreeSet<RecordId>>;

fn is_unanswered(
    context: &Context<'_>,
    claim: RelationClaim<'_>,
    link_targets: &mut LinkTargets,
) -> bool {
    if answers(context, claim.to, claim.from).next().is_some() {
        return false; // ADR403, ADR405 and ADR408 check the answer.
    }
    if claim.relation.kind != RelationKind::Supersedes {
        return true;
    }
    // It names another successor: ADR408 reports the contradiction, ADR401 a successor that does not exist,
    // and ADR214 words that do not name a record.
    let names_another = context
        .log
        .relations(claim.to)
        .any(|(relation, _)| relation.kind == RelationKind::SupersededBy);
    // It is no longer in force, and its text links to the claimant.
    let old_record = context.log.record(claim.to);
    let is_retired =
        [Lifecycle::Superseded, Lifecycle::Deprecated].iter().any(|state| old_record.is(*state));
    let collect_targets = || {
        let meanings = context.log.link_meanings(claim.to);
        context.links(old_record).iter().filter_map(|link| meanings.of(&link.destination)).collect()
    };
    let mut links_to_claimant =
        || link_targets.entry(claim.to).or_insert_with(collect_targets).contains(&claim.from);
    !(names_another
        || unreadable_successor(old_record).is_some()
        || (is_retired && links_to_claimant()))
}

fn report(
    context: &Context<'_>,
    claim: RelationClaim<'_>,
    fix: Option<Fix>,
    findings: &mut Findings<'_>,
) {
    let (new_record, old_record) = (context.log.record(claim.from), context.log.record(claim.to));
    let level = if contradicts(context, claim) { Level::Error } else { Level::Form };
    let severity = findings.severity(level);
    let verb = phrase(claim.relation.kind);
    let inverse = claim.relation.kind.inverse().as_str().replace('-', " ");
    let (new_label, old_label) = (new_record.label(), old_record.label());
    let finding = findings
        .report_at(
            FindingSite::Record(claim.from, claim.relation.span),
            format!("{new_label} {verb} {old_label}, but {old_label} does not say so"),
        )
        .severity(severity)
        .label("claimed here")
        .related(claim.to, status_place(old_record), status_words(old_record));
    match fix {
        Some(fix) => finding.help(fix.title.clone()).fix(fix),
        None => finding.help(format!("add \"{inverse} {new_label}\" to {old_label}")),
    };
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn an_unreadable_successor_is_left_to_another_rule() {
        let new =
            ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n");
        for status in ["Superseded by the new thing", "Superseded by ADR 99"] {
            let old = format!("# 1. A\n\n## Status\n\n{status}\n");
            check_log(&RULE, &[("0001-a.md", &old), new], str![]);
        }
    }

    #[test]
    fn relations_in_both_records_pass() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2. B](0002-b.md)\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n"),
            ],
            str![],
        );
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: superseded by ADR-0002\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
            ],
            str![],
        );
    }

    #[test]
    fn a_replaced_record_that_still_reads_accepted_is_an_error() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n"),
            ],
            str![[r#"
0002-b.md:7:1: error[ADR402]: ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so
  here: claimed here
  0001-a.md:5:1: ADR-0001 reads "accepted"
  help: add "superseded by ADR-0002" to ADR-0001

"#]],
        );
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: accepted\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
            ],
            str![[r#"
0002-b.md:3:1: error[ADR402]: ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so
  here: claimed here
  0001-a.md:2:9: ADR-0001 reads "accepted"
  help: add "superseded by ADR-0002" to ADR-0001

"#]],
        );
    }

    #[test]
    fn a_retired_record_without_the_name_of_its_successor_is_a_warning() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: deprecated\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
            ],
            str![[r#"
0002-b.md:3:1: warning[ADR402]: ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so
  here: claimed here
  0001-a.md:2:9: ADR-0001 reads "deprecated"
  help: add "superseded by ADR-0002" to ADR-0001

"#]],
        );
    }

    #[test]
    fn an_amendment_that_the_other_record_does_not_mention_is_a_warning() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\nAmends [1. A](0001-a.md)\n"),
            ],
            str![[r#"
0002-b.md:7:1: warning[ADR402]: ADR-0002 amends ADR-0001, but ADR-0001 does not say so
  here: claimed here
  0001-a.md:5:1: ADR-0001 reads "accepted"
  help: add "amended by ADR-0002" to ADR-0001

"#]],
        );
    }

    #[test]
    fn claims_of_a_proposal_pass() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nProposed\n\nSupersedes [1. A](0001-a.md)\n"),
            ],
            str![],
        );
    }

    #[test]
    fn another_named_successor_is_left_to_another_rule() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: superseded by ADR-0003\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
                ("0003-c.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# C\n"),
            ],
            str![],
        );
    }
}
