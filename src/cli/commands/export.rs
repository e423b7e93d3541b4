//! `adr export`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::Result;
use crate::cli::args::{RecordFilter, filter_outcome, find_record};
use crate::cli::session::{Outcome, Session};
use crate::export::{Addresses, EXPORTS};
use crate::model::{Log, RecordId};
use crate::project::write_file;

/// Export the log as JSON or CSV
///
/// Prints the whole log, or the records that pass the filters, for other programs.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr export json
  adr export csv --out decisions.csv
  adr export csv --in-force --since 2026-01-01")]
pub(crate) struct Args {
    /// Format to export
    #[arg(value_name = "FORMAT", default_value = "json", value_parser = format_names(false))]
    format: String,

    /// Format to export, as an option
    #[arg(long, value_name = "FORMAT", value_parser = format_names(false), conflicts_with = "format")]
    output_format: Option<String>,

    /// Write to FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    filter: RecordFilter,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let format = args.output_format.as_ref().unwrap_or(&args.format);
    if format != "json" {
        session.refuse_json(&format!("`adr export {format}`"), "`adr export json`")?;
    }
    let addresses = Addresses::default();
    let request = ExportRequest { format, filter: &args.filter, addresses, around: None };
    request.run(args.out.as_deref(), session)
}

/// Returns the names of the formats for graphs, or of all other formats.
pub(super) fn format_names(is_graph: bool) -> PossibleValuesParser {
    let exports = EXPORTS.iter().filter(move |export| export.is_graph == is_graph);
    PossibleValuesParser::new(
        exports.map(|export| PossibleValue::new(export.name).help(export.about)),
    )
}

/// What to export, for `adr export` and `adr graph`.
pub(super) struct ExportRequest<'a> {
    pub format: &'a str,
    pub filter: &'a RecordFilter,
    pub addresses: Addresses<'a>,
    /// The reference to the record in the middle, and the largest distance of others from it, in relations.
    pub around: Option<(&'a str, usize)>,
}

impl ExportRequest<'_> {
    /// Prints the export, or writes it to the file `out` and prints its path.
    pub(super) fn run(&self, out: Option<&Path>, session: &mut Session<'_>) -> Result<Outcome> {
        let project = session.survey()?;
        let log = &project.log;
        let mut ids = self.filter.records(&project, session)?;
        if let Some((reference, depth)) = self.around {
            let neighbourhood = neighbourhood(log, find_record(log, reference)?, depth);
            ids.retain(|id| neighbourhood.contains(id));
        }
        // Clap has checked that the name is in the list.
        let export = EXPORTS.iter().find(|export| export.name == self.format);
        let text = export.map(|export| (export.write)(log, &ids, &self.addresses));
        let text = text.unwrap_or_default();
        match out {
            Some(path) => {
                write_file(path, &text)?;
                session.ui.path(path)?;
            }
            None if self.format == "json" => session.ui.document(&text)?,
            None => session.ui.data(&text)?,
        }
        Ok(filter_outcome(self.filter, &[], (log, &ids), session))
    }
}

/// Returns the record `id` and all records at most `depth` relations away, in either direction.
fn neighbourhood(log: &Log, id: RecordId, depth: usize) -> BTreeSet<RecordId> {
    let mut neighbourhood = BTreeSet::from([id]);
    let mut frontier = vec![id];
    for _ in 0..depth {
        let neighbours = frontier.iter().flat_map(|id| {
            let targets = log.relations(*id).filter_map(|(_, target)| target);
            targets.chain(log.incoming(*id).map(|(from, _)| from))
        });
        let new_neighbours: Vec<RecordId> =
            neighbours.filter(|id| !neighbourhood.contains(id)).collect();
        if new_neighbours.is_empty() {
            break;
        }
        neighbourhood.extend(&new_neighbours);
        frontier = new_neighbours;
    }
    neighbourhood
}
