//! `adr status`, and the shorthands `adr accept`, `reject`, `deprecate` and `propose`.

use crate::author::{Revisions, status_named};
use crate::cli::args::{find_record, report_faults};
use crate::cli::changes::{EditArgs, EditSession};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::one_line;
use crate::export::{OneJson, RecordJson};
use crate::model::{Lifecycle, RecordId};
use crate::text::shell_word;
use crate::{Error, Refusal, Result};

/// Show or change a status
///
/// Without STATE, prints the status. With STATE, changes every place that states the status; the rest of
/// the file stays the same, byte for byte. A change that the log does not permit is refused.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr status 12
  adr status 12 accepted
  adr status 12 rejected --reason 'It costs more than it saves.'
  adr status 12 superseded --by 15 --dry-run")]
pub(crate) struct Args {
    /// Record
    #[arg(value_name = "REF")]
    reference: String,

    /// draft, proposed, accepted, rejected, deprecated, superseded, or a configured word
    #[arg(value_name = "STATE")]
    state: Option<String>,

    /// Record that supersedes this one
    #[arg(long, value_name = "REF", requires = "state")]
    by: Vec<String>,

    /// Write the reason next to the status, in the style of the record; replaces an older reason
    #[arg(long, value_name = "TEXT", requires = "state")]
    reason: Option<String>,

    #[command(flatten)]
    edit: EditArgs,
}

/// The arguments of the shorthands.
#[derive(clap::Args)]
pub(crate) struct ShorthandArgs {
    /// Records
    #[arg(value_name = "REF", required = true)]
    references: Vec<String>,

    /// Write the reason next to the status, in the style of the record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    edit: EditArgs,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let Some(state) = &args.state else {
        args.edit.check_unused(&format!("adr status {} STATE", shell_word(&args.reference)))?;
        return show(&args.reference, session);
    };
    let editing = EditSession::open(session, &args.edit)?;
    let log = &editing.project.log;
    let configured_words = editing.project.config.status.words.keys().map(String::as_str);
    let status_of = |given: &str| status_named(given, configured_words.clone(), &editing.words);
    let status = match status_of(state) {
        // The arguments are swapped.
        Err(_) if status_of(&args.reference).is_ok() && find_record(log, state).is_ok() => {
            let (reference, state_word) = (shell_word(state), shell_word(&args.reference));
            let nearest = Some(format!("adr status {reference} {state_word}"));
            let (given, known) = (state.clone(), vec![]);
            return Err(Refusal::UnknownStatus { given, nearest, known }.into());
        }
        status => status?,
    };
    let id = find_record(log, &args.reference)?;
    let rules = editing.rules(args.edit.force);
    let mut revisions = Revisions::default();
    let successors: Vec<RecordId> =
        args.by.iter().map(|successor| find_record(log, successor)).collect::<Result<_>>()?;
    if status.status.is(Lifecycle::Superseded) {
        if successors.is_empty() && log.successors(id).is_empty() {
            return Err(Refusal::NoSuccessor { given: args.reference.clone() }.into());
        }
        for successor in successors {
            revisions.supersede(log, id, successor, &rules)?;
        }
    } else if let Some(successor) = args.by.first() {
        return Err(unused_successor(&args.reference, successor, &status.word));
    }
    revisions.status_in_words(log, id, &status, &rules)?;
    if let Some(reason) = &args.reason {
        revisions.reason(id, reason)?;
    }
    editing.apply(session, &revisions.changes(log, &rules)?, &args.edit)
}

fn unused_successor(reference: &str, successor: &str, status_word: &str) -> Error {
    let reason = format!("a record that is {status_word} has no successor");
    let (old, new) = (shell_word(reference), shell_word(successor));
    let instead = Some(format!("adr status {old} superseded --by {new}"));
    Refusal::NoUse { option: "--by", reason, instead }.into()
}

pub(crate) fn accept(args: &ShorthandArgs, session: &mut Session<'_>) -> Result<Outcome> {
    set_state(Lifecycle::Accepted, args, session)
}

pub(crate) fn reject(args: &ShorthandArgs, session: &mut Session<'_>) -> Result<Outcome> {
    set_state(Lifecycle::Rejected, args, session)
}

pub(crate) fn deprecate(args: &ShorthandArgs, session: &mut Session<'_>) -> Result<Outcome> {
    set_state(Lifecycle::Deprecated, args, session)
}

pub(crate) fn propose(args: &ShorthandArgs, session: &mut Session<'_>) -> Result<Outcome> {
    set_state(Lifecycle::Proposed, args, session)
}

/// Gives all the records a state.
fn set_state(state: Lifecycle, args: &ShorthandArgs, session: &mut Session<'_>) -> Result<Outcome> {
    let editing = EditSession::open(session, &args.edit)?;
    let log = &editing.project.log;
    let rules = editing.rules(args.edit.force);
    let mut revisions = Revisions::default();
    for reference in &args.references {
        let id = find_record(log, reference)?;
        revisions.status(log, id, &state.into(), &rules)?;
        if let Some(reason) = &args.reason {
            revisions.reason(id, reason)?;
        }
    }
    editing.apply(session, &revisions.changes(log, &rules)?, &args.edit)
}

fn show(reference: &str, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let id = find_record(&project.log, reference)?;
    let record = project.log.record(id);
    report_faults(&mut session.ui, [record].into_iter());
    if session.global.json {
        session.ui.json(&OneJson::from(RecordJson::new(&project.log, id)))?;
        return Ok(Outcome::Done);
    }
    let Some(status) = record.status() else {
        session.ui.remark(&format!("{} states no status", record.label()));
        return Ok(Outcome::Findings);
    };
    let status_text = one_line(&status.to_string());
    let line = session.ui.in_status_color(Some(status), &status_text);
    session.ui.show(&line)?;
    Ok(Outcome::Done)
}
