//! `adr supersede`

use crate::Result;
use crate::author::{Content, Revisions};
use crate::cli::args::find_record;
use crate::cli::changes::{
    EditArgs, EditSession, FinishOptions, RecordRequest, draft_record, write_new_record,
};
use crate::cli::session::{Outcome, Session};
use crate::model::{Lifecycle, RecordId};

/// Replace decisions with another one
///
/// Marks the old records as superseded by the new one, and notes in the new one that it supersedes
/// them. With --title, also writes the new record, which is accepted unless --status is given.
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("successor").required(true).args(["by", "title"])))]
#[command(before_long_help = "Examples:
  adr supersede 7 --by 12
  adr supersede 3 7 --by 12 --dry-run
  adr supersede 7 --title Use NATS for events")]
pub(crate) struct Args {
    /// Records to replace
    #[arg(value_name = "OLD", required = true)]
    old: Vec<String>,

    /// Record that replaces them
    #[arg(long, value_name = "REF")]
    by: Option<String>,

    /// Write the record that replaces them, with this title
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    title: Vec<String>,

    /// Status of the new record
    #[arg(long, value_name = "STATUS", requires = "title", default_value = "accepted")]
    status: String,

    /// Template of the new record, as in `adr new`
    #[arg(short, long, value_name = "NAME|FILE", requires = "title")]
    template: Option<String>,

    /// Do not open an editor
    #[arg(long)]
    no_edit: bool,

    #[command(flatten)]
    edit: EditArgs,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let editing = EditSession::open(session, &args.edit)?;
    let log = &editing.project.log;
    let old_ids: Vec<RecordId> =
        args.old.iter().map(|old| find_record(log, old)).collect::<Result<_>>()?;
    let rules = editing.rules(args.edit.force);
    let mut revisions = Revisions::default();
    if let Some(successor) = &args.by {
        let new_id = find_record(log, successor)?;
        for old_id in old_ids {
            revisions.supersede(log, old_id, new_id, &rules)?;
        }
        return editing.apply(session, &revisions.changes(log, &rules)?, &args.edit);
    }
    let request = RecordRequest {
        title: args.title.join(" "),
        template: args.template.as_deref(),
        status: Some(&args.status),
        default_status: &args.status,
        is_dated: args.edit.date.is_some(),
        content: &Content::default(),
        base: None,
    };
    let mut draft = draft_record(session, &editing, &request)?;
    for old_id in &old_ids {
        revisions.status(log, *old_id, &Lifecycle::Superseded.into(), &rules)?;
        draft.supersede(log, *old_id, &mut revisions, &editing.words)?;
    }
    let mut changes = vec![draft.into_change(&editing.words)?];
    changes.extend(revisions.changes(log, &rules)?);
    let options = FinishOptions { dry_run: args.edit.dry_run, edit: !args.no_edit };
    write_new_record(session, editing, &changes, options)
}
