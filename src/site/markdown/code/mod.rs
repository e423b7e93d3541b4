//! Syntax highlighting of code blocks.

mod highlighter;
mod language;

pub(super) use highlighter::highlight;
