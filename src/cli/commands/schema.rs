//! `adr schema`: the JSON Schemas of all documents. They are files in `docs/schema`, compiled into the program;
//! `tests/schema.rs` validates printed documents with them.

use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;

use crate::Result;
use crate::cli::session::{Outcome, Session};
use crate::export::SCHEMA_VERSION;

/// Print JSON Schemas
///
/// Prints the JSON Schema (draft 2020-12) of a document that `adr` prints or reads. Without NAME, lists
/// all documents.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr schema
  adr schema list
  adr schema lint > lint.schema.json")]
pub(crate) struct Args {
    /// Name of the document
    #[arg(value_name = "NAME", value_parser = schema_names())]
    name: Option<String>,
}

/// The schema of one document.
#[derive(Serialize)]
struct Schema {
    name: &'static str,
    /// The command or file that the document belongs to.
    about: &'static str,
    #[serde(skip)]
    text: &'static str,
}

/// The schema in the file `docs/schema/NAME.json`.
macro_rules! schema {
    ($name:literal, $about:literal) => {
        Schema {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../../docs/schema/", $name, ".json")),
        }
    };
}

/// Every schema, sorted by name.
static SCHEMAS: &[Schema] = &[
    schema!("adr-toml", "configuration (`adr.toml`) as JSON"),
    schema!("baseline", "file of `adr lint --baseline`"),
    schema!("build", "`adr build --json`"),
    schema!("config", "`adr config --json`"),
    schema!("error", "error of any command with `--json`"),
    schema!("finding", "one line of `adr lint --output-format jsonl`"),
    schema!("index", "`index.json` of a published site"),
    schema!("lint", "`adr lint --json`"),
    schema!("list", "`adr list --json`, `adr export json`"),
    schema!("new", "input of `adr new --from-json`"),
    schema!("record", "`adr status REF --json`, `decisions/NNNN.json` of a published site"),
    schema!("rule", "`adr rule CODE --json`"),
    schema!("rules", "`adr rule --json`"),
    schema!("schemas", "`adr schema --json`"),
    schema!("search", "`adr search WORDS --json`"),
    schema!("show", "`adr show REF --json`"),
    schema!("written", "output of commands that write records, with `--json`"),
];

/// The JSON document of `adr schema`.
#[derive(Serialize)]
struct SchemaListJson {
    schema_version: u32,
    schemas: &'static [Schema],
}

fn schema_names() -> PossibleValuesParser {
    SCHEMAS
        .iter()
        .map(|schema| PossibleValue::new(schema.name).help(schema.about))
        .collect::<Vec<_>>()
        .into()
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    match &args.name {
        // Clap has checked that the name is in the list.
        Some(name) => {
            let schema = SCHEMAS.iter().find(|schema| schema.name == name);
            session.ui.print(schema.map_or("", |schema| schema.text))?;
        }
        None if session.global.json => {
            session
                .ui
                .json(&SchemaListJson { schema_version: SCHEMA_VERSION, schemas: SCHEMAS })?;
        }
        None => {
            for schema in SCHEMAS {
                session.ui.line(&format!("{:<8}  {}", schema.name, schema.about))?;
            }
        }
    }
    Ok(Outcome::Done)
}
