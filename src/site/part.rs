//! Long files, made in parts: what a template sees of ten thousand records at once would take several times
//! the memory of the page. The parts stand in no template and are never put together: one after the other
//! they go where the file goes.

use std::{io, mem};

use serde::Serialize;
use tera::{Context, Value};

use super::{File, Site, address};
use crate::Result;

/// How many values one part holds.
pub(super) const LENGTH: usize = 50;

/// What stands before and behind the number of a part, where the part belongs. No page can hold it: it is no
/// character of HTML, and templates let no value bring it there.
pub(super) const MARK: char = '\0';
/// What tells such a number from other text between marks.
const PART: &str = "part ";

/// What a template is filled in with.
#[derive(Default)]
pub(super) struct Values {
    /// What it sees.
    pub context: Context,
    /// What it does not see.
    parts: Vec<Vec<String>>,
}

impl From<Context> for Values {
    fn from(context: Context) -> Self {
        Self { context, parts: Vec::new() }
    }
}

impl Values {
    /// What a template sees of a part, which is HTML in pieces: nothing where it is empty.
    pub(super) fn part(&mut self, pieces: Vec<String>) -> Value {
        if pieces.iter().all(String::is_empty) {
            return Value::safe_string("");
        }
        self.parts.push(pieces);
        Value::safe_string(&format!("{MARK}{PART}{}{MARK}", self.parts.len() - 1))
    }

    /// The pieces of the page that a template made of the values: what is its own, and the parts.
    pub(super) fn pieces<'p>(&'p self, page: &'p str) -> Vec<&'p str> {
        if self.parts.is_empty() {
            return vec![page];
        }
        let mut pieces = Vec::new();
        for piece in page.split(MARK) {
            let number = piece.strip_prefix(PART).and_then(|number| number.parse().ok());
            match number.and_then(|at: usize| self.parts.get(at)) {
                Some(part) => pieces.extend(part.iter().map(String::as_str)),
                None => pieces.push(piece),
            }
        }
        pieces
    }
}

/// How long a piece of data is, in bytes.
const PIECE: usize = 64 * 1024;

/// `data` as JSON, in pieces.
pub(super) fn json(data: &impl Serialize) -> Vec<String> {
    let mut pieces = Pieces { done: Vec::new(), last: Vec::new() };
    // Strings, numbers and lists cannot fail to be written, nor be anything but text.
    let _ = serde_json::to_writer(&mut pieces, data);
    let _ = pieces.end();
    pieces.done
}

/// Takes text, whole characters at a time, and keeps it in pieces.
struct Pieces {
    done: Vec<String>,
    last: Vec<u8>,
}

impl Pieces {
    /// Ends the last piece.
    fn end(&mut self) -> io::Result<()> {
        let last = mem::take(&mut self.last);
        self.done.push(String::from_utf8(last).map_err(io::Error::other)?);
        Ok(())
    }
}

impl io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.last.len() + bytes.len() > PIECE {
            self.end()?;
        }
        self.last.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

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
    ) -> Result<Vec<String>> {
        let mut context = common;
        context.insert("root", address::root(&file.path));
        let mut parts = Vec::new();
        let mut values = values.peekable();
        while values.peek().is_some() {
            let list: Vec<T> = values.by_ref().take(LENGTH).collect();
            context.insert("list", &list);
            drop(list);
            let mut part = self.templates.render(name, &context)?;
            part.truncate(part.trim_end().len());
            part.shrink_to_fit();
            parts.push(part);
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Values, json};

    #[test]
    fn data_in_pieces_is_what_it_is_in_one() {
        let data = ["é".repeat(PIECE / 3), "\"".repeat(PIECE / 3), "a".repeat(3 * PIECE)];
        let pieces = json(&data);
        assert!(pieces.len() > 2, "{}", pieces.len());
        assert_eq!(pieces.concat(), serde_json::to_string(&data).unwrap());
    }

    #[test]
    fn parts_stand_where_the_template_put_them() {
        let mut values = Values::default();
        let none = values.part(vec![String::new()]);
        let first = values.part(vec!["<a>".to_owned(), "<b>".to_owned()]);
        let second = values.part(vec!["<c>".to_owned()]);
        let page = format!("0{second}-{none}-{first}1");
        assert_eq!(values.pieces(&page), ["0", "<c>", "--", "<a>", "<b>", "1"]);
        assert_eq!(Values::default().pieces("\0zero"), ["\0zero"]);
    }
}
