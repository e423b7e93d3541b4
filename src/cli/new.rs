//! `adr new`

use std::path::PathBuf;

use super::base::{Comparison, Purpose};
use super::desk::{Desk, announce, preview};
use super::given::Given;
use super::reference::find;
use super::{Outcome, Session, editor, template};
use crate::author::{
    self, Content, NewRecord, RecordDraft, RelationClaim, RelationEnd, RequestedFields, Revisions,
    Scheme, is_record, status_named,
};
use crate::model::{Date, Lifecycle, RelationKind};
use crate::project::Project;
use crate::text::Change;
use crate::{Error, Refusal, Result};

/// Write a new decision
///
/// Takes the next number, fills in the template and prints the path of the file. On a terminal the
/// editor opens (VISUAL, else EDITOR) unless the decision was given on the command line.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr new Use PostgreSQL for orders
  adr new --supersedes 7 --template madr Use NATS for events
  adr new Ship weekly --context 'We ship twice a year.' --decision 'We ship every week.'")]
pub(super) struct Args {
    /// What is decided; no quotes are needed
    #[arg(value_name = "TITLE", required_unless_present_any = ["from_json", "stdin"])]
    title: Vec<String>,

    /// nygard, madr, madr-minimal, madr-bare, y-statement, or a file
    #[arg(short, long, value_name = "NAME|FILE")]
    template: Option<String>,

    /// The status to begin with [default: proposed; accepted with --supersedes]
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,

    /// The day of the decision, in place of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    date: Option<Date>,

    #[command(flatten)]
    relations: Relations,

    #[command(flatten)]
    text: Text,

    /// A branch, tag or commit whose numbers are taken too, beside those of all branches
    #[arg(hide_short_help = true, long, value_name = "REF", value_parser = super::name_of_base)]
    base: Option<String>,

    /// Open no editor
    #[arg(long)]
    no_edit: bool,

    /// Supersede a record that the log does not allow to be superseded
    #[arg(hide_short_help = true, long)]
    force: bool,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// How the counterpart of a relation is given.
const LINK_FORM: &str = "--link REF:VERB:REVERSE";

/// What the new record says about others; they say the counterpart.
#[derive(clap::Args)]
#[command(next_help_heading = "Relations")]
struct Relations {
    /// A record whose place the new one takes
    #[arg(short, long, value_name = "REF")]
    supersedes: Vec<String>,

    /// A record that the new one changes
    #[arg(long, value_name = "REF")]
    amends: Vec<String>,

    /// Any other relation, and its counterpart: `3:Fulfils:Fulfilled by`
    #[arg(short, long, value_name = "REF:VERB[:REVERSE]")]
    link: Vec<String>,
}

/// The decision itself; what is not given is left to be filled in.
#[derive(clap::Args)]
#[command(next_help_heading = "Content")]
struct Text {
    /// Why a decision is due
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    context: Option<String>,

    /// What is decided
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    decision: Option<String>,

    /// What the decision has to satisfy
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    driver: Vec<String>,

    /// What could be done
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    option: Vec<String>,

    /// What follows from it
    #[arg(hide_short_help = true, long, value_name = "TEXT")]
    consequence: Vec<String>,

    /// Who decides
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    decider: Vec<String>,

    /// Who is asked
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    consulted: Vec<String>,

    /// Who is told
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    informed: Vec<String>,

    /// A word to find it by
    #[arg(hide_short_help = true, long, value_name = "WORD")]
    tag: Vec<String>,

    /// Read all sections, or a whole record, as Markdown from standard input
    #[arg(hide_short_help = true, long, conflicts_with = "from_json")]
    stdin: bool,

    /// Read title, status, date and content as JSON
    #[arg(hide_short_help = true, long, value_name = "FILE|-")]
    from_json: Option<PathBuf>,
}

/// A record that is to be made, for this and other commands.
pub(super) struct Making<'m> {
    pub title: String,
    pub template: Option<&'m str>,
    /// As it was given, if it was.
    pub status: Option<&'m str>,
    /// The status of a record of which nobody has said one.
    pub usual: &'m str,
    /// Whether somebody has said which day it is of.
    pub is_dated: bool,
    pub content: &'m Content,
    /// The branch whose numbers are taken too, where one is named.
    pub base: Option<&'m str>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let given = args.text.given()?;
    let date = match &given.date {
        Some(date) => Some(Date::parse_iso(date).ok_or_else(|| bad_date(date))?),
        None => None,
    };
    let desk = Desk::at(session, session.open_or_begin(args.dry_run)?, args.date.or(date))?;
    let log = &desk.project.log;
    let place = &desk.project.place;
    if log.records().is_empty() && place.config.is_none() && session.global.dir.is_none() {
        let folder = place.folder.display();
        session.ui.remark(&format!("no decision log was found; one begins in {folder}"));
    }
    let typed = args.title.join(" ");
    let usual = if args.relations.supersedes.is_empty() { "proposed" } else { "accepted" };
    let content = args.text.over(given.content);
    let making = Making {
        title: if typed.is_empty() { given.title.unwrap_or_default() } else { typed },
        template: args.template.as_deref(),
        status: args.status.as_deref().or(given.status.as_deref()),
        usual,
        is_dated: args.date.or(date).is_some(),
        content: &content,
        base: args.base.as_deref(),
    };
    let mut draft = draft(session, &desk, &making)?;
    let mut revisions = Revisions::default();
    for old in &args.relations.supersedes {
        let old = find(log, old)?;
        revisions.status(log, old, &Lifecycle::Superseded.into(), &desk.rules(args.force))?;
        draft.supersede(log, old, &mut revisions, &desk.words)?;
    }
    for (to, claim, reverse) in args.relations.others(&desk)? {
        let to = find(log, &to)?;
        let link = draft.claim(log, &claim, to, &desk.words)?;
        revisions.claim(log, RelationEnd { record: to, claim: &reverse }, &link);
    }
    let mut changes = vec![draft.into_change(&desk.words)?];
    changes.extend(revisions.changes(log, &desk.rules(args.force))?);
    let edit = !args.no_edit && !content.has_text();
    finish(session, desk, &changes, (args.dry_run, edit))
}

fn bad_date(given: &str) -> Error {
    let reason = format!("`{given}` is not a date of the form YYYY-MM-DD");
    Refusal::BadInput { what: "the JSON".to_owned(), reason }.into()
}

impl Relations {
    /// All but supersessions: the record, what is said of it, and what it says.
    fn others(&self, desk: &Desk) -> Result<Vec<(String, RelationClaim, RelationClaim)>> {
        let amends = self.amends.iter().map(|to| {
            let kind = RelationKind::Amends;
            Ok((to.clone(), RelationClaim::of(kind), RelationClaim::of(kind.inverse())))
        });
        let links = self.link.iter().map(|link| {
            let parts: Vec<String> = link.splitn(3, ':').map(str::to_owned).collect();
            let rest = match parts.as_slice() {
                [to, verb] => vec![verb.clone(), to.clone()],
                [to, verb, reverse] => vec![verb.clone(), to.clone(), reverse.clone()],
                _ => {
                    let (given, nearest) = (link.clone(), None);
                    return Err(Refusal::UnknownVerb { given, nearest, form: LINK_FORM }.into());
                }
            };
            let typed = super::link::typed(&rest, &desk.words, LINK_FORM)?;
            let reverse = typed.reverse(&desk.words);
            Ok((typed.to, typed.claim, reverse))
        });
        amends.chain(links).collect()
    }
}

impl Text {
    /// What is read from standard input or a file.
    fn given(&self) -> Result<Given> {
        match &self.from_json {
            _ if self.stdin => Given::from_stdin(),
            Some(path) => Given::from_json(path),
            None => Ok(Given::default()),
        }
    }

    /// What was typed, over what was `given` otherwise.
    fn over(&self, given: Content) -> Content {
        let first = |typed: &[String], given: Vec<String>| {
            if typed.is_empty() { given } else { typed.to_vec() }
        };
        Content {
            context: self.context.clone().or(given.context),
            decision: self.decision.clone().or(given.decision),
            drivers: first(&self.driver, given.drivers),
            options: first(&self.option, given.options),
            consequences: first(&self.consequence, given.consequences),
            deciders: first(&self.decider, given.deciders),
            consulted: first(&self.consulted, given.consulted),
            informed: first(&self.informed, given.informed),
            tags: first(&self.tag, given.tags),
            body: given.body,
        }
    }
}

/// The text of a new record of the log, with the next number.
pub(super) fn draft(
    session: &mut Session<'_>,
    desk: &Desk,
    making: &Making<'_>,
) -> Result<RecordDraft> {
    let project = &desk.project;
    let body = making.content.body.as_deref();
    if making.template.is_some() && body.is_some_and(|body| is_record(body, &desk.words)) {
        let reason = "the text that was given is a record with a form of its own".to_owned();
        return Err(Refusal::NoUse { option: "--template", reason, instead: None }.into());
    }
    let chosen = template::choose(session, project, making.template)?;
    let team = project.config.status.words.keys().map(String::as_str);
    let status = status_named(making.status.unwrap_or(making.usual), team, &desk.words)?;
    if status.status.is(Lifecycle::Superseded) {
        let reason = "nothing has taken the place of a record that is not there yet".to_owned();
        let instead = Some("adr supersede OLD --by NEW".to_owned());
        return Err(Refusal::NoUse { option: "--status superseded", reason, instead }.into());
    }
    let requested = RequestedFields { status: making.status.is_some(), date: making.is_dated };
    let new = NewRecord {
        title: &making.title,
        number: next_number(session, project, making.base)?,
        date: desk.date,
        status: &status.word,
        requested,
        content: making.content,
    };
    let folder = &project.place.folder;
    let template = chosen.template();
    let draft = author::create(&new, folder, &scheme(project), &template, &desk.words)?;
    if body.is_some_and(|body| is_record(body, &desk.words)) {
        return Ok(draft);
    }
    let draft = draft.with_line_ends_of(&project.log);
    if chosen.is_ours { draft.with_heading_style_of(&project.log, &desk.words) } else { Ok(draft) }
}

/// The number that comes next, on whatever branch the ones before are taken.
fn next_number(session: &mut Session<'_>, project: &Project, base: Option<&str>) -> Result<u32> {
    let comparison = Comparison::find(base, Purpose::Numbers, project, session)?;
    session.ui.remarks(&comparison.notes);
    let branches = comparison.branches();
    Ok(author::next_number(&project.log, branches.all.iter().map(String::as_str)))
}

/// How the log names its files: as configured, else as its newest files are named.
pub(super) fn scheme(project: &Project) -> Scheme {
    // One that cannot be used is refused where the configuration is read.
    let configured = project.config.scheme.as_deref().and_then(Scheme::parse);
    configured.unwrap_or_else(|| Scheme::of(&project.log))
}

/// Shows the changes, of which the first is the new record; or carries them out, opens the editor
/// and prints the path of the new record and nothing else.
pub(super) fn finish(
    session: &mut Session<'_>,
    mut desk: Desk,
    changes: &[Change],
    (dry_run, edit): (bool, bool),
) -> Result<Outcome> {
    if dry_run {
        return preview(session, desk.project.preview(changes)?);
    }
    let paths = desk.project.apply(changes)?;
    // Nobody has to wait while the author writes.
    desk.project.unlock();
    let Some((new, others)) = paths.split_first() else { return Ok(Outcome::Done) };
    for other in others {
        session.ui.remark(&format!("changed {}", other.display()));
    }
    if edit && session.is_interactive() {
        editor::open(session.environment, new)?;
    }
    // A script that reads the path gets one; a program that reads JSON gets all that was written.
    let written = if session.global.json { paths.as_slice() } else { std::slice::from_ref(new) };
    announce(session, written.iter().map(AsRef::as_ref))?;
    Ok(Outcome::Done)
}
