//! `adr export` and `adr graph`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::filter::{self, Filter};
use super::reference::find;
use super::{Outcome, Session};
use crate::Result;
use crate::export::{Addresses, EXPORTS};
use crate::model::{Log, RecordId};
use crate::project::write_file;

/// Other formats
///
/// Prints the whole log, or the records that pass the filters, for other programs.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr export json
  adr export csv --out decisions.csv
  adr export csv --in-force --since 2026-01-01")]
pub(super) struct ExportArgs {
    /// What to make
    #[arg(value_name = "FORMAT", default_value = "json", value_parser = names(false))]
    format: String,

    /// What to make, as an option
    #[arg(long, value_name = "FORMAT", value_parser = names(false), conflicts_with = "format")]
    output_format: Option<String>,

    /// The file to write, in place of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    filter: Filter,
}

/// Relations as DOT, Mermaid or SVG
///
/// Prints how the records hang together: an arrow for every relation, from the later decision to
/// the earlier one. What is no longer in force is grey, what is not yet decided dashed.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr graph dot | dot -Tsvg > decisions.svg
  adr graph mermaid
  adr graph mermaid --around 12 --depth 2
  adr graph svg --out docs/adr/decisions.svg
  adr graph dot --prefix https://example.org/adr/ --extension .html")]
pub(super) struct GraphArgs {
    /// What to make
    #[arg(value_name = "FORMAT", default_value = "dot", value_parser = names(true))]
    format: String,

    /// What to make, as an option
    #[arg(long, value_name = "FORMAT", value_parser = names(true), conflicts_with = "format")]
    output_format: Option<String>,

    /// Only this record and those that have to do with it
    #[arg(long, value_name = "REF")]
    around: Option<String>,

    /// How many relations away from it a record may be [default: 1]
    #[arg(long, value_name = "N", requires = "around")]
    depth: Option<usize>,

    /// What comes before each address
    #[arg(short, long, value_name = "PREFIX")]
    prefix: Option<String>,

    /// What takes the place of `.md` in each address
    #[arg(short, long, value_name = "EXTENSION")]
    extension: Option<String>,

    /// The file to write, in place of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    filter: Filter,
}

/// The names of the exports, of graphs or of all else.
fn names(graph: bool) -> PossibleValuesParser {
    let fitting = EXPORTS.iter().filter(move |export| export.is_graph == graph);
    PossibleValuesParser::new(
        fitting.map(|export| clap::builder::PossibleValue::new(export.name).help(export.about)),
    )
}

pub(super) fn run(args: &ExportArgs, session: &mut Session<'_>) -> Result<Outcome> {
    let format = args.output_format.as_ref().unwrap_or(&args.format);
    if format != "json" {
        session.no_json(&format!("`adr export {format}`"), "`adr export json`")?;
    }
    let addresses = Addresses::default();
    let wish = Wish { format, filter: &args.filter, addresses, around: None };
    wish.put(args.out.as_deref(), session)
}

pub(super) fn run_graph(args: &GraphArgs, session: &mut Session<'_>) -> Result<Outcome> {
    let format = args.output_format.as_ref().unwrap_or(&args.format);
    session.no_json(&format!("`adr graph {format}`"), "`adr export json`")?;
    let prefix = args.prefix.clone().unwrap_or_default();
    let addresses = Addresses { prefix, extension: args.extension.clone(), ..Addresses::default() };
    let around = args.around.as_deref().map(|around| (around, args.depth.unwrap_or(1)));
    let wish = Wish { format, filter: &args.filter, addresses, around };
    wish.put(args.out.as_deref(), session)
}

/// What is wanted of which records.
struct Wish<'a> {
    format: &'a str,
    filter: &'a Filter,
    addresses: Addresses<'a>,
    /// The record in the middle, and how many relations the others may be away.
    around: Option<(&'a str, usize)>,
}

impl Wish<'_> {
    /// Writes it to a file and prints its path, or prints it.
    fn put(&self, out: Option<&Path>, session: &mut Session<'_>) -> Result<Outcome> {
        let project = session.survey()?;
        let mut ids = self.filter.records(&project, session)?;
        if let Some((reference, depth)) = self.around {
            let near = near(&project.log, find(&project.log, reference)?, depth);
            ids.retain(|id| near.contains(id));
        }
        // The names are those of the list, as the command line has checked.
        let export = EXPORTS.iter().find(|export| export.name == self.format);
        let text = export.map(|export| (export.write)(&project.log, &ids, &self.addresses));
        let text = text.unwrap_or_default();
        match out {
            Some(path) => {
                write_file(path, &text)?;
                session.ui.path(path)?;
            }
            None if self.format == "json" => session.ui.document(&text)?,
            None => session.ui.data(&text)?,
        }
        Ok(filter::end(self.filter, &[], (&project.log, &ids), session))
    }
}

/// The record `id`, and all that are at most `depth` relations away from it, either way.
fn near(log: &Log, id: RecordId, depth: usize) -> BTreeSet<RecordId> {
    let mut near = BTreeSet::from([id]);
    let mut edge = vec![id];
    for _ in 0..depth {
        let next = edge.iter().flat_map(|id| {
            let out = log.relations(*id).filter_map(|(_, target)| target);
            out.chain(log.incoming(*id).map(|(from, _)| from))
        });
        let next: Vec<RecordId> = next.filter(|id| !near.contains(id)).collect();
        if next.is_empty() {
            break;
        }
        near.extend(&next);
        edge = next;
    }
    near
}
