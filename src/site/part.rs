//! Long pages, made in parts: what a template sees of ten thousand records at once would take several times
//! the memory of the page.

use serde::Serialize;
use tera::Context;

use super::{File, Site, address};
use crate::Result;

/// How many values one part holds.
const LENGTH: usize = 200;

impl Site<'_> {
    /// The template `name` filled in for `LENGTH` of the `values` at a time, which it sees as `list`, on the
    /// page `file`: HTML. `common` is what the parts have in common.
    ///
    /// # Errors
    ///
    /// Where a template of the project asks for a value that is not there.
    pub(super) fn parts<T: Serialize>(
        &self,
        (file, name): (&File, &str),
        common: Context,
        values: impl Iterator<Item = T>,
    ) -> Result<String> {
        let mut context = common;
        context.insert("root", address::root(&file.path));
        let mut whole = String::new();
        let mut values = values.peekable();
        while values.peek().is_some() {
            let list: Vec<T> = values.by_ref().take(LENGTH).collect();
            context.insert("list", &list);
            drop(list);
            whole.push_str(self.templates.render(name, &context)?.trim_end());
        }
        Ok(whole)
    }
}
