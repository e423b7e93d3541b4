//! `adr renumber`

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::author::{self, AmbiguousMention, Renumbering, ambiguous_mentions, renumber};
use crate::cli::args::{BasePurpose, Comparison, find_record, label_and_title, parse_base};
use crate::cli::changes::{EditSession, preview, report_written, with_updated_lists};
use crate::cli::session::{Outcome, Session};
use crate::lint::Base;
use crate::model::{BaseSnapshots, Log, Record, RecordId};
use crate::text::Source;
use crate::{Refusal, Result};

/// Change the number of a decision
///
/// Changes the file name, the heading, the id, and all links and mentions in the log; with --code, also
/// in all other files that git tracks. Without NUM, uses the next free number. With --auto, resolves
/// all numbers that a merge has used twice or will use twice: the record on the base keeps its number.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr renumber 12
  adr renumber 0012-use-nats.md 15 --code
  adr renumber --auto --base main --dry-run")]
pub(crate) struct Args {
    /// Record; give its file if two records share the number
    #[arg(value_name = "REF", required_unless_present = "auto", conflicts_with = "auto")]
    reference: Option<String>,

    /// New number [default: the next one that no branch uses]
    #[arg(value_name = "NUM")]
    number: Option<u32>,

    /// Renumber all records that share a number with another record
    #[arg(long)]
    auto: bool,

    /// Keep the numbers of the records on a branch, tag or commit
    #[arg(long, value_name = "REF", value_parser = parse_base)]
    base: Option<String>,

    /// Also update mentions in all files that git tracks
    #[arg(long)]
    code: bool,

    /// Print a unified diff instead of writing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let editing = EditSession::new(session, session.open_to_change(args.dry_run)?, None)?;
    let log = &editing.project.log;
    let purpose = if args.auto { BasePurpose::Renumbering } else { BasePurpose::Numbers };
    let mut comparison =
        Comparison::find(args.base.as_deref(), purpose, &editing.project, session)?;
    let branches = comparison.branches();
    let next_number = author::next_number(log, branches.all.iter().map(String::as_str));
    let plan = if let Some(reference) = &args.reference {
        let number = args.number.unwrap_or(next_number);
        vec![single_renumbering(log, find_record(log, reference)?, number)?]
    } else {
        let mut plan = RenumberPlan::new(log, branches.base.as_ref(), next_number);
        plan.add_duplicates(session);
        if let Some(trees) = comparison.trees(&editing.project)? {
            plan.add_records(numbers_taken_on_base(&editing, &trees));
        }
        plan.renumberings
    };
    session.ui.remarks(&comparison.notes);
    let other_files =
        if args.code { editing.project.tracked_texts() } else { editing.project.other_texts() };
    let changes = renumber(log, &plan, &other_files, &editing.words)?;
    let changes = with_updated_lists(&editing.project, &other_files, changes);
    report_doubts(log, &plan, &other_files, session);
    if args.dry_run {
        return preview(session, editing.project.preview_with(&other_files, &changes)?);
    }
    let paths = editing.project.apply_with(&other_files, &changes)?;
    report_written(session, paths.iter().map(AsRef::as_ref))?;
    if plan.is_empty() {
        session.ui.remark("nothing to change: every number is unique");
    } else if changes.is_empty() {
        session.ui.remark("nothing to change: the records are already up to date");
    }
    Ok(Outcome::Done)
}

/// Plans one record with a given number, which must be free.
fn single_renumbering(log: &Log, id: RecordId, number: u32) -> Result<Renumbering> {
    let record_with_number = log.iter().find(|(other_id, other)| {
        *other_id != id
            && id_prefix(other) == id_prefix(log.record(id))
            && number_value(other) == Some(number)
    });
    if let Some((other_id, _)) = record_with_number {
        return Err(Refusal::NumberTaken { number, by: label_and_title(log, other_id) }.into());
    }
    Ok(Renumbering { id, number, followers: Arc::default() })
}

/// The plan of `--auto`: which records get which new numbers.
struct RenumberPlan<'l> {
    log: &'l Log,
    /// The files of the log on the base.
    base_files: Option<&'l BTreeSet<String>>,
    /// The records that are not on the base. Their mentions of a renumbered record mean the new one.
    new_records: Arc<BTreeSet<RecordId>>,
    /// The next free number.
    next_number: u32,
    planned_ids: BTreeSet<RecordId>,
    renumberings: Vec<Renumbering>,
}

impl<'l> RenumberPlan<'l> {
    fn new(log: &'l Log, base_files: Option<&'l BTreeSet<String>>, next_number: u32) -> Self {
        let new_records = log
            .iter()
            .filter(|(_, record)| base_files.is_some_and(|files| !files.contains(&record.file)))
            .map(|(id, _)| id);
        let new_records = Arc::new(new_records.collect());
        Self {
            log,
            base_files,
            new_records,
            next_number,
            planned_ids: BTreeSet::new(),
            renumberings: Vec::new(),
        }
    }

    /// Adds the records that share a number. Those on the base keep it; without any on the base, the one with
    /// the earliest date keeps it, then the first by file name.
    fn add_duplicates(&mut self, session: &mut Session<'_>) {
        let log = self.log;
        let mut groups: BTreeMap<(String, u32), Vec<RecordId>> = BTreeMap::new();
        for (id, record) in log.iter() {
            if let Some(number) = number_value(record) {
                groups.entry((id_prefix(record), number)).or_default().push(id);
            }
        }
        groups.retain(|_, ids| ids.len() > 1);
        if self.base_files.is_none() && !groups.is_empty() {
            session.ui.remark(
                "no base is known, so the record with the earliest date keeps its number; name a base with `--base`",
            );
        }
        for ((_, number), mut ids) in groups {
            ids.sort_by_cached_key(|id| {
                let date = log.record(*id).date();
                (!self.is_on_base(*id), date.is_none(), date, *id)
            });
            let count_on_base = ids.iter().filter(|id| self.is_on_base(**id)).count();
            if count_on_base > 1 {
                session.ui.remark(&format!(
                    "{count_on_base} records on the base have number {number}; name one of them: `adr renumber FILE`"
                ));
            }
            self.add_records(ids.into_iter().skip(count_on_base.max(1)));
        }
    }

    /// Adds records, unless they are planned already, with the next free numbers.
    fn add_records(&mut self, ids: impl IntoIterator<Item = RecordId>) {
        for id in ids {
            if self.planned_ids.insert(id) {
                let (number, followers) = (self.next_number, Arc::clone(&self.new_records));
                self.renumberings.push(Renumbering { id, number, followers });
                self.next_number += 1;
            }
        }
    }

    fn is_on_base(&self, id: RecordId) -> bool {
        self.base_files.is_some_and(|files| files.contains(&self.log.record(id).file))
    }
}

/// Returns the new records whose number another record uses on the base, which is not merged yet.
fn numbers_taken_on_base(editing: &EditSession, trees: &BaseSnapshots) -> Vec<RecordId> {
    let transitions = editing.project.config.transitions();
    let log = &editing.project.log;
    let base = Base::new(trees, log, &transitions, &editing.words);
    base.number_collisions(log, &base.counterparts(log)).into_iter().map(|(id, _)| id).collect()
}

/// The number of doubtful places that are reported per record at most.
const MAX_DOUBTS: usize = 20;

/// The number of records that are listed per doubtful place at most.
const MAX_NAMES: usize = 5;

/// Reports the mentions for which the user has to decide which record they mean.
fn report_doubts(
    log: &Log,
    plan: &[Renumbering],
    other_files: &[Source],
    session: &mut Session<'_>,
) {
    let doubts_by_record = doubts_by_record(log, plan, other_files);
    if doubts_by_record.is_empty() {
        return;
    }
    let mut files_by_number: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (_, record) in log.iter() {
        if let Some(number) = number_value(record) {
            files_by_number.entry(number).or_default().push(&record.file);
        }
    }
    for renumbering in plan {
        let Some(doubts) = doubts_by_record.get(&renumbering.id) else { continue };
        let record = log.record(renumbering.id);
        let same_number = number_value(record).and_then(|number| files_by_number.get(&number));
        let same_number = same_number.map(Vec::as_slice).unwrap_or_default();
        let alternatives = alternatives(&record.file, same_number);
        for (source, AmbiguousMention { span, .. }) in doubts.iter().take(MAX_DOUBTS) {
            let (path, line) = (source.path().display(), source.line_column(span.start).line);
            let mention = span.of(source.text());
            session.ui.remark(&format!(
                "{path}:{line} mentions {mention}, which may mean {alternatives}; it was not changed"
            ));
        }
        let unlisted_count = doubts.len().saturating_sub(MAX_DOUBTS);
        if unlisted_count > 0 {
            session.ui.remark(&format!("{unlisted_count} more places mention {}", record.label()));
        }
    }
}

/// Returns the doubtful mentions of each record in the plan, with the texts that contain them.
fn doubts_by_record<'s>(
    log: &'s Log,
    plan: &[Renumbering],
    other_files: &'s [Source],
) -> BTreeMap<RecordId, Vec<(&'s Source, AmbiguousMention)>> {
    let (doubts_in_records, doubts_in_files) = ambiguous_mentions(log, plan, other_files);
    let doubts_in_records = doubts_in_records.into_iter().filter_map(|doubt| {
        let record = log.record(doubt.within?);
        Some((&record.source, doubt))
    });
    let doubts_in_files = doubts_in_files
        .into_iter()
        .filter_map(|(index, doubt)| Some((other_files.get(index)?, doubt)));
    let mut doubts_by_record: BTreeMap<RecordId, Vec<(&Source, AmbiguousMention)>> =
        BTreeMap::new();
    for (source, doubt) in doubts_in_records.chain(doubts_in_files) {
        doubts_by_record.entry(doubt.about).or_default().push((source, doubt));
    }
    doubts_by_record
}

/// Returns `file` and the other files with the same number, joined by "or" and limited to a few names.
fn alternatives(file: &str, same_number: &[&str]) -> String {
    let other_files = same_number.iter().filter(|other_file| **other_file != file);
    let mut names: Vec<String> =
        other_files.take(MAX_NAMES).map(|other_file| (*other_file).to_owned()).collect();
    let unlisted_count = same_number.len().saturating_sub(names.len() + 1);
    if unlisted_count > 0 {
        names.push(format!("{unlisted_count} more"));
    }
    format!("{file} or {}", names.join(" or "))
}

fn number_value(record: &Record) -> Option<u32> {
    record.number.as_ref().map(|number| number.value.value)
}

/// Returns the id without its number. Records with different prefixes are numbered independently.
fn id_prefix(record: &Record) -> String {
    let prefix =
        record.id.as_ref().map(|id| id.value.trim_end_matches(|c: char| c.is_ascii_digit()));
    prefix.unwrap_or_default().to_lowercase()
}
