//! ADR405 `supersession-cycle`

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{RecordId, RelationKind};
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// No chain of records that supersede one another comes back to where it began.
    ///
    /// ## Why it matters
    ///
    /// In a circle every record was replaced by another one, and none is in force.
    ///
    /// ## Example
    ///
    /// ADR-0007 supersedes ADR-0003, which says that it supersedes ADR-0007.
    pub(super) static RULE: Rule = {
        code: "ADR405",
        name: "supersession-cycle",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

/// Where a record says that one takes the place of the other.
type Said = (RecordId, Span);

/// For every record its successors, with the place that says so.
type Successors = BTreeMap<RecordId, BTreeMap<RecordId, Said>>;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let successors = successors(context);
    for cycle in cycles(&successors) {
        report(context, &successors, &cycle, findings);
    }
}

fn successors(context: &Context<'_>) -> Successors {
    let mut successors = Successors::new();
    for (id, _) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        for (relation, target) in context.log.relations(id) {
            let Some(target) = target.filter(|target| *target != id) else { continue }; // ADR406
            let (old, new) = match relation.kind {
                RelationKind::Supersedes => (target, id),
                RelationKind::SupersededBy => (id, target),
                _ => continue,
            };
            successors.entry(old).or_default().entry(new).or_insert((id, relation.span));
        }
    }
    successors
}

/// The first cycle that a walk from every record meets, each beginning with its first record in
/// log order. A record is walked to once.
fn cycles(successors: &Successors) -> Vec<Vec<RecordId>> {
    let mut seen = BTreeSet::new();
    let mut cycles = Vec::new();
    for start in successors.keys() {
        if !seen.insert(*start) {
            continue;
        }
        // An own stack: chains may be as long as the log.
        let mut path: Vec<(RecordId, Vec<RecordId>)> = vec![(*start, next(successors, *start))];
        let mut on_path: BTreeMap<RecordId, usize> = BTreeMap::from([(*start, 0)]);
        let mut knotted = false;
        while let Some((at, open)) = path.last_mut() {
            let Some(to) = open.pop() else {
                on_path.remove(at);
                path.pop();
                continue;
            };
            if let Some(from) = on_path.get(&to).filter(|_| !knotted) {
                let cycle: Vec<RecordId> = path.iter().skip(*from).map(|(id, _)| *id).collect();
                cycles.push(first_first(cycle));
                knotted = true;
            } else if seen.insert(to) {
                on_path.insert(to, path.len());
                path.push((to, next(successors, to)));
            }
        }
    }
    cycles
}

fn next(successors: &Successors, id: RecordId) -> Vec<RecordId> {
    successors.get(&id).map(|next| next.keys().rev().copied().collect()).unwrap_or_default()
}

/// The same cycle, from its first record on.
fn first_first(mut cycle: Vec<RecordId>) -> Vec<RecordId> {
    let first = cycle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
    cycle.rotate_left(first);
    cycle
}

fn report(
    context: &Context<'_>,
    successors: &Successors,
    cycle: &[RecordId],
    findings: &mut Findings<'_>,
) {
    let label = |id: &RecordId| context.log.record(*id).label();
    let (Some(first), Some(last)) = (cycle.first(), cycle.last()) else { return };
    let chain: Vec<String> = cycle.iter().chain([first]).map(label).collect();
    let said = |(old, new)| successors.get(old).and_then(|next| next.get(new)).copied();
    let steps = cycle.iter().zip(cycle.iter().skip(1));
    // What closes the circle is the claim: the step from the last record back to the first.
    let Some((id, span)) = said((last, first)) else { return };
    let finding = findings.report_at(
        FindingSite::Record(id, span),
        format!("records supersede each other in a circle: {}", chain.join(" → ")),
    );
    for (old, new) in steps {
        if let Some((id, span)) = said((old, new)) {
            finding.related(id, span, format!("{} gives way to {}", label(old), label(new)));
        }
    }
    finding.label(format!("{} gives way to {}", label(last), label(first)));
    finding.help("take back the claim that is wrong");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn a_chain_passes_however_long() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nSuperseded by [3](0003-c.md)\n"),
                ("0003-c.md", "# 3. C\n\n## Status\n\nAccepted\n\nSupersedes [2](0002-b.md)\n"),
            ],
            str![],
        );
    }

    #[test]
    fn two_records_that_replace_each_other_are_reported_once() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: accepted\nsupersedes: ADR-0002\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
            ],
            str![[r#"
0001-a.md:3:1: error[ADR405]: records supersede each other in a circle: ADR-0001 → ADR-0002 → ADR-0001
  here: ADR-0002 gives way to ADR-0001
  0002-b.md:3:1: ADR-0001 gives way to ADR-0002
  help: take back the claim that is wrong

"#]],
        );
    }

    #[test]
    fn a_circle_of_three_shows_the_whole_chain() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nSuperseded by [3](0003-c.md)\n"),
                ("0003-c.md", "# 3. C\n\n## Status\n\nSuperseded by [1](0001-a.md)\n"),
            ],
            str![[r#"
0003-c.md:5:1: error[ADR405]: records supersede each other in a circle: ADR-0001 → ADR-0002 → ADR-0003 → ADR-0001
  here: ADR-0003 gives way to ADR-0001
  0001-a.md:5:1: ADR-0001 gives way to ADR-0002
  0002-b.md:5:1: ADR-0002 gives way to ADR-0003
  help: take back the claim that is wrong

"#]],
        );
    }

    #[test]
    fn two_ways_to_one_successor_are_no_circle() {
        check_log(
            &RULE,
            &[
                (
                    "0001-a.md",
                    "---\nstatus: superseded\nsuperseded-by: [ADR-0002, ADR-0003]\n---\n\n# A\n",
                ),
                ("0002-b.md", "---\nstatus: superseded\nsuperseded-by: ADR-0004\n---\n\n# B\n"),
                ("0003-c.md", "---\nstatus: superseded\nsuperseded-by: ADR-0004\n---\n\n# C\n"),
                ("0004-d.md", "---\nstatus: accepted\n---\n\n# D\n"),
            ],
            str![],
        );
    }
}
