//! What pages have around them. It differs from folder to folder only, and between the pages that all others
//! link to: it is filled in once for each of these, and not once a page, where it was a quarter of what filling
//! in templates costs.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, Value};

use super::Site;
use crate::Result;
use crate::template::Templates;

/// What `_base.html` sees as `frame`: HTML, each from the template of its name.
#[derive(Serialize)]
struct Frame {
    head: Value,
    header: Value,
    footer: Value,
    dialog: Value,
}

impl Frame {
    fn new(templates: &Templates, context: &Context) -> Result<Self> {
        let part = |name: &str| -> Result<Value> {
            let part = templates.render(&format!("_{name}.html"), context)?;
            Ok(Value::safe_string(part.trim_end()))
        };
        let (head, header) = (part("head")?, part("header")?);
        Ok(Self { head, header, footer: part("footer")?, dialog: part("dialog")? })
    }
}

/// The frames that are known, by the way to the root and the path of the page where that is marked among the
/// links, else nothing.
#[derive(Debug, Default)]
pub(super) struct Frames(Mutex<BTreeMap<(String, String), Value>>);

impl Site<'_> {
    /// What is around the page at `path`, from which `root` leads to the root of the site.
    ///
    /// # Errors
    ///
    /// Where a template of the project asks for something that is not there.
    pub(super) fn frame(&self, path: &str, root: &str) -> Result<Value> {
        let marked = self.links.iter().any(|(link, _)| link == path);
        let path = if marked { path } else { "" };
        let key = (root.to_owned(), path.to_owned());
        let mut known = self.frames.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(frame) = known.get(&key) {
            return Ok(frame.clone());
        }
        let mut context = Context::new();
        context.insert("root", root);
        context.insert("path", path);
        let frame = Value::from_serializable(&Frame::new(&self.templates, &context)?);
        known.insert(key, frame.clone());
        Ok(frame)
    }
}
