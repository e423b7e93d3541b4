//! Drawings in SVG, written again from what is allowed in one: what is seen, and nothing that runs, loads
//! or hides something.
//!
//! The reader resolves names and values as XML defines them, the lists of [`allowed`] say what is kept, and
//! the writer makes a new text of it. No byte of a drawing gets out on another way.

mod allowed;
mod attribute;
mod clean;
mod cost;
mod css;
mod label;
mod property;
mod reader;
mod sheet;
mod writer;

use clean::Cleaner;
use reader::Reader;

/// Why a drawing cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Its bytes are not UTF-8, or it declares another encoding.
    Encoding,
    /// It is not well-formed XML.
    Malformed,
    /// It declares entities or attributes itself.
    Declares,
    /// Its outermost element is not `svg`.
    OtherRoot,
    /// It shows pictures or parts of other files.
    Loads,
    /// Its labels are HTML, and more than plain words.
    Labels,
    /// It has too many elements or attributes, they are nested too deep, or repeated too often.
    Large,
}

impl Refused {
    /// The end of a sentence about the drawing, with what to do about it.
    pub fn why(self) -> &'static str {
        match self {
            Self::Encoding => "the drawing is not UTF-8; save it as UTF-8",
            Self::Malformed => "the drawing is not well-formed XML; export it again",
            Self::Declares => {
                "the DOCTYPE of the drawing declares entities or attributes; remove it"
            }
            Self::OtherRoot => "the file is not a drawing in SVG",
            Self::Loads => {
                "the drawing shows pictures that are not in it, or are drawings themselves; embed them as PNG"
            }
            Self::Labels => {
                "the labels of the drawing are HTML; export it with labels as text \
                 (`htmlLabels: false` in Mermaid)"
            }
            Self::Large => "the drawing has too many elements, or repeats or nests them too often",
        }
    }
}

/// The drawing in `bytes`, written again without what is not allowed. Takes linear time, and gives the same
/// for the same bytes.
///
/// # Errors
///
/// Why nothing of the drawing can be shown.
pub fn cleaned(bytes: &[u8]) -> Result<String, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(text);
    let mut cleaner = Cleaner::default();
    while let Some(event) = reader.next()? {
        cleaner.take(event)?;
    }
    cleaner.end()
}
