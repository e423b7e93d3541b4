//! One Markdown file with spans: front matter, headings, statements, links. Knows no ADR.

mod block;
mod document;
mod front_matter;
mod inline;
mod key_lines;
mod link;
mod outline;
mod statement;

pub use block::{Block, blocks, outer_blocks};
pub use document::{Document, Section, parse};
pub use front_matter::{Entry, FrontMatter, Node, NodeKind, YamlFault};
pub use inline::{Inline, blanked, inline, plain, unstruck};
pub use link::{Anchor, Link, LinkKind, anchors, links};
pub use statement::{Form, Statement, statements};
