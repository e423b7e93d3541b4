//! Pages that grow with the log, rendered in parts.
//!
//! If a template saw ten thousand records at once, its values would take several times the memory of the page. The
//! parts are never joined; they are written one after the other.

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::site::links::path_to_root;
use crate::template::Templates;

/// The number of values in a part.
pub(crate) const PART_LENGTH: usize = 50;

/// Encloses the number of a part in the rendered template. No page can contain it: it is not allowed in HTML, and
/// templates remove it from values.
pub(crate) const MARK: char = '\0';
/// Distinguishes such a number from other text between marks.
const PART: &str = "part ";

/// The values of a template.
#[derive(Default)]
pub(crate) struct PageValues {
    /// The values that the template sees.
    pub context: Context,
    /// The parts, each in pieces, which it does not see.
    parts: Vec<Vec<String>>,
}

impl From<Context> for PageValues {
    fn from(context: Context) -> Self {
        Self { context, parts: Vec::new() }
    }
}

impl PageValues {
    /// Adds a part, as HTML in pieces, and returns the mark that the template puts in its position; empty for
    /// an empty part.
    pub(crate) fn add_part(&mut self, pieces: Vec<String>) -> Value {
        if pieces.iter().all(String::is_empty) {
            return Value::safe_string("");
        }
        self.parts.push(pieces);
        Value::safe_string(&format!("{MARK}{PART}{}{MARK}", self.parts.len() - 1))
    }

    /// Splits a rendered page at its marks and puts the parts between.
    pub(crate) fn pieces<'p>(&'p self, page: &'p str) -> Vec<&'p str> {
        if self.parts.is_empty() {
            return vec![page];
        }
        let mut pieces = Vec::new();
        for piece in page.split(MARK) {
            let number = piece.strip_prefix(PART).and_then(|number| number.parse().ok());
            match number.and_then(|index: usize| self.parts.get(index)) {
                Some(part) => pieces.extend(part.iter().map(String::as_str)),
                None => pieces.push(piece),
            }
        }
        pieces
    }
}

/// Renders a template for [`PART_LENGTH`] of the `values` at a time, which it sees as `list`. `template` is
/// the path of the page and the name of the template; `common` are the values that all parts share.
///
/// # Errors
///
/// If a template of the project asks for a value that does not exist.
pub(crate) fn render_parts<T: Serialize>(
    templates: &Templates,
    (page_path, template): (&str, &str),
    common: Context,
    values: impl Iterator<Item = T>,
) -> Result<Vec<String>> {
    let mut context = common;
    context.insert("root", path_to_root(page_path));
    let mut parts = Vec::new();
    let mut values = values.peekable();
    while values.peek().is_some() {
        let list: Vec<T> = values.by_ref().take(PART_LENGTH).collect();
        context.insert("list", &list);
        // Rendering needs memory; the list is in the context already.
        drop(list);
        let mut part = templates.render(template, &context)?;
        part.truncate(part.trim_end().len());
        part.shrink_to_fit();
        parts.push(part);
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::PageValues;

    #[test]
    fn parts_replace_their_marks() {
        let mut values = PageValues::default();
        let empty = values.add_part(vec![String::new()]);
        let first = values.add_part(vec!["<a>".to_owned(), "<b>".to_owned()]);
        let second = values.add_part(vec!["<c>".to_owned()]);
        let page = format!("0{second}-{empty}-{first}1");
        assert_eq!(values.pieces(&page), ["0", "<c>", "--", "<a>", "<b>", "1"]);
        assert_eq!(PageValues::default().pieces("\0zero"), ["\0zero"]);
    }
}
