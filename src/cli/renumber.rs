//! `adr renumber`

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::base::{Comparison, Purpose};
use super::contents;
use super::desk::{Desk, announce, preview};
use super::reference::{called, find};
use super::{Outcome, Session};
use crate::author::{self, Doubt, Renumbering, in_doubt, renumber};
use crate::lint::Base;
use crate::model::{Log, Record, RecordId, Trees};
use crate::text::Source;
use crate::{Refusal, Result};

/// Give a decision another number
///
/// Changes the file's name, the heading, the id, and every link and mention in the log; with --code
/// also in all other files that git tracks. Without NUM the next free number. With --auto
/// every number that a merge has given twice, or will: the record that is on the base keeps it.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr renumber 12
  adr renumber 0012-use-nats.md 15 --code
  adr renumber --auto --base main --dry-run")]
pub(super) struct Args {
    /// Which record; by its file, where two have the number
    #[arg(value_name = "REF", required_unless_present = "auto", conflicts_with = "auto")]
    reference: Option<String>,

    /// The new number [default: the next that no branch has]
    #[arg(value_name = "NUM")]
    number: Option<u32>,

    /// All records whose number another one has too
    #[arg(long)]
    auto: bool,

    /// The branch, tag or commit whose records keep their numbers
    #[arg(long, value_name = "REF", value_parser = super::name_of_base)]
    base: Option<String>,

    /// Follow mentions in all files that git tracks
    #[arg(long)]
    code: bool,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let desk = Desk::at(session, session.open_to_change(args.dry_run)?, None)?;
    let log = &desk.project.log;
    let purpose = if args.auto { Purpose::Renumbering } else { Purpose::Numbers };
    let mut comparison = Comparison::find(args.base.as_deref(), purpose, &desk.project, session)?;
    let branches = comparison.branches();
    let next = author::next_number(log, branches.all.iter().map(String::as_str));
    let plan = if let Some(reference) = &args.reference {
        vec![one(log, find(log, reference)?, args.number.unwrap_or(next))?]
    } else {
        let ours = Arc::new(ours(log, branches.base.as_ref()));
        let mut plan = collisions(log, branches.base.as_ref(), (next, &ours), session);
        let trees = comparison.trees(&desk.project)?;
        let ids = trees.map(|trees| taken(&desk, &trees)).unwrap_or_default();
        give_way(&mut plan, ids, next, &ours);
        plan
    };
    session.ui.remarks(&comparison.notes);
    let others = if args.code { desk.project.tracked() } else { desk.project.beside() };
    let changes = renumber(log, &plan, &others, &desk.words)?;
    let changes = contents::followed(&desk.project, &others, changes);
    doubts(log, &plan, &others, session);
    if args.dry_run {
        return preview(session, desk.project.preview_with(&others, &changes)?);
    }
    let paths = desk.project.apply_with(&others, &changes)?;
    announce(session, paths.iter().map(AsRef::as_ref))?;
    if plan.is_empty() {
        session.ui.remark("nothing to change: every number is there once");
    } else if changes.is_empty() {
        session.ui.remark("nothing to change: the records say so already");
    }
    Ok(Outcome::Done)
}

/// One record, for which a number was chosen.
fn one(log: &Log, id: RecordId, number: u32) -> Result<Renumbering> {
    let taken = log.iter().find(|(other, record)| {
        *other != id && prefix(record) == prefix(log.record(id)) && value(record) == Some(number)
    });
    if let Some((other, _)) = taken {
        return Err(Refusal::NumberTaken { number, by: called(log, other) }.into());
    }
    Ok(Renumbering { id, number, followers: Arc::default() })
}

/// Every record that has to give way: of those that share a number, the ones on the base stay;
/// where none of them is, the one with the earliest date, then the first by name.
fn collisions(
    log: &Log,
    base: Option<&BTreeSet<String>>,
    (mut next, ours): (u32, &Arc<BTreeSet<RecordId>>),
    session: &mut Session<'_>,
) -> Vec<Renumbering> {
    let on_base = |id: RecordId| base.is_some_and(|base| base.contains(&log.record(id).file));
    let mut groups: BTreeMap<(String, u32), Vec<RecordId>> = BTreeMap::new();
    for (id, record) in log.iter() {
        if let Some(value) = value(record) {
            groups.entry((prefix(record), value)).or_default().push(id);
        }
    }
    let mut plan = Vec::new();
    if base.is_none() && groups.values().any(|ids| ids.len() > 1) {
        session.ui.remark(
            "no base is known, so the record with the earliest date keeps its number; name a base with `--base`",
        );
    }
    for ((_, number), mut ids) in groups.into_iter().filter(|(_, ids)| ids.len() > 1) {
        ids.sort_by_cached_key(|id| {
            let date = log.record(*id).date();
            (!on_base(*id), date.is_none(), date, *id)
        });
        let published = ids.iter().filter(|id| on_base(**id)).count();
        if published > 1 {
            session.ui.remark(&format!(
                "{published} records on the base have number {number}; name one of them: `adr renumber FILE`"
            ));
        }
        for id in ids.into_iter().skip(published.max(1)) {
            // Whoever came with it means it, and not the one that was there before.
            plan.push(Renumbering { id, number: next, followers: Arc::clone(ours) });
            next += 1;
        }
    }
    plan
}

/// The records that are not on the base; none where there is no base.
fn ours(log: &Log, base: Option<&BTreeSet<String>>) -> BTreeSet<RecordId> {
    let Some(base) = base else { return BTreeSet::new() };
    let ours = log.iter().filter(|(_, record)| !base.contains(&record.file));
    ours.map(|(id, _)| id).collect()
}

/// The new records whose number another one has taken on the base, which is not merged yet.
fn taken(desk: &Desk, trees: &Trees) -> Vec<RecordId> {
    let transitions = desk.project.config.transitions();
    let base = Base::new(trees, &desk.project.log, &transitions, &desk.words);
    let log = &desk.project.log;
    base.number_collisions(log, &base.counterparts(log)).into_iter().map(|(id, _)| id).collect()
}

/// Adds records that have to give way to those that do already; the numbers from `next` on are free.
fn give_way(
    plan: &mut Vec<Renumbering>,
    ids: Vec<RecordId>,
    next: u32,
    followers: &Arc<BTreeSet<RecordId>>,
) {
    let mut next = plan.iter().map(|one| one.number + 1).max().unwrap_or(next);
    let mut planned: BTreeSet<RecordId> = plan.iter().map(|one| one.id).collect();
    for id in ids {
        if planned.insert(id) {
            plan.push(Renumbering { id, number: next, followers: Arc::clone(followers) });
            next += 1;
        }
    }
}

/// So many places are named for one number; who has more knows what to look for.
const MAX_DOUBTS: usize = 20;

/// So many records are named that a place may mean.
const MAX_NAMES: usize = 5;

/// Names the places where a reader has to decide, number by number.
fn doubts(log: &Log, plan: &[Renumbering], others: &[Source], session: &mut Session<'_>) {
    let (in_records, beside) = in_doubt(log, plan, others);
    if in_records.is_empty() && beside.is_empty() {
        return;
    }
    let in_records = in_records.into_iter().filter_map(|one| {
        let within = log.record(one.within?);
        Some((&within.source, one))
    });
    let beside = beside.into_iter().filter_map(|(at, one)| Some((others.get(at)?, one)));
    let mut places: BTreeMap<RecordId, Vec<(&Source, Doubt)>> = BTreeMap::new();
    for place in in_records.chain(beside) {
        places.entry(place.1.about).or_default().push(place);
    }
    let mut files: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (_, record) in log.iter() {
        if let Some(number) = value(record) {
            files.entry(number).or_default().push(&record.file);
        }
    }
    for (about, places) in plan.iter().filter_map(|one| Some((one.id, places.get(&one.id)?))) {
        let record = log.record(about);
        let same = value(record).and_then(|number| files.get(&number));
        let either = either(&record.file, same.map(Vec::as_slice).unwrap_or_default());
        for (source, Doubt { span, .. }) in places.iter().take(MAX_DOUBTS) {
            let (path, line) = (source.path().display(), source.line_column(span.start).line);
            let said = span.of(source.text());
            session.ui.remark(&format!(
                "{path}:{line} says {said}, which may mean {either}; it was left"
            ));
        }
        if let Some(more) = places.len().checked_sub(MAX_DOUBTS).filter(|more| *more > 0) {
            session.ui.remark(&format!("{more} more places say {}", record.label()));
        }
    }
}

/// `file` and the others of `same`, as far as they can be named in a sentence.
fn either(file: &str, same: &[&str]) -> String {
    let others = same.iter().filter(|other| **other != file);
    let mut names: Vec<String> = others.take(MAX_NAMES).map(|other| (*other).to_owned()).collect();
    let more = same.len().saturating_sub(names.len() + 1);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    format!("{file} or {}", names.join(" or "))
}

fn value(record: &Record) -> Option<u32> {
    record.number.as_ref().map(|number| number.value.value)
}

/// What stands before the number; records with other prefixes are counted apart.
fn prefix(record: &Record) -> String {
    let id = record.id.as_ref().map(|id| id.value.trim_end_matches(|c: char| c.is_ascii_digit()));
    id.unwrap_or_default().to_lowercase()
}
