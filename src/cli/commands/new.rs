//! `adr new`

use std::path::PathBuf;

use crate::author::{Content, RelationClaim, RelationEnd, Revisions};
use crate::cli::args::{RecordInput, RelationWords, find_record, parse_base, parse_date};
use crate::cli::changes::{
    EditSession, FinishOptions, RecordRequest, draft_record, write_new_record,
};
use crate::cli::session::{Outcome, Session};
use crate::model::{Date, Lifecycle, RelationKind};
use crate::{Refusal, Result};

/// Write a new decision
///
/// Fills in the template with the next number and prints the path of the file. On a terminal, opens
/// the editor (VISUAL, else EDITOR), unless the decision is given on the command line.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr new Use PostgreSQL for orders
  adr new --supersedes 7 --template madr Use NATS for events
  adr new Ship weekly --context 'We ship twice a year.' --decision 'We ship every week.'")]
pub(crate) struct Args {
    /// Title of the decision; needs no quotes
    #[arg(value_name = "TITLE", required_unless_present_any = ["from_json", "stdin"])]
    title: Vec<String>,

    /// Template: nygard, madr, madr-minimal, madr-bare, y-statement, or a file
    #[arg(short, long, value_name = "NAME|FILE")]
    template: Option<String>,

    /// Status of the record [default: proposed; accepted with --supersedes]
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,

    /// Use DATE as the date of the decision instead of today
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,

    #[command(flatten)]
    relations: RelationArgs,

    #[command(flatten)]
    content: ContentArgs,

    /// Also skip the numbers on a branch, tag or commit; those on all branches are always skipped
    #[arg(hide_short_help = true, long, value_name = "REF", value_parser = parse_base)]
    base: Option<String>,

    /// Do not open an editor
    #[arg(long)]
    no_edit: bool,

    /// Supersede a record even if the log does not permit it
    #[arg(hide_short_help = true, long)]
    force: bool,

    /// Print a unified diff instead of writing
    #[arg(long)]
    dry_run: bool,
}

/// How to give the counterpart of a relation.
const LINK_FORM: &str = "--link REF:VERB:REVERSE";

/// The relations of the new record; the other records get the counterparts.
#[derive(clap::Args)]
#[command(next_help_heading = "Relations")]
struct RelationArgs {
    /// Supersede a record; may be repeated
    #[arg(short, long, value_name = "REF")]
    supersedes: Vec<String>,

    /// Amend a record; may be repeated
    #[arg(long, value_name = "REF")]
    amends: Vec<String>,

    /// Add any other relation and its counterpart, as in `3:Fulfils:Fulfilled by`
    #[arg(short, long, value_name = "REF:VERB[:REVERSE]")]
    link: Vec<String>,
}

/// The content of the record. Missing parts are left to be filled in.
#[derive(clap::Args)]
#[command(next_help_heading = "Content")]
struct ContentArgs {
    /// Why the decision is needed
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    context: Option<String>,

    /// What is decided
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    decision: Option<String>,

    /// Requirement or concern behind the decision; may be repeated
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    driver: Vec<String>,

    /// Considered option; may be repeated
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    option: Vec<String>,

    /// Consequence of the decision; may be repeated
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    consequence: Vec<String>,

    /// Decision maker; may be repeated
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    decider: Vec<String>,

    /// Person to consult; may be repeated
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    consulted: Vec<String>,

    /// Person to inform; may be repeated
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    informed: Vec<String>,

    /// Tag; may be repeated
    #[arg(hide_short_help = true, long, value_name = "TAG")]
    tag: Vec<String>,

    /// Read all sections, or a whole record, as Markdown from standard input
    #[arg(hide_short_help = true, long, conflicts_with = "from_json")]
    stdin: bool,

    /// Read title, status, date and content as JSON from FILE, or from standard input
    #[arg(hide_short_help = true, long, value_name = "FILE|-")]
    from_json: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let input = args.content.read_input()?;
    let input_date = input.date.as_deref().map(parse_input_date).transpose()?;
    let date = args.date.or(input_date);
    let editing = EditSession::new(session, session.open_or_create(args.dry_run)?, date)?;
    report_new_log(&editing, session);
    let title = args.title.join(" ");
    let content = args.content.merged_with(input.content);
    let is_superseding = !args.relations.supersedes.is_empty();
    let request = RecordRequest {
        title: if title.is_empty() { input.title.unwrap_or_default() } else { title },
        template: args.template.as_deref(),
        status: args.status.as_deref().or(input.status.as_deref()),
        default_status: if is_superseding { "accepted" } else { "proposed" },
        is_dated: date.is_some(),
        content: &content,
        base: args.base.as_deref(),
    };
    let mut draft = draft_record(session, &editing, &request)?;
    let log = &editing.project.log;
    let rules = editing.rules(args.force);
    let mut revisions = Revisions::default();
    for reference in &args.relations.supersedes {
        let old = find_record(log, reference)?;
        revisions.status(log, old, &Lifecycle::Superseded.into(), &rules)?;
        draft.supersede(log, old, &mut revisions, &editing.words)?;
    }
    for relation in args.relations.other_relations(&editing)? {
        let target = find_record(log, &relation.to)?;
        let link = draft.claim(log, &relation.claim, target, &editing.words)?;
        let target_end = RelationEnd { record: target, claim: &relation.counterpart };
        revisions.claim(log, target_end, &link);
    }
    let mut changes = vec![draft.into_change(&editing.words)?];
    changes.extend(revisions.changes(log, &rules)?);
    let edit = !args.no_edit && !content.has_text();
    write_new_record(session, editing, &changes, FinishOptions { dry_run: args.dry_run, edit })
}

fn parse_input_date(given: &str) -> Result<Date> {
    Date::parse_iso(given).ok_or_else(|| {
        let reason = format!("`{given}` is not a date of the form YYYY-MM-DD");
        Refusal::BadInput { what: "the JSON".to_owned(), reason }.into()
    })
}

/// Reports that the record starts a log, if the user did not choose its folder.
fn report_new_log(editing: &EditSession, session: &mut Session<'_>) {
    let (log, place) = (&editing.project.log, &editing.project.place);
    if log.records().is_empty() && place.config.is_none() && session.global.dir.is_none() {
        let folder = place.folder.display();
        session.ui.remark(&format!("no decision log found; starting one in {folder}"));
    }
}

/// A relation of the new record to an existing one.
struct RelationRequest {
    /// The reference to the other record.
    to: String,
    claim: RelationClaim,
    /// What the other record states.
    counterpart: RelationClaim,
}

impl RelationArgs {
    /// Returns all relations except supersessions.
    fn other_relations(&self, editing: &EditSession) -> Result<Vec<RelationRequest>> {
        let amendments = self.amends.iter().map(|to| {
            let kind = RelationKind::Amends;
            let (claim, counterpart) = (RelationClaim::of(kind), RelationClaim::of(kind.inverse()));
            Ok(RelationRequest { to: to.clone(), claim, counterpart })
        });
        let links = self.link.iter().map(|link| {
            let parts: Vec<String> = link.splitn(3, ':').map(str::to_owned).collect();
            let arguments = match parts.as_slice() {
                [to, verb] => vec![verb.clone(), to.clone()],
                [to, verb, counterpart] => vec![verb.clone(), to.clone(), counterpart.clone()],
                _ => {
                    let (given, nearest) = (link.clone(), None);
                    return Err(Refusal::UnknownVerb { given, nearest, form: LINK_FORM }.into());
                }
            };
            let words = RelationWords::parse(&arguments, &editing.words, LINK_FORM)?;
            let counterpart = words.counterpart(&editing.words);
            Ok(RelationRequest { to: words.to, claim: words.claim, counterpart })
        });
        amendments.chain(links).collect()
    }
}

impl ContentArgs {
    /// Reads the input from standard input or a file, if requested.
    fn read_input(&self) -> Result<RecordInput> {
        match &self.from_json {
            _ if self.stdin => RecordInput::from_stdin(),
            Some(path) => RecordInput::from_json(path),
            None => Ok(RecordInput::default()),
        }
    }

    /// Returns the content of the options, completed from `input`.
    fn merged_with(&self, input: Content) -> Content {
        let first_given = |options: &[String], input: Vec<String>| {
            if options.is_empty() { input } else { options.to_vec() }
        };
        Content {
            context: self.context.clone().or(input.context),
            decision: self.decision.clone().or(input.decision),
            drivers: first_given(&self.driver, input.drivers),
            options: first_given(&self.option, input.options),
            consequences: first_given(&self.consequence, input.consequences),
            deciders: first_given(&self.decider, input.deciders),
            consulted: first_given(&self.consulted, input.consulted),
            informed: first_given(&self.informed, input.informed),
            tags: first_given(&self.tag, input.tags),
            body: input.body,
        }
    }
}
