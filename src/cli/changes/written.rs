//! Reports the files that a command has written or would write.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use crate::Result;
use crate::cli::session::{Outcome, Session};
use crate::export::{RecordJson, SCHEMA_VERSION};
use crate::model::{Log, RecordId};

/// The JSON document of every command that writes records.
#[derive(Serialize)]
struct WrittenJson<'l> {
    schema_version: u32,
    /// The written records as they are read now, in the order in which they were written.
    records: Vec<RecordJson<'l>>,
    /// The paths of all other written files.
    files: Vec<String>,
    /// With `--dry-run`, what would be written. Nothing has been written then.
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<String>,
}

impl WrittenJson<'_> {
    fn new() -> Self {
        Self { schema_version: SCHEMA_VERSION, records: vec![], files: vec![], diff: None }
    }
}

/// Shows what would be written.
pub(crate) fn preview(session: &mut Session<'_>, diff: String) -> Result<Outcome> {
    if session.global.json {
        session.ui.json(&WrittenJson { diff: Some(diff), ..WrittenJson::new() })?;
    } else {
        session.ui.data(&diff)?;
    }
    Ok(Outcome::Done)
}

/// Prints the paths of the files that were written; with `--json`, the records in them.
pub(crate) fn report_written<'p>(
    session: &mut Session<'_>,
    paths: impl Iterator<Item = &'p Path>,
) -> Result<()> {
    if !session.global.json {
        for path in paths {
            session.ui.path(path)?;
        }
        return Ok(());
    }
    let project = session.open()?;
    report_records(session, &project.log, paths)
}

/// Prints as JSON the records of `log` at these paths, and the paths of other files.
pub(crate) fn report_records<'p>(
    session: &mut Session<'_>,
    log: &Log,
    paths: impl Iterator<Item = &'p Path>,
) -> Result<()> {
    let id_by_path: HashMap<&Path, RecordId> =
        log.iter().map(|(id, record)| (record.source.path(), id)).collect();
    let mut written = WrittenJson::new();
    for path in paths {
        match id_by_path.get(path) {
            Some(id) => written.records.push(RecordJson::new(log, *id)),
            None => written.files.push(path.to_string_lossy().into_owned()),
        }
    }
    session.ui.json(&written)
}
