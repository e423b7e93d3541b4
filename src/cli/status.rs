//! `adr status`, and the verbs that are short for it

use super::desk::{Desk, Write};
use super::reference::{find, report_faults};
use super::{Outcome, Session};
use crate::author::{Revisions, status_named};
use crate::export::{OneJson, RecordJson};
use crate::model::{Lifecycle, RecordId};
use crate::text::shell_word;
use crate::{Refusal, Result};

/// Show or change a status
///
/// Without STATE prints the status that is read. With it changes the words that state it, in every
/// place where the record does; the rest of the file stays as it is, byte for byte. A change that
/// the log does not allow is refused, with those that it allows.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr status 12
  adr status 12 accepted
  adr status 12 rejected --reason 'It costs more than it saves.'
  adr status 12 superseded --by 15 --dry-run")]
pub(super) struct Args {
    /// Which record
    #[arg(value_name = "REF")]
    reference: String,

    /// draft, proposed, accepted, rejected, deprecated, superseded, or a word of the team's
    #[arg(value_name = "STATE")]
    state: Option<String>,

    /// The record that took its place
    #[arg(long, value_name = "REF", requires = "state")]
    by: Vec<String>,

    /// Why; written beside the status, in the style of the record, in the place of an older reason
    #[arg(long, value_name = "TEXT", requires = "state")]
    reason: Option<String>,

    #[command(flatten)]
    write: Write,
}

/// The arguments of `adr accept` and its kin.
#[derive(clap::Args)]
pub(super) struct Short {
    /// Which records
    #[arg(value_name = "REF", required = true)]
    references: Vec<String>,

    /// Why; written beside the status, in the style of the record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    write: Write,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let Some(state) = &args.state else {
        args.write.is_untouched(&format!("adr status {} STATE", shell_word(&args.reference)))?;
        return show(&args.reference, session);
    };
    let desk = Desk::open(session, &args.write)?;
    let log = &desk.project.log;
    let team = desk.project.config.status.words.keys().map(String::as_str);
    let named = |given: &str| status_named(given, team.clone(), &desk.words);
    let status = match named(state) {
        Err(_) if named(&args.reference).is_ok() && find(log, state).is_ok() => {
            let (first, second) = (shell_word(state), shell_word(&args.reference));
            let nearest = Some(format!("adr status {first} {second}"));
            let (given, known) = (state.clone(), vec![]);
            return Err(Refusal::UnknownStatus { given, nearest, known }.into());
        }
        other => other?,
    };
    let id = find(log, &args.reference)?;
    let rules = desk.rules(args.write.force);
    let mut revisions = Revisions::default();
    let by: Vec<RecordId> = args.by.iter().map(|by| find(log, by)).collect::<Result<_>>()?;
    if status.status.is(Lifecycle::Superseded) {
        if by.is_empty() && log.successors(id).is_empty() {
            return Err(Refusal::NoSuccessor { given: args.reference.clone() }.into());
        }
        for new in by {
            revisions.supersede(log, id, new, &rules)?;
        }
    } else if let Some(new) = args.by.first() {
        let reason = format!("a record that is {} has no successor", status.word);
        let (old, new) = (shell_word(&args.reference), shell_word(new));
        let instead = Some(format!("adr status {old} superseded --by {new}"));
        return Err(Refusal::NoUse { option: "--by", reason, instead }.into());
    }
    revisions.status_in_words(log, id, &status, &rules)?;
    if let Some(reason) = &args.reason {
        revisions.reason(id, reason)?;
    }
    desk.carry_out(session, &revisions.changes(log, &rules)?, &args.write)
}

/// Gives all the records one of the states that need no more words.
pub(super) fn run_short(
    state: Lifecycle,
    args: &Short,
    session: &mut Session<'_>,
) -> Result<Outcome> {
    let desk = Desk::open(session, &args.write)?;
    let log = &desk.project.log;
    let rules = desk.rules(args.write.force);
    let mut revisions = Revisions::default();
    for reference in &args.references {
        let id = find(log, reference)?;
        revisions.status(log, id, &state.into(), &rules)?;
        if let Some(reason) = &args.reason {
            revisions.reason(id, reason)?;
        }
    }
    desk.carry_out(session, &revisions.changes(log, &rules)?, &args.write)
}

fn show(reference: &str, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let id = find(&project.log, reference)?;
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
    let words = super::reference::one_line(&status.to_string());
    let line = session.ui.in_status_color(Some(status), &words);
    session.ui.show(&line)?;
    Ok(Outcome::Done)
}
