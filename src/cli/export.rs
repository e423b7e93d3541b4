//! `adr export` and `adr graph`

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::filter::Filter;
use super::{Outcome, Session};
use crate::Result;
use crate::export::{Addresses, EXPORTS};
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
  adr graph svg --out docs/adr/decisions.svg
  adr graph dot --prefix https://example.org/adr/ --extension .html")]
pub(super) struct GraphArgs {
    /// What to make
    #[arg(value_name = "FORMAT", default_value = "dot", value_parser = names(true))]
    format: String,

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
    let text = text(&args.format, &args.filter, &Addresses::default(), session)?;
    put(&text, args.out.as_deref(), session)
}

pub(super) fn run_graph(args: &GraphArgs, session: &mut Session<'_>) -> Result<Outcome> {
    let prefix = args.prefix.clone().unwrap_or_default();
    let addresses = Addresses { prefix, extension: args.extension.clone() };
    let text = text(&args.format, &args.filter, &addresses, session)?;
    put(&text, args.out.as_deref(), session)
}

/// Writes the text to a file and prints its path, or prints the text.
fn put(text: &str, out: Option<&Path>, session: &mut Session<'_>) -> Result<Outcome> {
    match out {
        Some(path) => {
            write_file(path, text)?;
            session.ui.line(&path.to_string_lossy())?;
        }
        None => session.ui.print(text)?,
    }
    Ok(Outcome::Done)
}

fn text(
    format: &str,
    filter: &Filter,
    addresses: &Addresses,
    session: &Session<'_>,
) -> Result<String> {
    let project = session.open()?;
    let ids = filter.records(&project)?;
    // The names are those of the list, as the command line has checked.
    let export = EXPORTS.iter().find(|export| export.name == format);
    Ok(export.map(|export| (export.write)(&project.log, &ids, addresses)).unwrap_or_default())
}
