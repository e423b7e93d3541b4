//! ADR402 `missing-back-link`

use std::collections::{BTreeSet, HashMap};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::unreadable_supersession::claim as unreadable;
use crate::lint::analysis::{RelationClaim, answers, claims, phrase, status_place, status_words};
use crate::lint::{BackLink, Check, Context, FindingSite, Findings, Fix, Level, rule};
use crate::model::{Lifecycle, RecordId, RelationKind};

rule! {
    /// ## What it checks
    ///
    /// Where a record supersedes or amends another one, the other one says so too.
    ///
    /// ## Why it matters
    ///
    /// Readers arrive at the old record, from a search or from a comment in the code. If it says
    /// nothing, they follow a decision that no longer holds.
    ///
    /// It is an error where the old record still reads as accepted although another one took its
    /// place as a whole: then the log contradicts itself. Otherwise it is a warning. Claims of
    /// drafts, proposals and rejected records are left alone.
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
    /// while `0003-use-kafka.md` says no more than "Accepted".
    ///
    /// ## Fix
    ///
    /// The other record says so in the style of its status, and one that reads accepted and was
    /// superseded as a whole gets that status (safe; unsafe where the status says more than its
    /// word). A record that is written in a way that cannot be changed safely is left to you.
    pub(super) static RULE: Rule = {
        code: "ADR402",
        name: "missing-back-link",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut led = Led::default();
    let mut claims = claims(context);
    let rivals = Rivals::new(context, &claims);
    claims.retain(|claim| is_unanswered(context, *claim, &mut led));
    // For a fix the other record is read again with it.
    let fix = |claim: &RelationClaim<'_>| {
        let is_open = !contradicts(context, *claim) || rivals.agree(context, *claim);
        is_open.then(|| context.back_link_fix(answer(context, *claim), claim.is_sure))?
    };
    let fixes: Vec<Option<Fix>> = claims.par_iter().map(fix).collect();
    for (claim, fix) in claims.into_iter().zip(fixes) {
        report(context, claim, fix, findings);
    }
}

/// All that claim to have superseded a record as a whole, by where their own chains of successors end, with how many
/// claimants each end has.
struct Rivals<'c>(HashMap<RecordId, HashMap<&'c [RecordId], usize>>);

/// So many different ends are compared; claimants that differ more do not agree.
const MOST_ENDS: usize = 16;

impl<'c> Rivals<'c> {
    fn new(context: &'c Context<'_>, claims: &[RelationClaim<'_>]) -> Self {
        let mut rivals: HashMap<RecordId, HashMap<&[RecordId], usize>> = HashMap::new();
        let whole = claims.iter().filter(|one| one.relation.kind == RelationKind::Supersedes);
        for claim in whole {
            let ends = rivals.entry(claim.to).or_default();
            *ends.entry(context.log.current(claim.from)).or_default() += 1;
        }
        Self(rivals)
    }

    /// Whether the others have given way to this claimant, so that the old record can name it alone: else ADR408
    /// would ask which of them it is.
    fn agree(&self, context: &Context<'_>, claim: RelationClaim<'_>) -> bool {
        let own = context.log.current(claim.from);
        let Some(ends) = self.0.get(&claim.to).filter(|ends| ends.len() <= MOST_ENDS) else {
            return false;
        };
        let leads = |end: &RecordId| *end == claim.from || own.binary_search(end).is_ok();
        ends.iter().all(|(theirs, count)| theirs.iter().any(leads) || *theirs == own && *count == 1)
    }
}

/// What the other record is to say.
fn answer(context: &Context<'_>, claim: RelationClaim<'_>) -> BackLink {
    BackLink {
        record: claim.to,
        kind: claim.relation.kind.inverse(),
        other: claim.from,
        is_superseded: contradicts(context, claim),
    }
}

/// Whether the other record reads as accepted although this one took its place as a whole.
fn contradicts(context: &Context<'_>, claim: RelationClaim<'_>) -> bool {
    let replaced = claim.relation.kind == RelationKind::Supersedes;
    replaced && context.log.record(claim.to).is(Lifecycle::Accepted)
}

/// For a record that others claim to have superseded, the records that its links lead to; of each once, whoever
/// claims.
type Led = HashMap<RecordId, BTreeSet<RecordId>>;

fn is_unanswered(context: &Context<'_>, claim: RelationClaim<'_>, led: &mut Led) -> bool {
    if answers(context, claim.to, claim.from).next().is_some() {
        return false; // ADR403, ADR405 and ADR408 judge what it says
    }
    if claim.relation.kind != RelationKind::Supersedes {
        return true;
    }
    // It names another successor: ADR408 asks which of the two it is, and ADR401 for one that does not
    // exist; ADR214 speaks where the words name none.
    let names_another = context
        .log
        .relations(claim.to)
        .any(|(relation, _)| relation.kind == RelationKind::SupersededBy);
    // It is no longer in force, and its text leads to the other in words of its own.
    let old = context.log.record(claim.to);
    let retired = [Lifecycle::Superseded, Lifecycle::Deprecated].iter().any(|state| old.is(*state));
    let leads = || {
        let meanings = context.log.meanings(claim.to);
        context.links(old).iter().filter_map(|link| meanings.of(&link.destination)).collect()
    };
    let mut leads_there = || led.entry(claim.to).or_insert_with(leads).contains(&claim.from);
    !(names_another || unreadable(old).is_some() || (retired && leads_there()))
}

fn report(
    context: &Context<'_>,
    claim: RelationClaim<'_>,
    fix: Option<Fix>,
    findings: &mut Findings<'_>,
) {
    let (new, old) = (context.log.record(claim.from), context.log.record(claim.to));
    let level = if contradicts(context, claim) { Level::Error } else { Level::Form };
    let severity = findings.severity(level);
    let verb = phrase(claim.relation.kind);
    let inverse = claim.relation.kind.inverse().as_str().replace('-', " ");
    let (new, old_label) = (new.label(), old.label());
    let finding = findings
        .report_at(
            FindingSite::Record(claim.from, claim.relation.span),
            format!("{new} {verb} {old_label}, but {old_label} does not say so"),
        )
        .severity(severity)
        .label("claimed here")
        .related(claim.to, status_place(old), status_words(old));
    match fix {
        Some(fix) => finding.help(fix.title.clone()).fix(fix),
        None => finding.help(format!("add \"{inverse} {new}\" to {old_label}")),
    };
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn a_record_that_names_its_successor_badly_is_another_matter() {
        let new =
            ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n");
        for status in ["Superseded by the new thing", "Superseded by ADR 99"] {
            let old = format!("# 1. A\n\n## Status\n\n{status}\n");
            check_log(&RULE, &[("0001-a.md", &old), new], str![]);
        }
    }

    #[test]
    fn both_ends_say_so_and_pass() {
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
    fn a_proposal_only_announces_what_may_be() {
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
    fn a_record_that_names_another_successor_is_another_matter() {
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
