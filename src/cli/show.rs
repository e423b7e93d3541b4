//! `adr show`

use anstyle::Style;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::line::Line;
use super::reference::{called, find_words, one_line, report_faults};
use super::ui::Ui;
use super::{Outcome, Session};
use crate::Result;
use crate::export::{RecordJson, SCHEMA_VERSION};
use crate::model::{Log, RecordId, RelationKind};
use crate::text::visible_name;

/// Print a decision
///
/// First what is known of it: status, date, the relations that it and others state, and the way to
/// the decision in force; then its text. REF is a number, an id, a path, a part of a file name, or
/// words of the title.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr show 12
  adr show postgres
  adr show @last --raw")]
pub(super) struct Args {
    /// Which one: `12`, `ADR-12`, a file, words of the title, `@last`, `@proposed`
    #[arg(value_name = "REF", required = true)]
    reference: Vec<String>,

    /// Print the file as it is
    #[arg(long)]
    raw: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let log = &project.log;
    let id = find_words(log, &args.reference)?;
    let record = log.record(id);
    report_faults(&mut session.ui, [record].into_iter());
    if session.global.json {
        session.ui.json(&Shown::new(log, id))?;
    } else if args.raw {
        session.ui.raw(record.source.written().as_bytes())?;
    } else {
        header(&mut session.ui, log, id)?;
        let body = record.document.body.of(record.text()).trim();
        session.ui.line(&body.replace("\r\n", "\n"))?;
    }
    Ok(Outcome::Done)
}

/// What `adr show --json` prints.
#[derive(Serialize)]
struct Shown<'l> {
    schema_version: u32,
    record: RecordJson<'l>,
    /// What other records say about this one.
    incoming: Vec<Incoming<'l>>,
    /// The files of the records at the ends of its chains of successors.
    current: Vec<&'l str>,
}

/// A relation that another record states.
#[derive(Serialize)]
struct Incoming<'l> {
    kind: &'static str,
    /// The file of the record that states it.
    from: &'l str,
}

impl<'l> Shown<'l> {
    fn new(log: &'l Log, id: RecordId) -> Self {
        let file = |id| log.record(id).file.as_str();
        let incoming = log
            .incoming(id)
            .map(|(from, relation)| Incoming { kind: relation.kind.as_str(), from: file(from) });
        Self {
            schema_version: SCHEMA_VERSION,
            record: RecordJson::new(log, id),
            incoming: incoming.collect(),
            current: log.current(id).iter().copied().map(file).collect(),
        }
    }
}

/// Prints what is known of a record, a line a field, and a blank line behind it.
fn header(ui: &mut Ui<'_>, log: &Log, id: RecordId) -> Result<()> {
    let record = log.record(id);
    let bold = Style::new().bold();
    let title = ui.styled(bold, &called(log, id));
    ui.show(&title)?;
    let fields = fields(log, id);
    let width = fields.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, value) in &fields {
        let value = match *name {
            "Status" => ui.in_status_color(record.status(), value),
            _ => Line::text(value),
        };
        let name = ui.styled(Style::new().dimmed(), &format!("{name:<width$}"));
        ui.show(&name.and_text("  ").and(&value))?;
    }
    ui.line("")
}

/// The fields that are stated, with what other records say and the way to what is in force.
fn fields(log: &Log, id: RecordId) -> Vec<(&'static str, String)> {
    let record = log.record(id);
    let joined = |list: &[crate::text::Spanned<String>]| {
        list.iter().map(|one| one_line(&one.value)).collect::<Vec<_>>().join(", ")
    };
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    let date = record.date().map(|date| date.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("Status", one_line(&status)),
        ("Date", date),
        ("Decided by", joined(&record.decision_makers)),
        ("Consulted", joined(&record.consulted)),
        ("Informed", joined(&record.informed)),
        ("Tags", joined(&record.tags)),
        ("File", visible_name(&record.source.path().to_string_lossy()).into_owned()),
    ];
    fields.retain(|(_, value)| !value.is_empty());
    fields.extend(relations(log, id));
    fields.extend(way(log, id));
    fields
}

/// The relations of a record, each once, whoever states it.
fn relations(log: &Log, id: RecordId) -> Vec<(&'static str, String)> {
    let mut found: Vec<(RelationKind, String, bool)> = Vec::new();
    for (relation, target) in log.relations(id) {
        let name = target.map_or_else(
            || format!("{} (no such record)", one_line(&relation.reference.text)),
            |target| called(log, target),
        );
        if !found.iter().any(|(kind, other, _)| *kind == relation.kind && *other == name) {
            found.push((relation.kind, name, true));
        }
    }
    for (from, relation) in log.incoming(id) {
        let (kind, name) = (relation.kind.inverse(), called(log, from));
        if !found.iter().any(|(known, other, _)| *known == kind && *other == name) {
            found.push((kind, name, false));
        }
    }
    found.sort_by_key(|(kind, _, _)| *kind);
    let said = |own: bool| if own { "" } else { ", as that record says" };
    found.into_iter().map(|(kind, name, own)| (verb(kind), name + said(own))).collect()
}

/// The kind as people read it.
fn verb(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Supersedes => "Supersedes",
        RelationKind::SupersededBy => "Superseded by",
        RelationKind::PartiallySupersedes => "Partially supersedes",
        RelationKind::PartiallySupersededBy => "Partially superseded by",
        RelationKind::Amends => "Amends",
        RelationKind::AmendedBy => "Amended by",
        RelationKind::Extends => "Extends",
        RelationKind::ExtendedBy => "Extended by",
        RelationKind::Clarifies => "Clarifies",
        RelationKind::ClarifiedBy => "Clarified by",
        RelationKind::DependsOn => "Depends on",
        RelationKind::RequiredBy => "Required by",
        RelationKind::RelatesTo => "Relates to",
        RelationKind::Other => "Names",
    }
}

/// The chain of successors and where it ends; nothing for a record without successor.
fn way(log: &Log, id: RecordId) -> Option<(&'static str, String)> {
    log.successors(id).first()?;
    let mut chain = vec![id];
    while let [next] = log.successors(*chain.last()?) {
        if chain.contains(next) {
            return Some(("In force", "nothing: the chain of successors is a circle".to_owned()));
        }
        chain.push(*next);
    }
    let last = *chain.last()?;
    let mut steps: Vec<String> = chain.iter().map(|id| log.record(*id).label()).collect();
    let ends = log.current(id);
    if ends == [last] {
        steps.pop();
        steps.push(called(log, last));
    } else {
        steps.push(ends.iter().map(|id| called(log, *id)).collect::<Vec<_>>().join(" and "));
    }
    let decided = ends.iter().any(|end| log.in_force(*end));
    Some((if decided { "In force" } else { "Leads to" }, steps.join(" → ")))
}
