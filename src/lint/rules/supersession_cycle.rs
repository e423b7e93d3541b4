//! ADR405 `supersession-cycle`

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{RecordId, RelationKind};
use crate::text::Span;

rule! {
    /// Reports records that supersede each other in a cycle.
    ///
    /// ## Why is this bad?
    ///
    /// Every record in the cycle was replaced by another one, so none of them is in force.
    ///
    /// ## Example
    ///
    /// ADR-0007 supersedes ADR-0003, and ADR-0003 supersedes ADR-0007.
    ///
    /// ## Use instead
    ///
    /// Remove the wrong claim from ADR-0003.
    pub(super) static RULE: Rule = {
        code: "ADR405",
        name: "supersession-cycle",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

/// The record that states a supersession, and the span of the statement.
type SupersessionStatement = (RecordId, Span);

/// The successors of every record, with the statements that name them.
type Successors = BTreeMap<RecordId, BTreeMap<RecordId, SupersessionStatement>>;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let successors = successors(context);
    for cycle in cycles(&successors) {
        report(context, &successors, &cycle, findings);
    }
}

fn successors(context: &Context<'_>) -> Successors {
    let mut successors = Successors::new();
    for (record_id, _) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        for (relation, target_id) in context.log.relations(record_id) {
            let Some(target_id) = target_id.filter(|target_id| *target_id != record_id) else {
                continue; // ADR406 reports it.
            };
            let (old_id, new_id) = match relation.kind {
                RelationKind::Supersedes => (target_id, record_id),
                RelationKind::SupersededBy => (record_id, target_id),
                _ => continue,
            };
            successors
                .entry(old_id)
                .or_default()
                .entry(new_id)
                .or_insert((record_id, relation.span));
        }
    }
    successors
}

/// Walks from every record and returns the first cycle of each walk, starting with the record that is
/// first in log order. Every record is visited once.
fn cycles(successors: &Successors) -> Vec<Vec<RecordId>> {
    let mut visited = BTreeSet::new();
    let mut cycles = Vec::new();
    for start_id in successors.keys() {
        if !visited.insert(*start_id) {
            continue;
        }
        // A chain may be as long as the log, so recursion could overflow the stack.
        let mut path: Vec<(RecordId, Vec<RecordId>)> =
            vec![(*start_id, successors_of(successors, *start_id))];
        let mut on_path: BTreeMap<RecordId, usize> = BTreeMap::from([(*start_id, 0)]);
        let mut has_cycle = false;
        while let Some((current_id, open_successors)) = path.last_mut() {
            let Some(successor_id) = open_successors.pop() else {
                on_path.remove(current_id);
                path.pop();
                continue;
            };
            if let Some(cycle_start) = on_path.get(&successor_id).filter(|_| !has_cycle) {
                let cycle: Vec<RecordId> =
                    path.iter().skip(*cycle_start).map(|(id, _)| *id).collect();
                cycles.push(from_first_record(cycle));
                has_cycle = true;
            } else if visited.insert(successor_id) {
                on_path.insert(successor_id, path.len());
                path.push((successor_id, successors_of(successors, successor_id)));
            }
        }
    }
    cycles
}

fn successors_of(successors: &Successors, id: RecordId) -> Vec<RecordId> {
    successors.get(&id).map(|next| next.keys().rev().copied().collect()).unwrap_or_default()
}

/// Rotates the cycle so that it starts with its first record in log order.
fn from_first_record(mut cycle: Vec<RecordId>) -> Vec<RecordId> {
    let first_index =
        cycle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(index, _)| index);
    cycle.rotate_left(first_index);
    cycle
}

fn report(
    context: &Context<'_>,
    successors: &Successors,
    cycle: &[RecordId],
    findings: &mut Findings<'_>,
) {
    let label_of = |record_id: &RecordId| context.log.record(*record_id).label();
    let (Some(first_id), Some(last_id)) = (cycle.first(), cycle.last()) else { return };
    let chain_labels: Vec<String> = cycle.iter().chain([first_id]).map(label_of).collect();
    let statement_of =
        |(old_id, new_id)| successors.get(old_id).and_then(|next| next.get(new_id)).copied();
    let neighbors = cycle.iter().zip(cycle.iter().skip(1));
    // The finding is reported where the cycle is closed: from the last record back to the first.
    let Some((record_id, span)) = statement_of((last_id, first_id)) else { return };
    let finding = findings.report_at(
        FindingSite::Record(record_id, span),
        format!("records supersede each other in a cycle: {}", chain_labels.join(" → ")),
    );
    for (old_id, new_id) in neighbors {
        if let Some((record_id, span)) = statement_of((old_id, new_id)) {
            finding.related(
                record_id,
                span,
                format!("{} is superseded by {}", label_of(old_id), label_of(new_id)),
            );
        }
    }
    finding.label(format!("{} is superseded by {}", label_of(last_id), label_of(first_id)));
    finding.help("remove the wrong claim");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn a_chain_passes() {
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
0001-a.md:3:1: error[ADR405]: records supersede each other in a cycle: ADR-0001 → ADR-0002 → ADR-0001
  here: ADR-0002 is superseded by ADR-0001
  0002-b.md:3:1: ADR-0001 is superseded by ADR-0002
  help: remove the wrong claim

"#]],
        );
    }

    #[test]
    fn a_cycle_of_three_shows_the_whole_chain() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
                ("0002-b.md", "# 2. B\n\n## Status\n\nSuperseded by [3](0003-c.md)\n"),
                ("0003-c.md", "# 3. C\n\n## Status\n\nSuperseded by [1](0001-a.md)\n"),
            ],
            str![[r#"
0003-c.md:5:1: error[ADR405]: records supersede each other in a cycle: ADR-0001 → ADR-0002 → ADR-0003 → ADR-0001
  here: ADR-0003 is superseded by ADR-0001
  0001-a.md:5:1: ADR-0001 is superseded by ADR-0002
  0002-b.md:5:1: ADR-0002 is superseded by ADR-0003
  help: remove the wrong claim

"#]],
        );
    }

    #[test]
    fn two_paths_to_one_successor_are_not_a_cycle() {
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
