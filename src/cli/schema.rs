//! `adr schema`: what the JSON of this program looks like. The schemas are files in `docs/schema`,
//! compiled in; `tests/schema.rs` holds what is printed against them.

use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;

use super::{Outcome, Session};
use crate::Result;
use crate::export::SCHEMA_VERSION;

/// Describe the JSON
///
/// Prints the JSON Schema (draft 2020-12) of a document that `adr` prints or reads; without a name
/// all that there are.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr schema
  adr schema list
  adr schema lint > lint.schema.json")]
pub(super) struct Args {
    /// Which document
    #[arg(value_name = "NAME", value_parser = names())]
    name: Option<String>,
}

/// The schema of one document.
#[derive(Serialize)]
struct Schema {
    name: &'static str,
    /// Where the document is met.
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
            text: include_str!(concat!("../../docs/schema/", $name, ".json")),
        }
    };
}

/// Every schema, by name.
static SCHEMAS: &[Schema] = &[
    schema!("adr-toml", "the configuration, read as JSON"),
    schema!("baseline", "the file of `adr lint --baseline`"),
    schema!("build", "`adr build --json`"),
    schema!("config", "`adr config --json`"),
    schema!("error", "what a command that could not do its work says with `--json`"),
    schema!("finding", "a line of `adr lint --output-format jsonl`"),
    schema!("index", "`index.json` of a site"),
    schema!("lint", "`adr lint --json`"),
    schema!("list", "`adr list --json`, `adr export json`"),
    schema!("new", "the input of `adr new --from-json`"),
    schema!("record", "`adr status REF --json`, `decisions/NNNN.json` of a site"),
    schema!("rule", "`adr rule CODE --json`"),
    schema!("rules", "`adr rule --json`"),
    schema!("schemas", "`adr schema --json`"),
    schema!("search", "`adr search WORDS --json`"),
    schema!("show", "`adr show REF --json`"),
    schema!("written", "what a command that writes records prints with `--json`"),
];

/// What `adr schema --json` prints.
#[derive(Serialize)]
struct List {
    schema_version: u32,
    schemas: &'static [Schema],
}

fn names() -> PossibleValuesParser {
    SCHEMAS
        .iter()
        .map(|one| PossibleValue::new(one.name).help(one.about))
        .collect::<Vec<_>>()
        .into()
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    match &args.name {
        // The names are those of the list, as the command line has checked.
        Some(name) => {
            let named = SCHEMAS.iter().find(|one| one.name == name);
            session.ui.print(named.map_or("", |one| one.text))?;
        }
        None if session.global.json => {
            session.ui.json(&List { schema_version: SCHEMA_VERSION, schemas: SCHEMAS })?;
        }
        None => {
            for one in SCHEMAS {
                session.ui.line(&format!("{:<8}  {}", one.name, one.about))?;
            }
        }
    }
    Ok(Outcome::Done)
}
