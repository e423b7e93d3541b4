//! Records as lists show them. One is in many lists, and in all of them the same but for the way to the root
//! of the site: it is filled in once, and the way put in wherever it is shown.

use std::sync::OnceLock;

use tera::{Context, Value};

use super::{File, Site, address};
use crate::Result;
use crate::model::RecordId;

/// What stands in a row for the way to the root: no value of a record can bring it there.
const ROOT: char = '\0';

/// How many rows a piece of a page holds.
const LENGTH: usize = 50;

/// The rows that are known, in log order.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<OnceLock<String>>);

impl Rows {
    /// For so many records.
    pub(super) fn new(records: usize) -> Self {
        Self((0..records).map(|_| OnceLock::new()).collect())
    }
}

impl Site<'_> {
    /// The records `ids` in a list on the page `file`: HTML, in pieces.
    ///
    /// # Errors
    ///
    /// Where a template of the project asks for a value that is not there.
    pub(super) fn rows(&self, file: &File, ids: &[RecordId]) -> Result<Vec<String>> {
        let root = address::root(&file.path);
        let piece = |ids: &[RecordId]| {
            let mut piece = String::new();
            for id in ids {
                for (at, part) in self.known_row(*id)?.split(ROOT).enumerate() {
                    piece.push_str(if at == 0 { "" } else { root });
                    piece.push_str(part);
                }
            }
            piece.shrink_to_fit();
            Ok(piece)
        };
        ids.chunks(LENGTH).map(piece).collect()
    }

    /// The row of a record, made when it is first needed.
    fn known_row(&self, id: RecordId) -> Result<&str> {
        let Some(known) = self.rows.0.get(id.index()) else { return Ok("") };
        if let Some(row) = known.get() {
            return Ok(row);
        }
        let mut context = Context::new();
        context.insert("alike", &false);
        context.insert_value("root", Value::safe_string(&ROOT.to_string()));
        context.insert("list", &[self.row(id)]);
        let row = self.templates.render("_rows.html", &context)?;
        Ok(known.get_or_init(|| row.trim_end().to_owned()))
    }
}
