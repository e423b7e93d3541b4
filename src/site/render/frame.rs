//! The frame around the content of a page: head, header, footer, and search dialog.
//!
//! It differs only between folders, and between the pages of the navigation. Rendering it for every page took a
//! quarter of the time of all templates, so it is rendered once for each of these.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::template::Templates;

/// What `_base.html` sees as `frame`: HTML, each part from the template of its name.
#[derive(Serialize)]
struct Frame {
    head: Value,
    header: Value,
    footer: Value,
    dialog: Value,
}

impl Frame {
    fn render(templates: &Templates, context: &Context) -> Result<Self> {
        let part = |name: &str| -> Result<Value> {
            let html = templates.render(&format!("_{name}.html"), context)?;
            Ok(Value::safe_string(html.trim_end()))
        };
        let (head, header) = (part("head")?, part("header")?);
        Ok(Self { head, header, footer: part("footer")?, dialog: part("dialog")? })
    }
}

/// The frames of a site, each rendered when it is first needed.
#[derive(Debug)]
pub(crate) struct Frames {
    /// The paths of the pages in the navigation, which marks the current one.
    navigation: Vec<String>,
    /// The keys are the path to the root, and the path of a page of the navigation or an empty text.
    rendered: Mutex<BTreeMap<(String, String), Value>>,
}

impl Frames {
    pub(crate) fn new(navigation: Vec<String>) -> Self {
        Self { navigation, rendered: Mutex::default() }
    }

    /// The frame of the page at `path`; `root` is the path from it to the root of the site.
    ///
    /// # Errors
    ///
    /// If a template of the project asks for a value that does not exist.
    pub(crate) fn frame(&self, templates: &Templates, path: &str, root: &str) -> Result<Value> {
        let is_in_navigation = self.navigation.iter().any(|link| link == path);
        let marked_path = if is_in_navigation { path } else { "" };
        let key = (root.to_owned(), marked_path.to_owned());
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(frame) = rendered.get(&key) {
            return Ok(frame.clone());
        }
        let mut context = Context::new();
        context.insert("root", root);
        context.insert("path", marked_path);
        let frame = Value::from_serializable(&Frame::render(templates, &context)?);
        rendered.insert(key, frame.clone());
        Ok(frame)
    }
}
