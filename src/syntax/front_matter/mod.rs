//! The YAML at the top of a Markdown file, every key and value with its bytes.

mod key_lines;
mod line_spans;
mod reader;
mod tree;
mod yaml;

pub(super) use reader::{body_start, read};
pub use tree::{Entry, FrontMatter, Node, NodeKind, YamlFault};
