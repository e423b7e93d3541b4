//! Records as lists show them. One is in many lists, and in all of them the same but for the way to the root
//! of the site: it is filled in once, and the way put in wherever it is shown.

use tera::{Context, Value};

use super::part::{LENGTH, MARK};
use super::{File, Site, address};
use crate::Result;
use crate::model::RecordId;

impl Site<'_> {
    /// The records `ids` in a list on the page `file`: HTML, in pieces.
    ///
    /// # Errors
    ///
    /// Where a template of the project asks for a value that is not there.
    pub(super) fn rows(&self, file: &File, ids: &[RecordId]) -> Result<Vec<String>> {
        let root = address::root(&file.path);
        let row = |id: &RecordId| Ok(self.known_row(*id)?.replace(MARK, root));
        ids.chunks(LENGTH).map(|ids| ids.iter().map(row).collect()).collect()
    }

    /// The row of a record, made when it is first needed, with a mark for the way to the root.
    fn known_row(&self, id: RecordId) -> Result<&str> {
        let Some(known) = self.rows.get(id.index()) else { return Ok("") };
        if let Some(row) = known.get() {
            return Ok(row);
        }
        let mut context = Context::new();
        context.insert("alike", &false);
        context.insert_value("root", Value::safe_string(&MARK.to_string()));
        context.insert("list", &[self.row(id)]);
        let row = self.templates.render("_rows.html", &context)?;
        Ok(known.get_or_init(|| row.trim_end().to_owned()))
    }
}
