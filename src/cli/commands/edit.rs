//! `adr edit`: opens a record in the editor, or changes its fields with options.

use crate::Result;
use crate::author::{Amendment, amend};
use crate::cli::args::{find_record_by_words, parse_date};
use crate::cli::changes::{EditSession, report_written, with_updated_lists};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::{has_editor, open_in_editor};
use crate::model::{Date, Log, RecordId};

/// Open a decision, or change its fields
///
/// Without options, opens the record in the editor that VISUAL or EDITOR names; without a terminal
/// or an editor, prints its path. With options, changes these fields in the style of the record and
/// opens nothing; the rest of the file stays the same, byte for byte.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr edit 12
  adr edit 12 --add-tag data --remove-tag draft --review-by 2027-01-31
  adr edit 12 --title Use NATS for events --rename --dry-run
  EDITOR='code --wait' adr edit @last")]
pub(crate) struct Args {
    /// Record: `12`, `ADR-12`, a file, words of the title, `@last` or `@proposed`
    #[arg(value_name = "REF", required = true)]
    reference: Vec<String>,

    /// Change the title; a number before it stays
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    title: Vec<String>,

    /// Rename the file after the title, and update all links to it in the log
    #[arg(long)]
    rename: bool,

    /// With --rename, also update all files that git tracks
    #[arg(long, requires = "rename")]
    code: bool,

    /// Add a tag; may be repeated
    #[arg(long, alias = "tag", value_name = "TAG")]
    add_tag: Vec<String>,

    /// Remove a tag; may be repeated
    #[arg(long, value_name = "TAG")]
    remove_tag: Vec<String>,

    /// Add a decision maker; may be repeated
    #[arg(long, alias = "decider", value_name = "NAME")]
    add_decider: Vec<String>,

    /// Remove a decision maker; may be repeated
    #[arg(long, value_name = "NAME")]
    remove_decider: Vec<String>,

    #[command(flatten)]
    review: ReviewArgs,

    /// Print a unified diff instead of writing
    #[arg(long)]
    dry_run: bool,
}

/// The options for the review date.
#[derive(clap::Args)]
struct ReviewArgs {
    /// Set the date by which to review the decision
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    review_by: Option<Date>,

    /// Remove the review date
    #[arg(long, alias = "no-review-by", conflicts_with = "review_by")]
    remove_review_by: bool,
}

impl Args {
    fn amendment(&self) -> Amendment {
        Amendment {
            title: (!self.title.is_empty()).then(|| self.title.join(" ")),
            rename: self.rename,
            add_tags: self.add_tag.clone(),
            remove_tags: self.remove_tag.clone(),
            add_deciders: self.add_decider.clone(),
            remove_deciders: self.remove_decider.clone(),
            review_by: self.review.review_by,
            remove_review_by: self.review.remove_review_by,
        }
    }
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let amendment = args.amendment();
    if amendment == Amendment::default() && !args.dry_run {
        return open(args, session);
    }
    let editing = EditSession::new(session, session.open_to_change(args.dry_run)?, None)?;
    let log = &editing.project.log;
    let id = find_record_by_words(log, &args.reference)?;
    let other_files = match (args.rename, args.code) {
        (true, true) => editing.project.tracked_texts(),
        _ => editing.project.other_texts(),
    };
    let linking_files = if args.rename { other_files.as_slice() } else { &[] };
    let changes = amend(log, id, &amendment, linking_files, &editing.words)?;
    let changes = with_updated_lists(&editing.project, &other_files, changes);
    report_suspect_values(log, id, args, session);
    editing.apply_with(session, (&other_files, &changes), args.dry_run)
}

/// Opens the editor, if there is one, and prints the path.
fn open(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let id = find_record_by_words(&project.log, &args.reference)?;
    let path = project.log.record(id).source.path();
    if has_editor(session.environment) && session.is_interactive() {
        open_in_editor(session.environment, path)?;
    }
    report_written(session, std::iter::once(path))?;
    Ok(Outcome::Done)
}

/// Reports values to remove that the record does not have, and new tags that resemble existing ones.
fn report_suspect_values(log: &Log, id: RecordId, args: &Args, session: &mut Session<'_>) {
    let record = log.record(id);
    let tags: Vec<&str> = record.tags.iter().map(|tag| tag.value.as_str()).collect();
    let deciders: Vec<&str> =
        record.decision_makers.iter().map(|decider| decider.value.as_str()).collect();
    for (removed_values, known_values, noun) in
        [(&args.remove_tag, &tags, "tag"), (&args.remove_decider, &deciders, "decision maker")]
    {
        for value in removed_values.iter().filter(|value| !is_among(value, known_values)) {
            let suggestion =
                nearest_value(value, known_values).map(|near| format!("; did you mean `{near}`?"));
            session.ui.remark(&format!(
                "{} does not have the {noun} `{value}`{}",
                record.label(),
                suggestion.unwrap_or_default()
            ));
        }
    }
    let all_tags = log.records().iter().flat_map(|record| &record.tags);
    let mut all_tags: Vec<&str> = all_tags.map(|tag| tag.value.as_str()).collect();
    all_tags.sort_unstable();
    all_tags.dedup();
    for value in args.add_tag.iter().filter(|value| !is_among(value, &all_tags)) {
        if let Some(nearest) = nearest_value(value, &all_tags) {
            session.ui.remark(&format!("`{value}` is a new tag; other records have `{nearest}`"));
        }
    }
}

fn is_among(value: &str, known_values: &[&str]) -> bool {
    known_values.iter().any(|known| known.to_lowercase() == value.trim().to_lowercase())
}

/// Returns the known value of which `value` is probably a misspelling.
fn nearest_value<'k>(value: &str, known_values: &[&'k str]) -> Option<&'k str> {
    let value = value.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&known.to_lowercase(), &value);
    let max_distance = if value.chars().count() > 4 { 2 } else { 1 };
    let near_values = known_values.iter().copied().filter(|known| distance(known) <= max_distance);
    near_values.min_by_key(|known| distance(known))
}
