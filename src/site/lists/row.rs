//! The rows of lists.
//!
//! A record has the same row in all lists, except for the path to the root of the site. So the row is rendered once,
//! with a mark for this path.

use tera::{Context, Value};

use crate::Result;
use crate::model::RecordId;
use crate::site::PageFile;
use crate::site::links::path_to_root;
use crate::site::plan::Facts;
use crate::site::render::{MARK, PART_LENGTH};

/// The rows of records in a list on the page `file`, as HTML in pieces.
///
/// # Errors
///
/// If a template of the project asks for a value that does not exist.
pub(crate) fn rows(facts: &Facts<'_>, file: &PageFile, ids: &[RecordId]) -> Result<Vec<String>> {
    let root = path_to_root(&file.path);
    let row = |id: &RecordId| Ok(cached_row(facts, *id)?.replace(MARK, root));
    ids.chunks(PART_LENGTH).map(|ids| ids.iter().map(row).collect()).collect()
}

/// The row of a record with the mark, rendered when it is first needed.
fn cached_row<'f>(facts: &'f Facts<'_>, id: RecordId) -> Result<&'f str> {
    let Some(cache) = facts.caches.rows.get(id.index()) else { return Ok("") };
    if let Some(row) = cache.get() {
        return Ok(row);
    }
    let mut context = Context::new();
    context.insert("alike", &false);
    context.insert_value("root", Value::safe_string(&MARK.to_string()));
    context.insert("list", &[facts.row(id)]);
    let row = facts.templates.render("_rows.html", &context)?;
    Ok(cache.get_or_init(|| row.trim_end().to_owned()))
}
