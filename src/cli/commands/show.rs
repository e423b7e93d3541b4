//! `adr show`

use anstyle::Style;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::Result;
use crate::cli::args::{find_record_by_words, label_and_title, report_faults};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::{StyledLine, Ui, one_line};
use crate::export::{RecordJson, SCHEMA_VERSION};
use crate::model::{Log, RecordId, RelationKind};
use crate::text::{Spanned, visible_name};

/// Print a decision
///
/// Prints its status, its date, its relations, including those that other records state, and the
/// chain to the decision in force, followed by its text. REF is a number, an id, a path, a part of a
/// file name, or words of the title.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr show 12
  adr show postgres
  adr show @last --raw")]
pub(crate) struct Args {
    /// Record: `12`, `ADR-12`, a file, words of the title, `@last` or `@proposed`
    #[arg(value_name = "REF", required = true)]
    reference: Vec<String>,

    /// Print the file unchanged
    #[arg(long)]
    raw: bool,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let log = &project.log;
    let id = find_record_by_words(log, &args.reference)?;
    let record = log.record(id);
    report_faults(&mut session.ui, [record].into_iter());
    if session.global.json {
        session.ui.json(&ShowJson::new(log, id))?;
    } else if args.raw {
        session.ui.raw(record.source.written().as_bytes())?;
    } else {
        print_header(&mut session.ui, log, id)?;
        let body = record.document.body.of(record.text()).trim();
        session.ui.line(&body.replace("\r\n", "\n"))?;
    }
    Ok(Outcome::Done)
}

/// The JSON document of `adr show`.
#[derive(Serialize)]
struct ShowJson<'l> {
    schema_version: u32,
    record: RecordJson<'l>,
    /// The relations that other records state to this one.
    incoming: Vec<IncomingRelationJson<'l>>,
    /// The files of the records at the ends of its chains of successors.
    current: Vec<&'l str>,
}

/// A relation that another record states.
#[derive(Serialize)]
struct IncomingRelationJson<'l> {
    kind: &'static str,
    /// The file of the record that states it.
    from: &'l str,
}

impl<'l> ShowJson<'l> {
    fn new(log: &'l Log, id: RecordId) -> Self {
        let file = |id| log.record(id).file.as_str();
        let incoming = log.incoming(id).map(|(from, relation)| IncomingRelationJson {
            kind: relation.kind.as_str(),
            from: file(from),
        });
        Self {
            schema_version: SCHEMA_VERSION,
            record: RecordJson::new(log, id),
            incoming: incoming.collect(),
            current: log.current(id).iter().copied().map(file).collect(),
        }
    }
}

/// Prints the title and the fields of a record, one per line, followed by an empty line.
fn print_header(ui: &mut Ui<'_>, log: &Log, id: RecordId) -> Result<()> {
    let record = log.record(id);
    let title = ui.styled(Style::new().bold(), &label_and_title(log, id));
    ui.show(&title)?;
    let fields = fields(log, id);
    let name_width = fields.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, value) in &fields {
        let value = match *name {
            "Status" => ui.in_status_color(record.status(), value),
            _ => StyledLine::text(value),
        };
        let name = ui.styled(Style::new().dimmed(), &format!("{name:<name_width$}"));
        ui.show(&name.and_text("  ").and(&value))?;
    }
    ui.line("")
}

/// Returns the stated fields, the relations, and the chain to the decision in force.
fn fields(log: &Log, id: RecordId) -> Vec<(&'static str, String)> {
    let record = log.record(id);
    let joined = |values: &[Spanned<String>]| {
        values.iter().map(|value| one_line(&value.value)).collect::<Vec<_>>().join(", ")
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
    fields.extend(successor_chain(log, id));
    fields
}

/// Returns the relations of a record, whether it or another record states them, without duplicates.
fn relations(log: &Log, id: RecordId) -> Vec<(&'static str, String)> {
    let outgoing = log.relations(id).map(|(relation, target)| {
        let target_name = target.map_or_else(
            || format!("{} (no such record)", one_line(&relation.reference.text)),
            |target| label_and_title(log, target),
        );
        (relation.kind, target_name, "")
    });
    let incoming = log.incoming(id).map(|(from, relation)| {
        (relation.kind.inverse(), label_and_title(log, from), ", as that record says")
    });
    let mut relations: Vec<(RelationKind, String, &str)> = Vec::new();
    for (kind, name, remark) in outgoing.chain(incoming) {
        // A relation that both records state is listed once, as this record states it.
        if !relations.iter().any(|(other_kind, other, _)| *other_kind == kind && *other == name) {
            relations.push((kind, name, remark));
        }
    }
    relations.sort_by_key(|(kind, _, _)| *kind);
    relations.into_iter().map(|(kind, name, remark)| (heading(kind), name + remark)).collect()
}

/// Returns the name of a kind of relation, as a heading.
fn heading(kind: RelationKind) -> &'static str {
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

/// Returns the chain of successors and its end; `None` for a record without a successor.
fn successor_chain(log: &Log, id: RecordId) -> Option<(&'static str, String)> {
    log.successors(id).first()?;
    let mut chain = vec![id];
    while let [next] = log.successors(*chain.last()?) {
        if chain.contains(next) {
            return Some(("In force", "nothing: the chain of successors is circular".to_owned()));
        }
        chain.push(*next);
    }
    let last_id = *chain.last()?;
    let mut steps: Vec<String> = chain.iter().map(|id| log.record(*id).label()).collect();
    // The chain stops at a record with several successors, which have separate ends.
    let end_ids = log.current(id);
    if end_ids == [last_id] {
        steps.pop();
    }
    let ends = end_ids.iter().map(|id| label_and_title(log, *id)).collect::<Vec<_>>();
    steps.push(ends.join(" and "));
    let is_in_force = end_ids.iter().any(|end| log.in_force(*end));
    Some((if is_in_force { "In force" } else { "Leads to" }, steps.join(" → ")))
}
