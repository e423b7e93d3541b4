//! Rewrites SVG drawings from a list of allowed elements and attributes, without anything that runs, loads or hides
//! content.
//!
//! The reader resolves names and values as XML defines them, the lists of [`allowed`] define what is kept, and the
//! writer produces a new text. No byte of a drawing is copied in any other way.

mod allowed;
mod attribute;
mod clean;
mod cost;
mod css;
mod label;
mod property;
mod reader;
mod refused;
mod sheet;
mod writer;

use clean::Cleaner;
use reader::DrawingReader;
pub use refused::Refused;

/// Returns the drawing in `bytes`, rewritten with only its allowed parts. Takes linear time, and is deterministic.
///
/// # Errors
///
/// The reason why nothing of the drawing can be shown.
pub fn cleaned(bytes: &[u8]) -> Result<String, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = DrawingReader::new(text);
    let mut cleaner = Cleaner::default();
    while let Some(event) = reader.next()? {
        cleaner.handle(event)?;
    }
    cleaner.finish()
}
