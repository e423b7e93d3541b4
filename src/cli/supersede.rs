//! `adr supersede`

use super::desk::{Desk, Write};
use super::new::{self, Making};
use super::reference::find;
use super::{Outcome, Session};
use crate::Result;
use crate::author::{Content, Revisions};
use crate::model::{Lifecycle, RecordId};

/// Replace decisions by another one
///
/// The old records become superseded and name the new one; the new one names them. With --title
/// the new record is written, too; it is accepted unless --status says otherwise.
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("successor").required(true).args(["by", "title"])))]
#[command(before_long_help = "Examples:
  adr supersede 7 --by 12
  adr supersede 3 7 --by 12 --dry-run
  adr supersede 7 --title Use NATS for events")]
pub(super) struct Args {
    /// The records whose place is taken
    #[arg(value_name = "OLD", required = true)]
    old: Vec<String>,

    /// The record that takes their place
    #[arg(long, value_name = "REF")]
    by: Option<String>,

    /// The title of the record that takes their place, to be written now
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    title: Vec<String>,

    /// The status of the new record
    #[arg(long, value_name = "STATUS", requires = "title", default_value = "accepted")]
    status: String,

    /// The template of the new record, as in `adr new`
    #[arg(short, long, value_name = "NAME|FILE", requires = "title")]
    template: Option<String>,

    /// Open no editor
    #[arg(long)]
    no_edit: bool,

    #[command(flatten)]
    write: Write,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let desk = Desk::open(session, &args.write)?;
    let log = &desk.project.log;
    let old: Vec<RecordId> = args.old.iter().map(|old| find(log, old)).collect::<Result<_>>()?;
    let rules = desk.rules(args.write.force);
    let mut revisions = Revisions::default();
    if let Some(by) = &args.by {
        let new = find(log, by)?;
        for old in old {
            revisions.supersede(log, old, new, &rules)?;
        }
        return desk.carry_out(session, &revisions.changes(log, &rules)?, &args.write);
    }
    let making = Making {
        title: args.title.join(" "),
        template: args.template.as_deref(),
        status: Some(&args.status),
        usual: &args.status,
        is_dated: args.write.date.is_some(),
        content: &Content::default(),
        base: None,
    };
    let mut draft = new::draft(session, &desk, &making)?;
    for old in &old {
        revisions.status(log, *old, &Lifecycle::Superseded.into(), &rules)?;
        draft.supersede(log, *old, &mut revisions, &desk.words)?;
    }
    let mut changes = vec![draft.into_change(&desk.words)?];
    changes.extend(revisions.changes(log, &rules)?);
    new::finish(session, desk, &changes, (args.write.dry_run, !args.no_edit))
}
