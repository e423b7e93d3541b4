//! `adr edit`: in the editor, or with flags and without one.

use super::contents;
use super::desk::{Desk, announce};
use super::reference::find_words;
use super::{Outcome, Session, editor};
use crate::Result;
use crate::author::{Amendment, amend};
use crate::model::{Date, Log, RecordId};

/// Open a decision, or change its fields
///
/// Without options opens the record in the editor that VISUAL or EDITOR names; without a terminal,
/// or without an editor, prints its path. With options changes what they say, in the style in which
/// the record is written, and opens nothing; the rest of the file stays as it is, byte for byte.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr edit 12
  adr edit 12 --add-tag data --remove-tag draft --review-by 2027-01-31
  adr edit 12 --title Use NATS for events --rename --dry-run
  EDITOR='code --wait' adr edit @last")]
pub(super) struct Args {
    /// Which one: `12`, `ADR-12`, a file, words of the title, `@last`, `@proposed`
    #[arg(value_name = "REF", required = true)]
    reference: Vec<String>,

    /// The new title; the number before it stays
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    title: Vec<String>,

    /// Name the file after the title, and follow every link to it in the log
    #[arg(long)]
    rename: bool,

    /// With --rename: follow it in all files that git tracks
    #[arg(long, requires = "rename")]
    code: bool,

    /// A word to find it by; may be given several times
    #[arg(long, alias = "tag", value_name = "WORD")]
    add_tag: Vec<String>,

    /// A tag that goes
    #[arg(long, value_name = "WORD")]
    remove_tag: Vec<String>,

    /// Somebody who decides
    #[arg(long, alias = "decider", value_name = "NAME")]
    add_decider: Vec<String>,

    /// Somebody who does not
    #[arg(long, value_name = "NAME")]
    remove_decider: Vec<String>,

    #[command(flatten)]
    review: Review,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// When to look at the decision again.
#[derive(clap::Args)]
struct Review {
    /// The day by which to look at it again
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    review_by: Option<Date>,

    /// No day by which to look at it again
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

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let amendment = args.amendment();
    if amendment == Amendment::default() && !args.dry_run {
        return open(args, session);
    }
    let desk = Desk::at(session, session.open_to_change(args.dry_run)?, None)?;
    let log = &desk.project.log;
    let id = find_words(log, &args.reference)?;
    let others = match (args.rename, args.code) {
        (true, true) => desk.project.tracked_texts(),
        _ => desk.project.other_texts(),
    };
    let named = if args.rename { others.as_slice() } else { &[] };
    let changes = amend(log, id, &amendment, named, &desk.words)?;
    let changes = contents::followed(&desk.project, &others, changes);
    strangers(log, id, args, session);
    desk.carry_out_with(session, (&others, &changes), args.dry_run)
}

/// Opens the editor, or prints the path where there is none.
fn open(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let id = find_words(&project.log, &args.reference)?;
    let path = project.log.record(id).source.path();
    let editor =
        ["VISUAL", "EDITOR"].iter().any(|name| session.environment.variable(name).is_some());
    if editor && session.is_interactive() {
        editor::open(session.environment, path)?;
    }
    announce(session, std::iter::once(path))?;
    Ok(Outcome::Done)
}

/// Says which tags are to go that are not there, and which come that are nearly those of others.
fn strangers(log: &Log, id: RecordId, args: &Args, session: &mut Session<'_>) {
    let record = log.record(id);
    let own: Vec<&str> = record.tags.iter().map(|tag| tag.value.as_str()).collect();
    let people: Vec<&str> = record.decision_makers.iter().map(|one| one.value.as_str()).collect();
    for (given, known, what) in
        [(&args.remove_tag, &own, "the tag"), (&args.remove_decider, &people, "the decider")]
    {
        for value in given.iter().filter(|value| !is_among(value, known)) {
            let near = near(value, known).map(|near| format!("; did you mean `{near}`?"));
            let label = record.label();
            session.ui.remark(&format!(
                "{label} does not have {what} `{value}`{}",
                near.unwrap_or_default()
            ));
        }
    }
    let mut all: Vec<&str> =
        log.records().iter().flat_map(|one| &one.tags).map(|tag| tag.value.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    for value in args.add_tag.iter().filter(|value| !is_among(value, &all)) {
        if let Some(near) = near(value, &all) {
            session.ui.remark(&format!("`{value}` is a new tag; other records have `{near}`"));
        }
    }
}

fn is_among(value: &str, known: &[&str]) -> bool {
    known.iter().any(|one| one.to_lowercase() == value.trim().to_lowercase())
}

/// The one of `known` that `value` is probably a slip of.
fn near<'k>(value: &str, known: &[&'k str]) -> Option<&'k str> {
    let value = value.to_lowercase();
    let far = |one: &str| strsim::damerau_levenshtein(&one.to_lowercase(), &value);
    let most = if value.chars().count() > 4 { 2 } else { 1 };
    known.iter().copied().filter(|one| far(one) <= most).min_by_key(|one| far(one))
}
