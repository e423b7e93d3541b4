//! `adr export` and `adr graph`

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::filter::{self, Filter};
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
    if args.format != "json" {
        session.no_json(&format!("`adr export {}`", args.format), "`adr export json`")?;
    }
    let wish = Wish { format: &args.format, filter: &args.filter, addresses: Addresses::default() };
    wish.put(args.out.as_deref(), session)
}

pub(super) fn run_graph(args: &GraphArgs, session: &mut Session<'_>) -> Result<Outcome> {
    session.no_json(&format!("`adr graph {}`", args.format), "`adr export json`")?;
    let prefix = args.prefix.clone().unwrap_or_default();
    let addresses = Addresses { prefix, extension: args.extension.clone() };
    Wish { format: &args.format, filter: &args.filter, addresses }.put(args.out.as_deref(), session)
}

/// What is wanted of which records.
struct Wish<'a> {
    format: &'a str,
    filter: &'a Filter,
    addresses: Addresses,
}

impl Wish<'_> {
    /// Writes it to a file and prints its path, or prints it.
    fn put(&self, out: Option<&Path>, session: &mut Session<'_>) -> Result<Outcome> {
        let project = session.survey()?;
        let ids = self.filter.records(&project)?;
        // The names are those of the list, as the command line has checked.
        let export = EXPORTS.iter().find(|export| export.name == self.format);
        let text = export.map(|export| (export.write)(&project.log, &ids, &self.addresses));
        let text = text.unwrap_or_default();
        match out {
            Some(path) => {
                write_file(path, &text)?;
                session.ui.line(&path.to_string_lossy())?;
            }
            None => session.ui.print(&text)?,
        }
        Ok(filter::end(self.filter, &[], (&project.log, &ids), session))
    }
}
