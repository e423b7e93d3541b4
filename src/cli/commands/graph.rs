//! `adr graph`

use std::path::PathBuf;

use super::export::{ExportRequest, format_names};
use crate::Result;
use crate::cli::args::RecordFilter;
use crate::cli::session::{Outcome, Session};
use crate::export::Addresses;

/// Draw the relations as DOT, Mermaid or SVG
///
/// Prints a graph with an arrow for each relation, from the later decision to the earlier one. Decisions
/// that are no longer in force are grey, those not yet made are dashed.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr graph dot | dot -Tsvg > decisions.svg
  adr graph mermaid
  adr graph mermaid --around 12 --depth 2
  adr graph svg --out docs/adr/decisions.svg
  adr graph dot --prefix https://example.org/adr/ --extension .html")]
pub(crate) struct Args {
    /// Format of the graph
    #[arg(value_name = "FORMAT", default_value = "dot", value_parser = format_names(true))]
    format: String,

    /// Format of the graph, as an option
    #[arg(long, value_name = "FORMAT", value_parser = format_names(true), conflicts_with = "format")]
    output_format: Option<String>,

    /// Only this record and the records related to it
    #[arg(long, value_name = "REF")]
    around: Option<String>,

    /// With --around, only records at most N relations away [default: 1]
    #[arg(long, value_name = "N", requires = "around")]
    depth: Option<usize>,

    /// Start each link with PREFIX
    #[arg(short, long, value_name = "PREFIX")]
    prefix: Option<String>,

    /// Replace `.md` in each link with EXTENSION
    #[arg(short, long, value_name = "EXTENSION")]
    extension: Option<String>,

    /// Write to FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    filter: RecordFilter,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let format = args.output_format.as_ref().unwrap_or(&args.format);
    session.refuse_json(&format!("`adr graph {format}`"), "`adr export json`")?;
    let prefix = args.prefix.clone().unwrap_or_default();
    let addresses = Addresses { prefix, extension: args.extension.clone(), ..Addresses::default() };
    let around = args.around.as_deref().map(|reference| (reference, args.depth.unwrap_or(1)));
    let request = ExportRequest { format, filter: &args.filter, addresses, around };
    request.run(args.out.as_deref(), session)
}
